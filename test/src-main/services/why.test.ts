// Why, asked of the sample company's incident night through the real services, workers and store: the story's figures, what
// the night would have been, questions that have no late landing as answer, and names that are wrong.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { localClient } from '../../../shared/api/channel/local-client.ts';
import type { Client } from '../../../shared/api/client.ts';
import type { ReplayProgress, WhyView } from '../../../shared/api/views-why.ts';
import { cancelSource } from '../../../shared/base/cancel.ts';
import { EventKind } from '../../../shared/model/event.ts';
import { EventWriter, eventAt } from '../../../shared/model/event-writer.ts';
import type { Log } from '../../../shared/model/log.ts';
import { CAST } from '../../../simulations/scenarios/company/cast.ts';
import { playIncident } from '../../../simulations/scenarios/sample.ts';
import { type Host, startHost } from '../../../src-main/host/start-host.ts';
import { told } from '../../simulations/scenarios/support/story.ts';
import { landfall } from '../cli/support/landfall.ts';
import { CALM, INCIDENT, makeHalyard, SMALL_SIZE, WITHOUT_LINEAGE } from './small-halyard.ts';

const MINUTE_US = 60e6;
const dir = mkdtempSync(join(tmpdir(), 'landfall-why-'));
let host: Host;
let client: Client;

beforeAll(async () => {
  // Builds the workers, where nobody has.
  await landfall(['--version']);
  await makeHalyard(join(dir, 'ws'), ({ logs }) => [cutLog(logs)]);
  host = await startHost({ workspaceDir: join(dir, 'ws'), create: false });
  client = localClient(host.handlers, host.topics, {
    onFault: (fault) => {
      throw fault;
    },
  });
});
afterAll(async () => {
  client?.close();
  await host?.close();
  rmSync(dir, { recursive: true, force: true });
});

/** The incident night as far as it was known at 01:40. */
function cutLog(logs: readonly Log[]): Log {
  const log = logs.find(({ name }) => name === INCIDENT);
  if (log === undefined) throw new Error('there is no incident night');
  const events = new EventWriter();
  const endUs = Date.parse('2025-12-25T01:40:00Z') * 1_000;
  for (const chunk of log.chunks) {
    for (let i = 0; i < chunk.rows && (chunk.timeUs[i] ?? endUs) < endUs; i++) events.push(eventAt(chunk, i));
  }
  events.push({ timeUs: endUs, kind: EventKind.note });
  return { ...log, name: 'cut', chunks: events.finish() };
}

const why = (of: string | number, log = INCIDENT): Promise<WhyView> => client.call('why.get', { log, of });
const changesOf = ({ charges }: WhyView) => charges.flatMap(({ change }) => change ?? []);

describe('why features.user_daily was late', () => {
  it('is its chain from the source on, whose parts sum exactly', async () => {
    const { chain, state, sentence, lateMs } = await why(CAST.userDaily);
    expect(state).toBe('late');
    expect(sentence).toMatch(/^features\.user_daily landed 02:\d\d, \d+ min late \(usual 01:\d\d\)\.$/);
    expect(chain?.links.map(({ label }) => label)).toEqual([CAST.eventsRaw, CAST.sessions, CAST.userDaily]);
    const parts = chain?.links.flatMap((link) => link.parts) ?? [];
    expect(parts.reduce((sum, { fromUs, toUs }) => sum + toUs - fromUs, 0)).toBe((chain?.sumMs ?? 0) * 1_000);
    expect(chain?.unknownMs).toBe(0);
    expect(lateMs).toBeGreaterThan(0);
  });

  it('charges 22 minutes to the late source and about 18 to the pool that the backfill held', async () => {
    const { charges, landedUs, usual } = await why(CAST.userDaily);
    const [source, pool] = charges;
    expect(source).toMatchObject({ cause: 'source', chainMs: 22 * 60_000, chargedMs: 22 * 60_000 });
    expect(pool).toMatchObject({ cause: 'pool', holder: { pipeline: CAST.backfill, slots: 96, poolSlots: 128 } });
    expect(Math.abs((pool?.chargedMs ?? 0) - 18.5 * 60_000)).toBeLessThan(90_000);
    const charged = charges.reduce((sum, { chargedMs }) => sum + chargedMs, 0);
    expect(charged).toBeCloseTo((landedUs - usual.landedUs) / 1_000, 3);
    expect(usual.nights).toBe(89);
  });

  it('would have landed in time without either cause, as the generator itself plays it', async () => {
    const view = await why(CAST.userDaily);
    const progress: ReplayProgress[] = [];
    const params = { log: INCIDENT, of: view.taskRun, changes: changesOf(view) };
    const { control, rows } = await client.call('why.replay', params, { onProgress: (told) => progress.push(told) });
    expect(control).toMatchObject({ isBelieved: true });
    expect(Math.abs(control.errorMs)).toBeLessThan(1_000);
    expect(rows.map(({ verdict }) => verdict)).toEqual(['met', 'met']);
    const played = [
      { lateSource: false, backfill: true },
      { lateSource: true, backfill: false },
    ].map((parts) => landedIn(playIncident(SMALL_SIZE, parts).log));
    // Looking for the data every minute, it may find them a minute sooner or later.
    for (const [i, row] of rows.entries())
      expect(Math.abs(row.landedUs - (played[i] ?? Number.NaN))).toBeLessThan(1.5 * MINUTE_US);
    expect(progress.at(-1)?.rows).toHaveLength(2);
    expect(progress.some(({ control: known, rows: done }) => known !== null && done.length === 0)).toBe(true);
  });

  it('of the log without lineage events is told of the same causes', async () => {
    const { charges, chain } = await why(CAST.userDaily, WITHOUT_LINEAGE);
    expect(charges.slice(0, 2).map(({ cause }) => cause)).toEqual(['source', 'pool']);
    expect(chain?.unknownMs).toBe(0);
  });
});

const landedIn = (log: Log): number => told(log, CAST.userDaily).landedUs;

describe('a replay', () => {
  it('of a declared dependency makes the early reader whole, and names the next one', async () => {
    const { taskRun } = await why(CAST.trainDaily);
    const change = { kind: 'declare-dependency', taskRun, dataset: 'events' } as const;
    const { rows } = await client.call('why.replay', { log: INCIDENT, of: taskRun, changes: [change] });
    expect(rows[0]?.gainMs).toBeLessThan(-15 * 60_000);
    expect(rows[0]?.goneEarlyReads).toMatchObject([{ label: CAST.trainDaily, dataset: 'events' }]);
    expect(rows[0]?.newEarlyReads).toMatchObject([{ label: CAST.pushModel, dataset: 'recs.model' }]);
  });

  it('is kept as a log like any other, with the landing that it said', async () => {
    const { taskRun } = await why(CAST.userDaily);
    const change = { kind: 'remove-pipeline', pipeline: CAST.backfill } as const;
    const { rows } = await client.call('why.replay', { log: INCIDENT, of: taskRun, changes: [change] });
    const kept = await client.call('why.keep', { log: INCIDENT, of: taskRun, change, as: 'no-backfill' });
    expect(kept).toMatchObject({ name: 'no-backfill', source: 'counterfactual' });
    const again = await why(CAST.userDaily, kept.name);
    expect(again.state).toBe('on time');
    expect(Math.abs(again.landedUs - (rows[0]?.landedUs ?? Number.NaN))).toBeLessThan(1_000);
    expect(await why(CAST.backfill, kept.name)).toMatchObject({ state: 'never ran' });
    await client.call('log.remove', { log: kept.name });
  });

  it('of what means nothing is refused in its row, and the others stand', async () => {
    const { taskRun } = await why(CAST.userDaily);
    const changes = [
      { kind: 'pool-slots', pool: 'sparc', slots: 200 },
      { kind: 'pool-slots', pool: 'spark', slots: 8 },
      { kind: 'source-on-time', taskRun },
      { kind: 'pool-slots', pool: 'spark', slots: 256 },
    ] as const;
    const { rows } = await client.call('why.replay', { log: INCIDENT, of: taskRun, changes: [...changes] });
    expect(rows.map(({ refused }) => refused)).toEqual([
      'there is no pool "sparc" (did you mean "spark"?)',
      'a task run of pool spark takes 96 slots, 8 are too few',
      'the log shows no late source of features.user_daily: it was ready when its run was due',
      '',
    ]);
    expect(rows[3]?.verdict).toBe('met');
  });

  it('is cancelled', async () => {
    const { taskRun } = await why(CAST.userDaily);
    const { signal, cancel } = cancelSource();
    const changes = Array.from({ length: 100 }, () => ({ kind: 'none' }) as const);
    const options = { signal, onProgress: ({ control }: ReplayProgress) => control !== null && cancel() };
    const replay = client.call('why.replay', { log: INCIDENT, of: taskRun, changes }, options);
    await expect(replay).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('asked of what was not late', () => {
  it('says so, and still shows the chain', async () => {
    const { state, sentence, chain } = await why(CAST.userDaily, CALM);
    expect(state).toBe('on time');
    expect(sentence).toMatch(/^features\.user_daily was not late: it landed 01:\d\d, \d+ min before its deadline/);
    expect(chain?.links.length).toBeGreaterThan(1);
  });

  it('says that there is no deadline, that it never ran', async () => {
    expect((await why(CAST.events)).sentence).toMatch(/it has no deadline to be late for\.$/);
    const never = await why(CAST.backfill, CALM);
    expect(never).toMatchObject({ state: 'never ran', taskRun: -1, chain: null });
    expect(never.sentence).toBe(
      `${CAST.backfill} never ran in ${CALM}: it is defined, and no event of the log is of it.`,
    );
  });

  it.each([
    [
      'features.user_dayly',
      `there is no task run, pipeline or dataset "features.user_dayly" in log ${INCIDENT} (did you mean "features.user_daily"?)`,
    ],
    ['events@2025-12-20', `log ${INCIDENT} has no 2025-12-20 of events: it has date=2025-12-24`],
    [1_000_000, `there is no task run 1000000 in log ${INCIDENT}: it has`],
  ])('is an error that says what there is: %s', async (of, message) => {
    await expect(why(of)).rejects.toThrow(message);
  });

  it('takes a dataset with its partition, in full or by its value', async () => {
    const [byName, byKey, byValue] = await Promise.all(
      ['events', 'events@date=2025-12-24', 'events@2025-12-24'].map((of) => why(of)),
    );
    expect(byName).toMatchObject({ label: CAST.eventsRaw, dataset: 'events', partition: 'date=2025-12-24' });
    expect([byKey?.taskRun, byValue?.taskRun]).toEqual([byName?.taskRun, byName?.taskRun]);
  });
});

describe('why it was not running', () => {
  const at = (of: string, minutes: number) =>
    client.call('why.at', {
      log: INCIDENT,
      of,
      atUs: Date.parse('2025-12-25T00:00:00Z') * 1_000 + minutes * MINUTE_US,
    });

  it('names the upstream that was missing', async () => {
    const { state, waitingFor, sentence } = await at(CAST.userDaily, 97);
    expect(state).toBe('not ready');
    expect(waitingFor).toMatchObject([{ label: CAST.sessions, state: 'running' }]);
    expect(sentence).toMatch(
      /^At 01:37 features\.user_daily was not ready: it waited for features\.sessions \(running\), which came at 01:\d\d\.$/,
    );
  });

  it('names the pool that was full and who held it', async () => {
    const { cause, pool, usedSlots, poolSlots, holders } = await at(CAST.sessions, 75);
    expect({ cause, pool, poolSlots }).toEqual({ cause: 'pool', pool: 'spark', poolSlots: 128 });
    expect(usedSlots).toBeGreaterThan(128 - 40);
    expect(holders[0]).toMatchObject({ pipeline: CAST.backfill, slots: 96 });
  });

  it('says when it ran, and when it had ended', async () => {
    expect(await at(CAST.sessions, 100)).toMatchObject({ state: 'running', cause: null });
    expect(await at(CAST.sessions, 150)).toMatchObject({ state: 'ended', outcome: 'success' });
  });
});

describe('the night', () => {
  it('is told in sentences, with usual and rows', async () => {
    const night = await client.call('night.get', { log: INCIDENT });
    expect(night).toMatchObject({ night: 'date=2025-12-24', missed: 1, proved: 1 });
    expect(night.deliverables[0]).toMatchObject({ label: CAST.userDaily, verdict: 'missed', usualNights: 89 });
    expect(night.earlyReads).toMatchObject([
      { readerLabel: CAST.trainDaily, dataset: 'events', succeeded: true, rowsWhole: 3.2e9 },
    ]);
    expect(night.earlyReads[0]?.rowsRead).toBeLessThan(1e9);
    expect(night.sentences[0]).toMatch(/^features\.user_daily landed 02:\d\d, \d+ min late \(usual 01:\d\d\)\.$/);
  });

  it.each([INCIDENT, 'landings-90-nights'])(
    'names each deliverable of %s so that Why is about that landing',
    async (log) => {
      const { deliverables } = await client.call('night.get', { log });
      for (const { subject, taskRun, landedUs } of deliverables.slice(0, 12)) {
        expect(await client.call('why.get', { log, of: subject })).toMatchObject({ taskRun, landedUs });
      }
    },
  );

  it('has margins of a reader over all nights, under zero on four', async () => {
    const margins = await client.call('why.margins', { log: INCIDENT, reader: CAST.trainDaily, dataset: 'events' });
    expect(margins.nights).toHaveLength(90);
    expect(margins).toMatchObject({ underZero: 4, unknown: 0 });
    expect(margins.minMs).toBeLessThan(-15 * 60_000);
    const wrong = client.call('why.margins', { log: INCIDENT, reader: 'recs.trains_daily', dataset: 'events' });
    await expect(wrong).rejects.toThrow('(did you mean "recs.train_daily"?)');
  });
});

describe('a log that ends in the middle', () => {
  it('tells of what was still running, with the chain so far', async () => {
    const { state, sentence, chain, charges } = await why(CAST.sessions, 'cut');
    expect({ state, charges }).toEqual({ state: 'running', charges: [] });
    expect(sentence).toBe(`${CAST.sessions} was still running where the log ends (01:40), since 01:23.`);
    expect(chain?.links.at(-1)?.parts.at(-1)?.cause).toBe('run');
    const replay = client.call('why.replay', { log: 'cut', of: CAST.sessions, changes: [] });
    await expect(replay).rejects.toThrow(`${CAST.sessions} has not landed in this log, so nothing can be compared`);
  });

  it('tells of what had not started', async () => {
    expect(await why(CAST.userDaily, 'cut')).toMatchObject({ state: 'never ran', chain: null });
  });
});
