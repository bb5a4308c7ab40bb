// What is proof of an early read, what is only overlap, and what cannot be told: one small log a case.

import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import type { OrderingReport } from '../../../../shared/analysis/ordering/report.ts';
import { EventKind, Evidence, packEvidence } from '../../../../shared/model/event.ts';
import { LogBuilder } from '../log-builder.ts';

const INFERRED_SUBJECT = packEvidence(Evidence.recorded, Evidence.inferred);
const INFERRED_TIME = packEvidence(Evidence.inferred, Evidence.recorded);
const { versionFinalized, versionOpened, versionFailed, versionSuperseded, versionHeartbeat, versionPublished, note } =
  EventKind;

interface Night {
  readonly log: LogBuilder;
  readonly writer: number;
  readonly reader: number;
}

/** A writer that runs from 100 to 200 and a reader that runs from 150 to 160. */
function night(): Night {
  const log = new LogBuilder();
  const writer = log.taskRun('ingest.events_raw');
  const reader = log.taskRun('recs.train_daily');
  log.ran(writer, 90, 100, 200).ran(reader, 150, 150, 160);
  return { log, writer, reader };
}

function check(log: LogBuilder, toleranceMs = 0): OrderingReport {
  return checkOrdering(log.build(), { toleranceMs, limit: 10 });
}

/** `proved 1` and so on, of the reading rule. */
function grades(report: OrderingReport): string {
  const rule = report.rules[0];
  return rule === undefined ? 'no rules' : `${rule.proved}/${rule.overlap}/${rule.cannotTell}`;
}

describe('a read of a version that it names', () => {
  it('is PROVED when the version was finalized after the read', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'date=2025-12-24', 1, writer);
    log.wrote(v, 100, 200, 210, 3_200_000_000).read(150, reader, v, { value: 480_000_000 });
    const report = check(log);
    expect(grades(report)).toBe('1/0/0');
    expect(report.proved).toBe(1);
    const [finding] = report.findings;
    expect(finding?.reason).toBe(
      'recs.train_daily read events[date=2025-12-24] v1 50 s before it was finalized (480,000,000 of 3,200,000,000 rows)',
    );
    expect(finding?.first).toMatchObject({ kind: 'read', timeUs: 150e6, subject: 'recs.train_daily', taskRun: reader });
    expect(finding?.second).toMatchObject({ kind: 'finalized', timeUs: 200e6, subject: 'events[date=2025-12-24] v1' });
  });

  it('is fine at or after the finalize', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, 150, 151).read(150, reader, v).read(155, reader, v);
    expect(grades(check(log))).toBe('0/0/0');
  });

  it('is not held against the reader within the clock tolerance', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, 152, 153).read(150, reader, v);
    expect(grades(check(log, 2_000))).toBe('0/0/0');
    expect(grades(check(log, 1_999))).toBe('1/0/0');
  });

  it('is joined to the writer’s row by dataset, key and number', () => {
    const { log, writer, reader } = night();
    const seen = log.version('events', 'd', 1);
    const written = log.version('events', 'd', 1, writer);
    log.wrote(written, 100, 200, 210).read(150, reader, seen);
    expect(grades(check(log))).toBe('1/0/0');
  });

  it.each([versionFailed, versionSuperseded])('is PROVED when the version ended without being whole (%i)', (kind) => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.at(100, versionOpened, { version: v }).at(120, kind, { version: v }).read(150, reader, v);
    const report = check(log);
    expect(grades(report)).toBe('1/0/0');
    expect(report.findings[0]?.reason).toContain('never was whole');
  });

  it('is PROVED when the version is never finalized though the log goes on, else OVERLAP', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.at(100, versionOpened, { version: v }).read(200, reader, v);
    expect(grades(check(log))).toBe('0/1/0');
    log.at(201, note);
    expect(grades(check(log))).toBe('1/0/0');
  });

  it('is judged by its own attempt: what a rerun reads hours later overlaps nothing', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    const inferred = packEvidence(Evidence.inferred, Evidence.inferred);
    log.wrote(v, 100, 200, 210).read(150, reader, v, { attempt: 1, evidence: inferred });
    log.at(400, EventKind.taskStarted, { taskRun: reader, attempt: 2 });
    log.read(400, reader, v, { attempt: 2, evidence: inferred });
    log.at(410, EventKind.taskEnded, { taskRun: reader, attempt: 2, code: 1 });
    const report = check(log);
    expect(grades(report)).toBe('0/1/0');
    expect(report.findings[0]?.first.timeUs).toBe(150e6);
    // Where nobody says which attempt read, the whole span of the task run counts.
    log.read(405, reader, v, { evidence: inferred });
    expect(grades(check(log))).toBe('0/2/0');
  });

  it('is never PROVED by an inferred version, only OVERLAP with the running one', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, 200, 210).read(150, reader, v, { evidence: INFERRED_SUBJECT });
    const report = check(log);
    expect(grades(report)).toBe('0/1/0');
    expect(report.findings[0]?.reason).toContain('which version it read is inferred');
    expect(report.advice.join()).toContain('record the dataset version');
  });

  it('is never PROVED by an inferred finalize', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, 200, 210, Number.NaN, INFERRED_TIME).read(150, reader, v);
    expect(grades(check(log))).toBe('0/1/0');
    expect(check(log).findings[0]?.reason).toContain('when that was finalized is inferred');
  });

  it('is never PROVED by an inferred time of reading alone', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, 155, 156).read(150, reader, v, { evidence: INFERRED_TIME });
    expect(grades(check(log))).toBe('0/1/0');
  });

  it('is PROVED when the reader had recorded its end before the finalize', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, 200, 210).read(150, reader, v, { evidence: INFERRED_TIME });
    const report = check(log);
    expect(grades(report)).toBe('1/0/0');
    expect(report.findings[0]?.reason).toContain('ended 40 s before it was finalized');
  });

  it('is PROVED by its row count when it started before the finalize', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, 155, 156, 1_000).read(150, reader, v, { evidence: INFERRED_TIME, value: 150 });
    expect(grades(check(log))).toBe('1/0/0');
    expect(check(log).findings[0]?.reason).toContain('(150 of 1,000 rows)');
  });

  it('with all the rows is no proof', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, 155, 156, 1_000).read(150, reader, v, { evidence: INFERRED_TIME, value: 1_000 });
    expect(grades(check(log))).toBe('0/1/0');
  });

  it('CANNOT be TOLD when the finalize has no time', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, Number.NaN, Number.NaN).read(150, reader, v);
    log.at(Number.NaN, EventKind.versionFinalized, { version: v });
    expect(grades(check(log))).toBe('0/0/1');
  });

  it('overlaps when only the publish is in the log', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.at(180, versionPublished, { version: v }).read(150, reader, v).read(185, reader, v);
    expect(grades(check(log))).toBe('0/1/0');
  });

  it('is fine after a publish, though no finalize is in the log: then the log is what lacks', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, Number.NaN, 140).read(150, reader, v).at(300, note);
    const report = check(log);
    expect(grades(report)).toBe('0/0/0');
    expect(report.rules.find((rule) => rule.rule === 'publish-after-finalize')?.proved).toBe(1);
  });

  it('is fine after a finalize that the clocks cannot tell from the version’s end', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.at(100, versionOpened, { version: v }).at(110, versionSuperseded, { version: v });
    log.at(110.5, versionFinalized, { version: v }).read(150, reader, v);
    expect(check(log, 1_000)).toMatchObject({ proved: 0, overlap: 0, cannotTell: 0 });
  });

  it('is fine when it reads back its own output', () => {
    const { log, writer } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, 200, 210).read(150, writer, v);
    expect(grades(check(log))).toBe('0/0/0');
  });

  it('of a version that nobody in this log writes is advice, not a finding', () => {
    const { log, reader } = night();
    log.read(150, reader, log.version('mirror', 'd', 4));
    const report = check(log);
    expect(grades(report)).toBe('0/0/0');
    expect(report.advice.join()).toContain('whose writing is not in this log');
  });
});

describe('a read that does not say which version', () => {
  it('OVERLAPs when the partition was being written', () => {
    const { log, writer, reader } = night();
    const partition = log.version('events', 'd', 0);
    log.wrote(log.version('events', 'd', 1, writer), 100, 200, 210).read(150, reader, partition);
    const report = check(log);
    expect(grades(report)).toBe('0/1/0');
    expect(report.findings[0]).toMatchObject({ second: { kind: 'open', timeUs: 100e6 } });
    expect(report.findings[0]?.reason).toContain('while ingest.events_raw was writing events[d] v1');
  });

  it('is nothing when only earlier versions are whole and the next writer starts after it', () => {
    const { log, writer, reader } = night();
    log.wrote(log.version('events', 'd', 1, writer), 100, 140, 141);
    log.wrote(log.version('events', 'd', 2, writer), 155, 190, 191);
    log.read(150, reader, log.version('events', 'd', 0));
    expect(grades(check(log))).toBe('0/0/0');
  });

  it('with an inferred time is judged by the reader’s whole span', () => {
    const { log, writer, reader } = night();
    log.wrote(log.version('events', 'd', 2, writer), 155, 190, 191);
    log.read(150, reader, log.version('events', 'd', 0), { evidence: INFERRED_TIME });
    expect(grades(check(log))).toBe('0/1/0');
  });

  it('of another partition is nothing', () => {
    const { log, writer, reader } = night();
    log.wrote(log.version('events', 'today', 1, writer), 100, 200, 210);
    log.wrote(log.version('events', 'yesterday', 1, writer), 10, 20, 21);
    log.read(150, reader, log.version('events', 'yesterday', 0));
    expect(grades(check(log))).toBe('0/0/0');
  });

  it('CANNOT be TOLD without a partition key while a partition is written', () => {
    const { log, writer, reader } = night();
    log.wrote(log.version('events', 'd', 1, writer), 100, 200, 210);
    log.read(150, reader, log.version('events', null, 0)).read(250, reader, log.version('events', null, 0));
    const report = check(log);
    expect(grades(report)).toBe('0/0/1');
    expect(report.advice.join()).toContain('nominalTime');
  });

  it('CANNOT be TOLD when the writer’s key is the unknown one', () => {
    const { log, writer, reader } = night();
    log.wrote(log.version('events', null, 0, writer), 100, 200, 210).read(150, reader, log.version('events', 'd', 0));
    expect(grades(check(log))).toBe('0/0/1');
  });

  it('OVERLAPs where neither side has keys: the dataset is all that is known', () => {
    const { log, writer, reader } = night();
    log.wrote(log.version('events', null, 0, writer), 100, 200, 210).read(150, reader, log.version('events', null, 0));
    expect(grades(check(log))).toBe('0/1/0');
  });

  it('is PROVED by row counts where the version is the first of its partition', () => {
    const { log, writer, reader } = night();
    log.wrote(log.version('events', 'd', 1, writer), 100, 200, 210, 10_000);
    log.read(150, reader, log.version('events', 'd', 0), { value: 1_500 });
    const report = check(log);
    expect(grades(report)).toBe('1/0/0');
    expect(report.findings[0]?.reason).toContain('(1,500 of 10,000 rows)');
  });

  it('is not PROVED by row counts when an earlier version may have had so many', () => {
    const { log, writer, reader } = night();
    const older = log.taskRun('ingest.events_raw');
    log.wrote(log.version('events', 'd', 2, writer), 100, 200, 210, 10_000);
    log.read(150, reader, log.version('events', 'd', 0), { value: 1_500 });
    expect(grades(check(log))).toBe('0/1/0');
    const first = log.version('events', 'd', 1, older);
    log.wrote(first, 10, 20, 21, 1_500);
    expect(grades(check(log))).toBe('0/1/0');
  });

  it('is PROVED by row counts when every earlier version had another number', () => {
    const { log, writer, reader } = night();
    log.wrote(log.version('events', 'd', 2, writer), 100, 200, 210, 10_000);
    log.wrote(log.version('events', 'd', 1, writer), 10, 20, 21, 9_000);
    log.read(150, reader, log.version('events', 'd', 0), { value: 1_500 });
    expect(grades(check(log))).toBe('1/0/0');
  });

  it('CANNOT be TOLD when neither read nor reader has a time', () => {
    const { log, writer } = night();
    log.wrote(log.version('events', 'd', 1, writer), 100, 200, 210);
    log.read(Number.NaN, log.taskRun('dark'), log.version('events', 'd', 0), { evidence: packEvidence(2) });
    expect(grades(check(log))).toBe('0/0/1');
  });

  it('CANNOT be TOLD when the writing began at an unknown time', () => {
    const { log, reader } = night();
    const v = log.version('events', 'd', 0);
    log.wrote(v, Number.NaN, 200, 210).read(150, reader, log.version('events', 'd', 0));
    const report = check(log);
    expect(grades(report)).toBe('0/0/1');
    expect(report.advice.join()).toContain('name the outputs on the event that starts a run');
  });

  it('takes the writer’s own span when the opening is not recorded', () => {
    const { log, writer, reader } = night();
    log.wrote(log.version('events', 'd', 0, writer), Number.NaN, 200, 210);
    log.read(150, reader, log.version('events', 'd', 0));
    expect(grades(check(log))).toBe('0/1/0');
  });

  it('gives a version that is never seen to end up when the next one opens', () => {
    const { log, reader } = night();
    log.at(10, versionOpened, { version: log.version('events', 'd', 1) });
    log.wrote(log.version('events', 'd', 2), 50, 60, 61);
    const partition = log.version('events', 'd', 0);
    log.read(150, reader, partition);
    expect(grades(check(log))).toBe('0/0/0');
    log.read(30, reader, partition);
    expect(grades(check(log))).toBe('0/1/0');
  });

  it('of nothing that the log names CANNOT be TOLD', () => {
    const { log, reader } = night();
    log.read(150, reader, -1);
    expect(grades(check(log))).toBe('0/0/1');
  });
});

describe('the report', () => {
  it('puts proved findings first, then time, keeps the limit and counts the rest', () => {
    const { log, writer, reader } = night();
    const whole = log.version('events', 'd', 1, writer);
    log.wrote(whole, 100, 200, 210);
    const partition = log.version('events', 'd', 0);
    for (const t of [150, 140, 130, 120]) log.read(t, reader, partition).read(t + 1, reader, whole);
    const report = checkOrdering(log.build(), { toleranceMs: 0, limit: 6 });
    expect(report).toMatchObject({ log: 'by hand', reads: 8, versions: 1, proved: 4, overlap: 4, cannotTell: 0 });
    expect(report.findings.map((f) => `${f.grade} ${f.first.timeUs / 1e6}`)).toEqual([
      'proved 121',
      'proved 131',
      'proved 141',
      'proved 151',
      'overlap 120',
      'overlap 130',
    ]);
    expect(checkOrdering(log.build(), { toleranceMs: 0, limit: 0 })).toMatchObject({ proved: 4, findings: [] });
  });

  it('counts stale reads apart: they are no fault of the reader', () => {
    const { log, writer, reader } = night();
    const first = log.version('events', 'd', 1, writer);
    log.wrote(first, 100, 110, 111).read(150, reader, first).read(151, reader, first);
    log.wrote(log.version('events', 'd', 2, writer), 300, 310, 311);
    const report = check(log);
    expect(report).toMatchObject({ proved: 0, overlap: 0, cannotTell: 0, stale: { reads: 2 } });
    expect(report.stale.examples).toMatchObject([
      { reason: 'recs.train_daily read events[d] v1, and events[d] v2 is whole now', second: { timeUs: 310e6 } },
    ]);
  });

  it('says of an empty log that there is nothing', () => {
    const report = check(new LogBuilder());
    expect(report).toMatchObject({ reads: 0, versions: 0, proved: 0, findings: [], advice: [], stale: { reads: 0 } });
    expect(report.rules.length).toBeGreaterThan(8);
  });

  it('does not take heartbeats for the end of a writing', () => {
    const { log, writer, reader } = night();
    const v = log.version('events', 'd', 1, writer);
    log.wrote(v, 100, 200, 210).at(149, versionHeartbeat, { version: v }).read(150, reader, v);
    expect(grades(check(log))).toBe('1/0/0');
  });
});
