// The sample's incident night, taken at instants of it and played on: `landfall simulate` says when features.user_daily
// would land, before it has. And what it refuses, with its place.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioSummary } from '../../../shared/api/views-scenario.ts';
import { US_PER_MS } from '../../../shared/base/time.ts';
import { CAST } from '../../../simulations/scenarios/company/cast.ts';
import { type DetailedNights, SampleNights } from '../../../simulations/scenarios/sample.ts';
import { formatExperiment } from '../../../src-main/cli/format-experiment.ts';
import { simulateScenario } from '../../../src-main/services/simulate-scenario.ts';
import { told } from '../../simulations/scenarios/support/story.ts';

const INCIDENT = 'night-2025-12-24';
const TARGET = `targets: [{landing: {dataset: ${CAST.userDaily}, by: "02:00", share: 99.5%}}]`;
const MINUTE = 60_000;

const dir = mkdtempSync(join(tmpdir(), 'landfall-snapshot-'));
const path = join(dir, 'from.yaml');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

let nights: DetailedNights;
beforeAll(() => {
  nights = new SampleNights({ seed: 7, pipelines: 14, taskRuns: 60 }).detailed();
});

async function simulate(lines: readonly string[], replications = 20) {
  writeFileSync(path, ['version: 1', ...lines].join('\n'));
  const logs = async (names: readonly string[]) => ({
    catalog: nights.catalog,
    logs: nights.logs.filter(({ name }) => names.includes(name)),
  });
  return await simulateScenario(path, { replications, seed: null, workersDir: null, logs });
}

async function summaryFrom(snapshot: string, ...lines: readonly string[]): Promise<ScenarioSummary> {
  const { summary, problems } = await simulate([`base: {log: ${INCIDENT}}`, `snapshot: ${snapshot}`, TARGET, ...lines]);
  if (summary === null) throw new Error(JSON.stringify(problems));
  return summary;
}

const refusals = async (...lines: readonly string[]) =>
  (await simulate(lines)).problems.map(({ line, reason }) => `${line}: ${reason}`);

describe('the incident night from 01:00', () => {
  let from: ScenarioSummary;
  beforeAll(async () => {
    from = await summaryFrom('2025-12-25T01:00');
  });

  it('begins with the state of the log: who runs, who waits, slots in use', () => {
    expect(from.snapshot).toMatchObject({
      log: INCIDENT,
      atMs: Date.parse('2025-12-25T01:00Z'),
      running: 6,
      notPlanned: 0,
      notWaiting: 0,
      waitingUnseen: 0,
      // The one that on-call asked for.
      backfills: 1,
      slots: [
        { pool: 'spark', observed: 120, played: 120 },
        { pool: 'gpu', observed: 4, played: 4 },
        { pool: 'mirror', observed: 1, played: 1 },
      ],
    });
  });

  it('tells that features.user_daily misses its deadline, and when it lands, to two minutes', () => {
    const incident = nights.logs.find(({ name }) => name === INCIDENT);
    if (incident === undefined) throw new Error('no incident');
    const landedMs = told(incident, CAST.userDaily).landedUs / US_PER_MS;
    const [landing] = from.snapshot?.landings ?? [];
    expect(landing).toMatchObject({ trials: 1, deadlineMs: Date.parse('2025-12-25T02:00Z') });
    expect(Math.abs(Number(landing.p50Ms) - landedMs)).toBeLessThan(2 * MINUTE);
    expect(from.targets).toMatchObject([{ trials: 20, met: 0, verdict: 'fail' }]);
    const text = formatExperiment(from);
    expect(text).toContain(`${INCIDENT} at 2025-12-25T01:00:00Z: 6 running, 0 waiting; slots 120 of spark`);
    expect(text).toContain('the play begins with that state, no difference');
    expect(text).toMatch(/landing of features.user_daily by 02:00 UTC: lands p50 2025-12-25T02:0\d:\d\dZ/);
  });

  it('does not measure what was ready before, and is another scenario with more slots', async () => {
    const more = await summaryFrom('2025-12-25T01:00', 'pools: {spark: 240}');
    expect(more.targets).toMatchObject([{ met: 20, verdict: 'pass' }]);
    expect(more.snapshot?.slots[0]).toEqual({ pool: 'spark', observed: 120, played: 120 });
    const starts = from.tasks.map(({ startLatency }) => startLatency.count).reduce((a, b) => a + b, 0);
    expect(starts).toBeLessThan(from.taskRuns);
  });
});

describe('before the incident', () => {
  it('says that somebody waits of whom the log does not say so: the source that is late', async () => {
    const early = await summaryFrom('2025-12-25T00:30');
    expect(early.snapshot?.waitingUnseen).toBe(1);
    expect(formatExperiment(early)).toContain('1 wait here of which the log does not say so (a source that is late?)');
  });
});

describe('refusals', () => {
  it('an instant outside of the log, at its place', async () => {
    const late = `2: snapshot: 2025-12-27T01:00:00.000Z is not within ${INCIDENT}, which goes from `;
    expect(await refusals('snapshot: 2025-12-27T01:00', `base: {log: ${INCIDENT}}`)).toEqual([
      expect.stringContaining(late),
    ]);
  });

  it('what does not go with it', async () => {
    const base = `base: {log: ${INCIDENT}}`;
    const at = 'snapshot: 2025-12-25T01:00';
    const reasons: [string[], string][] = [
      [[at], '2: snapshot: a snapshot is of an observed log: write base: {log: …}'],
      [[at, base, 'warmUp: 1h'], '4: warmUp: a snapshot needs no warm-up: what comes before it is observed'],
      [[at, base, 'grow: {data: +10%}'], '4: grow: pipelines that are not there yet have no observed state'],
      [[at, base, 'start: 2025-12-25T02:00'], '2: snapshot: is not after the start'],
      [[at, base, 'start: 2025-12-24', 'horizon: 25h'], '2: snapshot: is not before the horizon'],
      [['snapshot: 90m', base], '2: snapshot: write the start too: this is a span from it'],
      [['snapshot: 1h30', base], '2: snapshot: '],
    ];
    for (const [lines, reason] of reasons) expect(await refusals(...lines)).toEqual([expect.stringContaining(reason)]);
  });

  it('runs that differ from replication to replication', async () => {
    const poisson = 'pipelines: {p: {schedule: {poisson: 1 per hour}, tasks: {t: 1m}}}';
    expect(await refusals('snapshot: 2025-12-25T01:00', `base: {log: ${INCIDENT}}`, poisson)).toEqual([
      expect.stringMatching(/^2: snapshot: Poisson arrivals/),
    ]);
  });
});
