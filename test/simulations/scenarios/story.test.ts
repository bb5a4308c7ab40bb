// The story of the sample company, on five seeds: it follows from the model, so it holds in kind whatever is drawn. Small
// companies here, the cast is always there; LANDFALL_FULL_SAMPLE=1 plays the full size.

import { beforeAll, describe, expect, it } from 'vitest';
import { attainment } from '../../../shared/analysis/attainment.ts';
import { checkOrdering } from '../../../shared/analysis/ordering/check.ts';
import { startLatency } from '../../../shared/analysis/start-latency.ts';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { EventKind, Outcome } from '../../../shared/model/event.ts';
import type { Log } from '../../../shared/model/log.ts';
import { CAST, EVENTS_ROWS } from '../../../simulations/scenarios/company/cast.ts';
import {
  type DetailedNights,
  PLAIN_NIGHTS,
  playIncident,
  SAMPLE_SIZE,
  SampleNights,
} from '../../../simulations/scenarios/sample.ts';
import { clock, firstTime, minutesAfter, told } from './support/story.ts';

const IS_FULL = process.env.LANDFALL_FULL_SAMPLE === '1';
const SMALL = { pipelines: 14, taskRuns: 60 };
const SEEDS = [SAMPLE_SIZE.seed, 1, 2, 3, 11];
const DATE = '2025-12-24';
const DUE = 120;

const sizeOf = (seed: number) => (IS_FULL ? { ...SAMPLE_SIZE, seed } : { seed, ...SMALL });
const order = (log: Log) => checkOrdering(log, { toleranceMs: 0, limit: 20 });
const missed = (log: Log): string[] =>
  attainment(log, taskRunTimes(log))
    .rows.filter(({ verdict }) => verdict === 'missed')
    .map(({ label }) => label);

describe.each(SEEDS)('seed %i', (seed) => {
  const size = sizeOf(seed);
  let logs: readonly Log[] = [];
  let history: Log;
  let incident: Log;

  beforeAll(() => {
    const nights = new SampleNights(size);
    const detailed = nights.detailed();
    logs = detailed.logs;
    incident = logs[2] as Log;
    history = historyOf(nights, detailed);
  }, 120_000);

  it('one deadline is missed, by minutes, and only in the incident night', () => {
    expect(missed(incident)).toEqual([CAST.userDaily]);
    const { landedUs } = told(incident, CAST.userDaily);
    expect(minutesAfter(DATE, landedUs)).toBeGreaterThan(DUE);
    expect(minutesAfter(DATE, landedUs)).toBeLessThan(DUE + 30);
    expect(missed(logs[0] as Log)).not.toContain(CAST.userDaily);
  });

  it('both causes are needed: each alone is harmless', () => {
    const without = (parts: { lateSource: boolean; backfill: boolean }): number =>
      minutesAfter(DATE, told(playIncident(size, parts).log, CAST.userDaily).landedUs);
    const onTime = without({ lateSource: false, backfill: true });
    const elsewhere = without({ lateSource: true, backfill: false });
    const neither = without({ lateSource: false, backfill: false });
    expect(onTime).toBeLessThan(DUE - 15);
    expect(elsewhere).toBeLessThan(DUE);
    expect(elsewhere - neither).toBeGreaterThan(18);
    expect(elsewhere - neither).toBeLessThan(26);
  });

  it('one early read is proved, by a run that is green, of a part of the rows', () => {
    const { proved, findings } = order(incident);
    expect(proved).toBe(1);
    const { first, second, grade } = findings[0] ?? { first: null, second: null, grade: null };
    expect({ grade, second: second?.kind }).toEqual({ grade: 'proved', second: 'finalized' });
    const reader = told(incident, CAST.trainDaily);
    expect(first?.taskRun).toBe(reader.taskRun);
    const rows = rowsRead(incident, reader.taskRun);
    expect(rows[0]).toBeGreaterThan(0.08 * EVENTS_ROWS);
    expect(rows[0]).toBeLessThan(0.25 * EVENTS_ROWS);
    expect(rows[1]).toBe(EVENTS_ROWS);
    const { outcome, attempts } = taskRunTimes(incident);
    expect({ outcome: outcome[reader.taskRun], attempts: attempts[reader.taskRun] }).toEqual({
      outcome: Outcome.success,
      attempts: 2,
    });
  });

  it('the push read what was whole by then, and would not have with a declared dependency', () => {
    const push = told(incident, CAST.pushModel);
    const model = firstTime(incident, told(incident, CAST.trainDaily).taskRun, EventKind.versionFinalized);
    expect(model).toBeLessThan(push.startedUs);
    const runs = model - told(incident, CAST.trainDaily).startedUs;
    const events = told(incident, CAST.eventsRaw);
    expect(events.landedUs + runs).toBeGreaterThan(push.startedUs);
  });

  it('without lineage events nothing is proved any more, and the early read is an overlap', () => {
    const { proved, findings } = order(logs[1] as Log);
    expect(proved).toBe(0);
    const reader = told(incident, CAST.trainDaily).taskRun;
    expect(findings.filter(({ first }) => first.taskRun === reader).map(({ grade }) => grade)).toContain('overlap');
  });

  it('the calm night proves nothing, starts fast, and differs from task run to task run', () => {
    const calm = logs[0] as Log;
    expect(order(calm).proved).toBe(0);
    const { p50Ms, p99Ms } = startLatency(calm, taskRunTimes(calm));
    expect(p50Ms).toBeGreaterThan(5_000);
    expect(p50Ms).toBeLessThan(30_000);
    expect(p99Ms).toBeLessThan(120_000);
    expect(p99Ms).toBeGreaterThan(2 * p50Ms);
  });

  it('of 90 nights the deliverable missed one or few, and the margin of the early reader was under zero on a few', () => {
    const times = taskRunTimes(history);
    const rows = attainment(history, times).rows.filter(({ label }) => label === CAST.userDaily);
    expect(rows).toHaveLength(90);
    const late = rows.filter(({ verdict }) => verdict === 'missed').length;
    expect(late).toBeGreaterThan(0);
    expect(late).toBeLessThan(4);
    const margins = marginsOf(history);
    expect(margins.size).toBe(90);
    const under = [...margins].filter(([, ms]) => ms < 0).map(([night]) => night);
    expect(under).toContain(`date=${DATE}`);
    expect(under.length).toBeLessThan(12);
    const proved = order(history).findings.filter(({ grade }) => grade === 'proved');
    expect(proved.length).toBeGreaterThan(0);
    expect(proved.length).toBeLessThanOrEqual(under.length);
  });
});

describe('the usual seed', () => {
  const size = sizeOf(SAMPLE_SIZE.seed);

  it('tells the table of the incident to the minute', () => {
    const incident = new SampleNights(size).detailed().logs[2] as Log;
    const { eventsRaw, sessions, userDaily, trainDaily, pushModel, backfill } = CAST;
    const at = (label: string, kind: number): string => clock(firstTime(incident, told(incident, label).taskRun, kind));
    expect({
      eventsStart: at(eventsRaw, EventKind.taskStarted),
      trainReads: at(trainDaily, EventKind.read),
      backfillStarts: at(backfill, EventKind.taskStarted),
      eventsWritten: at(eventsRaw, EventKind.taskEnded),
      eventsPublished: at(eventsRaw, EventKind.versionPublished),
      marker: at(eventsRaw, EventKind.versionMarker),
      backfillEnds: at(backfill, EventKind.taskEnded),
      sessionsStart: at(sessions, EventKind.taskStarted),
      trainEnds: at(trainDaily, EventKind.taskEnded),
      push: at(pushModel, EventKind.taskStarted),
      userDailyStarts: at(userDaily, EventKind.taskStarted),
      userDailyPublished: at(userDaily, EventKind.versionPublished),
      cleared: at(trainDaily, EventKind.note),
    }).toEqual({
      eventsStart: '00:42',
      trainReads: '00:45',
      backfillStarts: '00:50',
      eventsWritten: '01:02',
      eventsPublished: '01:04',
      marker: '01:04',
      backfillEnds: '01:22',
      sessionsStart: '01:23',
      trainEnds: '01:31',
      push: '01:40',
      userDailyStarts: '01:53',
      userDailyPublished: '02:09',
      cleared: '06:41',
    });
    const rows = rowsRead(incident, told(incident, trainDaily).taskRun)[0] ?? 0;
    expect((rows / 1e9).toFixed(2)).toBe('0.48');
  });

  it('lands at 01:29 with the source on time, at 01:51 with the backfill elsewhere, both met', () => {
    const landed = (parts: { lateSource: boolean; backfill: boolean }): string =>
      clock(told(playIncident(size, parts).log, CAST.userDaily).landedUs);
    expect(landed({ lateSource: false, backfill: true })).toBe('01:29');
    expect(landed({ lateSource: true, backfill: false })).toBe('01:51');
  });

  it('usually lands at 01:29, missed one night of 90, and its early reader had less than no margin on 4 of 90 nights', () => {
    const nights = new SampleNights(size);
    const history = historyOf(nights, nights.detailed());
    const rows = attainment(history, taskRunTimes(history)).rows.filter(({ label }) => label === CAST.userDaily);
    expect(rows.filter(({ verdict }) => verdict === 'missed')).toHaveLength(1);
    const landed = rows.map(({ landedUs, dueUs }) => landedUs - dueUs).sort((a, b) => a - b);
    expect(clock(Date.parse('2025-12-25T02:00:00Z') * 1_000 + (landed[44] ?? Number.NaN))).toBe('01:29');
    expect([...marginsOf(history).values()].filter((ms) => ms < 0)).toHaveLength(4);
  });

  it('is the same from the same seed, and another from another', () => {
    expect(new SampleNights(size).detailed()).toEqual(new SampleNights(size).detailed());
    const other = new SampleNights({ ...size, seed: size.seed + 1 }).detailed();
    expect(other.logs[2]?.chunks).not.toEqual(new SampleNights(size).detailed().logs[2]?.chunks);
  });
});

const historyOf = (nights: SampleNights, { catalog, landings }: DetailedNights): Log =>
  nights.history(catalog, [...Array.from({ length: PLAIN_NIGHTS }, (_, night) => nights.landings(night)), ...landings]);

/** Rows of each read of a task run, in order of time. */
function rowsRead(log: Log, taskRun: number): number[] {
  return log.chunks.flatMap((chunk) =>
    Array.from(chunk.kind).flatMap((kind, i) =>
      kind === EventKind.read && chunk.taskRun[i] === taskRun ? [chunk.value[i] ?? Number.NaN] : [],
    ),
  );
}

/** By night: ms from the finalize of `events` to the start of its undeclared reader. */
function marginsOf(history: Log): Map<string, number> {
  const { finalizedUs, startedUs } = taskRunTimes(history);
  const times = new Map<string, { readonly [label: string]: number }>();
  history.taskRuns.run.forEach((run, i) => {
    const night = history.runs.logicalKey[run] ?? '';
    const { name } = history.names.pipelines;
    const pipeline = name[history.runs.pipeline[run] ?? -1] ?? '';
    const us = pipeline === CAST.trainDaily ? startedUs[i] : pipeline === CAST.eventsRaw ? finalizedUs[i] : undefined;
    if (us !== undefined) times.set(night, { ...times.get(night), [pipeline]: us });
  });
  return new Map(
    [...times].map(([night, of]) => [
      night,
      ((of[CAST.trainDaily] ?? Number.NaN) - (of[CAST.eventsRaw] ?? Number.NaN)) / 1_000,
    ]),
  );
}
