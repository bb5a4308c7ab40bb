// Commands in the live log: a writer's life is told as a run's, a retry is a try of the same task, and a run that also
// sends events of its own is one run.

import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import type { LedgerDraft, LedgerRecord, RunDetails, VersionName } from '../../../../shared/model/ledger.ts';
import { LiveBook } from '../../../../src-main/importers/live/live-book.ts';
import { NamePool } from '../../../../src-main/importers/openlineage/name-pool.ts';
import { receiveEvents } from '../../../../src-main/importers/openlineage/receive-events.ts';
import { describeEvents } from '../support/describe-log.ts';
import { DAY, event } from '../support/lineage-text.ts';

const AT = Date.UTC(2025, 11, 25, 1) * 1_000;
const MINUTE = 60_000_000;
const place = (partition: string, version: number) => ({ namespace: 'db', dataset: 'sales', partition, version });
const details = (more: Partial<RunDetails> = {}): RunDetails => ({
  pipeline: 'nightly',
  task: 'sales',
  logicalKey: 'date=2025-12-24',
  parentRun: 'n1',
  ...more,
});
const metrics = (rowCount: number) => ({
  rowCount,
  byteSize: Number.NaN,
  nullRates: {},
  schemaFingerprint: '',
  newestUs: Number.NaN,
});

function opened(
  minute: number,
  run: string,
  attempt: number,
  version: number,
  partition = 'date=2025-12-24',
): LedgerDraft {
  const closed = attempt === 1 ? null : ({ version: version - 1, as: 'superseded', reason: 'a retry' } as const);
  const atUs = AT + minute * MINUTE;
  return {
    kind: 'opened',
    atUs,
    receivedUs: atUs,
    run,
    attempt,
    ...place(partition, version),
    details: details(),
    leaseUs: 1,
    closed,
  };
}
function finalized(minute: number, run: string, attempt: number, version: number, rowCount: number): LedgerDraft {
  const atUs = AT + minute * MINUTE;
  const outputs = [{ ...place('date=2025-12-24', version), metrics: metrics(rowCount), payloadHash: 'h' }];
  const inputs = [{ namespace: 'db', dataset: 'raw', partition: 'date=2025-12-24', version: 1 }];
  return { kind: 'finalized', atUs, receivedUs: atUs, run, attempt, outputs, inputs };
}
const on = (minute: number, version: number, step: object): LedgerDraft =>
  ({
    ...step,
    ...place('date=2025-12-24', version),
    atUs: AT + minute * MINUTE,
    receivedUs: AT + minute * MINUTE,
  }) as LedgerDraft;
function observed(text: string): LedgerDraft {
  const received = receiveEvents(Buffer.from(text), new NamePool());
  const [one] = received.ok ? received.value.events : [];
  if (one === undefined) throw new Error(JSON.stringify(received));
  return { kind: 'observed', atUs: one.atUs, receivedUs: one.atUs, contentHash: one.contentHash, event: one.event };
}

function derived(...drafts: LedgerDraft[]) {
  const book = new LiveBook();
  book.add(drafts.map((draft, i) => ({ ...draft, seq: i + 1 }) as LedgerRecord));
  const derivation = book.derive('live');
  if (derivation === null) throw new Error('nothing was derived');
  return derivation;
}

describe('commands in the live log', () => {
  it('tells a writer’s life: opened, superseded by a retry, finalized with its rows, and what it read', () => {
    const { log } = derived(opened(0, 'r1', 1, 1), opened(5, 'r1', 2, 2), finalized(9, 'r1', 2, 2, 42));
    expect(log.runs.runId).toEqual(['n1']);
    expect(log.taskRuns.task).toHaveLength(1);
    const lines = describeEvents(log).map((line) => line.replace(/ \| (recorded|inferred|unknown)\/.*$/, ''));
    expect(lines).toContain('2025-12-25T01:00:00Z | open | nightly.sales | try 1 | sales[date=2025-12-24] v1');
    expect(lines).toContain(
      '2025-12-25T01:05:00Z | superseded | nightly.sales | try 1 | sales[date=2025-12-24] v1 | a retry',
    );
    expect(lines).toContain(
      '2025-12-25T01:09:00Z | finalized | nightly.sales | try 2 | sales[date=2025-12-24] v2 | value 42',
    );
    expect(lines.filter((line) => line.includes('| read |'))).toHaveLength(1);
  });

  it('has the ledger’s numbers and every step, recorded: published, marked, expired', () => {
    const { log } = derived(
      opened(0, 'r1', 1, 7),
      finalized(3, 'r1', 1, 7, 42),
      on(4, 7, { kind: 'published' }),
      on(5, 7, { kind: 'marker', path: '/lake/sales/_SUCCESS' }),
      opened(6, 'r2', 1, 8),
      on(9, 8, { kind: 'expired', reason: 'its lease was over' }),
    );
    const of = 'nightly.sales | try 1 | sales[date=2025-12-24]';
    expect(describeEvents(log).filter((line) => line.includes(of))).toEqual([
      `2025-12-25T01:00:00Z | open | ${of} v7 | recorded/recorded/unknown`,
      `2025-12-25T01:03:00Z | finalized | ${of} v7 | value 42 | recorded/recorded/recorded`,
      `2025-12-25T01:04:00Z | published | ${of} v7 | recorded/recorded/unknown`,
      `2025-12-25T01:05:00Z | marker | ${of} v7 | /lake/sales/_SUCCESS | recorded/recorded/unknown`,
      `2025-12-25T01:06:00Z | open | ${of} v8 | recorded/recorded/unknown`,
      `2025-12-25T01:09:00Z | expired | ${of} v8 | its lease was over | recorded/recorded/unknown`,
    ]);
  });

  it('keeps the order of seq where a sender’s clock is a little behind', () => {
    const { log } = derived(opened(0, 'r1', 1, 1), finalized(3, 'r1', 1, 1, 42), on(2, 1, { kind: 'published' }));
    expect(describeEvents(log).filter((line) => line.includes('published'))[0]).toMatch(/^2025-12-25T01:03:00Z/);
    expect(checkOrdering(log, { toleranceMs: 0, limit: 1 }).findings).toEqual([]);
  });

  it('knows which version was read, and that a dataset without partitions has one', () => {
    const report = { namespace: 'db', dataset: 'report', partition: '', version: 1 };
    const { log } = derived(
      opened(0, 'r1', 1, 1),
      finalized(3, 'r1', 1, 1, 42),
      { ...opened(4, 'r9', 1, 1), ...report } as LedgerDraft,
      {
        ...(finalized(8, 'r9', 1, 1, 1) as Extract<LedgerDraft, { kind: 'finalized' }>),
        outputs: [{ ...report, metrics: metrics(1), payloadHash: 'h' }],
        inputs: [place('date=2025-12-24', 1), place('date=2025-12-20', 4)],
      },
      opened(20, 'r7', 1, 2),
      finalized(23, 'r7', 1, 2, 43),
    );
    const lines = describeEvents(log);
    expect(lines.filter((line) => line.includes('| finalized |') && line.includes('report v1 |'))).toHaveLength(1);
    expect(lines.filter((line) => line.includes('| read |') && line.includes('sales['))).toEqual([
      '2025-12-25T01:04:00Z | read | nightly.sales | try 1 | sales[date=2025-12-20] v4 | inferred/recorded/unknown',
      '2025-12-25T01:04:00Z | read | nightly.sales | try 1 | sales[date=2025-12-24] v1 | inferred/recorded/unknown',
    ]);
    // By join on versions: what r9 read has a later version now.
    expect(checkOrdering(log, { toleranceMs: 0, limit: 1 }).stale.reads).toBe(1);
  });

  it('ends a run with its last finalize: what it read before that was not read after its end', () => {
    const raw = { namespace: 'db', dataset: 'raw', partition: 'date=2025-12-24', version: 1 };
    const done = (minute: number, output: VersionName, inputs: readonly VersionName[]): LedgerDraft => ({
      ...(finalized(minute, 'r1', 1, 1, 1) as Extract<LedgerDraft, { kind: 'finalized' }>),
      outputs: [{ ...output, metrics: metrics(1), payloadHash: 'h' }],
      inputs,
    });
    const { log } = derived(
      opened(0, 'r1', 1, 1),
      opened(1, 'r1', 1, 1, 'date=2025-12-25'),
      { ...opened(1, 'w', 1, 1), ...raw } as LedgerDraft,
      done(3, place('date=2025-12-24', 1), []),
      {
        ...(finalized(6, 'w', 1, 1, 1) as Extract<LedgerDraft, { kind: 'finalized' }>),
        outputs: [{ ...raw, metrics: metrics(1), payloadHash: 'h' }],
        inputs: [],
      },
      done(9, place('date=2025-12-25', 1), [raw]),
    );
    const report = checkOrdering(log, { toleranceMs: 0, limit: 5 });
    // It had begun before, and nothing says when it read.
    expect([report.proved, report.overlap, report.cannotTell]).toEqual([0, 1, 0]);
  });

  it('proves an early read by the order of seq, and not by a clock that is behind', () => {
    const raw = { namespace: 'db', dataset: 'raw', partition: 'date=2025-12-24', version: 1 };
    const ofRaw = (minute: number): LedgerDraft => ({
      ...(finalized(minute, 'w', 1, 1, 1) as Extract<LedgerDraft, { kind: 'finalized' }>),
      outputs: [{ ...raw, metrics: metrics(1), payloadHash: 'h' }],
      inputs: [],
    });
    const opens = [opened(0, 'r1', 1, 1), { ...opened(1, 'w', 1, 1), ...raw } as LedgerDraft];
    const proved = (...steps: LedgerDraft[]): number =>
      checkOrdering(derived(...opens, ...steps).log, { toleranceMs: 0, limit: 1 }).proved;
    // finalized() names version 1 of raw as what it read.
    expect(proved(ofRaw(6), finalized(5, 'r1', 1, 1, 42))).toBe(0);
    expect(proved(finalized(5, 'r1', 1, 1, 42), ofRaw(6))).toBe(1);
  });

  it('infers numbers where writers that it does not know are among them', () => {
    const other = (type: string, minute: number): LedgerDraft =>
      observed(event(type, minute, { run: 'o1', job: 'other', facets: DAY, outputs: ['sales'] }));
    const { log } = derived(
      other('START', 0),
      other('COMPLETE', 2),
      opened(3, 'r1', 1, 1),
      finalized(9, 'r1', 1, 1, 42),
      on(9, 1, { kind: 'published' }),
    );
    const lines = describeEvents(log).filter((line) => line.includes('nightly.sales') && line.includes('sales['));
    expect(lines.map((line) => line.split(' | ').slice(1).join(' | '))).toEqual([
      'open | nightly.sales | try 1 | sales[date=2025-12-24] v2 | recorded/inferred/unknown',
      'finalized | nightly.sales | try 1 | sales[date=2025-12-24] v2 | value 42 | recorded/inferred/recorded',
      'published | nightly.sales | try 1 | sales[date=2025-12-24] v2 | recorded/inferred/unknown',
    ]);
  });

  it('counts a run once that also sends events of its own', () => {
    const own = (type: string, minute: number): LedgerDraft =>
      observed(event(type, minute, { run: 'r1', job: 'sales', facets: DAY, outputs: ['sales'] }));
    const { log } = derived(own('START', 0), opened(1, 'r1', 1, 1), finalized(9, 'r1', 1, 1, 42), own('COMPLETE', 10));
    expect(log.taskRuns.task).toHaveLength(1);
    expect(log.versions.owner.filter((owner) => owner >= 0)).toHaveLength(1);
  });

  it('says nothing of a version whose beginning it does not know', () => {
    const { log } = derived(opened(0, 'r1', 1, 1), finalized(9, 'r7', 1, 7, 1));
    expect(describeEvents(log).some((line) => line.includes('finalized'))).toBe(false);
  });
});
