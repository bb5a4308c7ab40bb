// A scenario over observed logs, the whole way: nights are played and logged, stored in a workspace, and a scenario file
// is laid over them; durations come back as fitted distributions, observed values, or whole nights.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioSummary } from '../../../shared/api/views-scenario.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Log } from '../../../shared/model/log.ts';
import { logOfPlay } from '../../../simulations/orchestrator/model/model-log.ts';
import { catalogOfPlan } from '../../../simulations/orchestrator/model/plan-catalog.ts';
import { Trace } from '../../../simulations/orchestrator/model/trace.ts';
import { formatExperiment } from '../../../src-main/cli/format-experiment.ts';
import { simulateScenario } from '../../../src-main/services/simulate-scenario.ts';
import { playerOf } from '../../simulations/orchestrator/model/support/play.ts';

const NIGHTS = 40;

/** Nights that differ much, and on which both tasks are slow together. */
const COMPANY = {
  start: '2025-11-01',
  horizon: `${NIGHTS}d`,
  datasets: { raw: 'daily', clean: 'daily' },
  pipelines: {
    ingest: {
      schedule: '0 1 * * *',
      variation: { run: 0.8 },
      tasks: {
        load: { duration: { lognormal: { median: '20m', sigma: 0.1 } }, writes: 'raw' },
        tidy: { duration: { lognormal: { median: '20m', sigma: 0.1 } }, after: 'load' },
        note: { duration: '1m', after: 'tidy', writes: 'clean' },
      },
    },
    report: { schedule: { all: 'clean' }, tasks: { report: '10m' } },
  },
};

/** A pool of which the work takes twice as long when it is full. */
const BUSY = {
  start: '2025-11-01',
  horizon: '1d',
  pools: {
    spark: {
      slots: 10,
      slowdown: [
        { at: '10%', factor: 1 },
        { at: '100%', factor: 2 },
      ],
    },
  },
  pipelines: {
    burst: { schedule: { every: '20m' }, tasks: { t: { duration: '5m', pool: 'spark', map: { low: 1, high: 10 } } } },
  },
};

function logged(document: object): { catalog: Catalog; log: Log } {
  const { plan, player } = playerOf(document);
  const trace = new Trace();
  player.play(0, trace);
  const catalog = catalogOfPlan(plan.definitions);
  const header = { name: 'november', source: 'observed', title: '', zone: 'UTC', landing: 'published' } as const;
  return { catalog, log: logOfPlay({ header, catalog, plan, player, trace }) };
}

const { catalog, log } = logged(COMPANY);
const dir = mkdtempSync(join(tmpdir(), 'landfall-over-log-'));
const path = join(dir, 'tonight.yaml');
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function simulate(lines: readonly string[], replications = 400) {
  writeFileSync(path, ['version: 1', 'start: 2025-12-25', 'horizon: 1d', 'base: {log: november}', ...lines].join('\n'));
  const logs = async (names: readonly string[]) =>
    names.includes('november') ? { catalog, logs: [log] } : { reason: `there is no log ${names.join()}` };
  return await simulateScenario(path, { replications, seed: null, workersDir: null, logs });
}

async function summaryOf(...lines: readonly string[]): Promise<ScenarioSummary> {
  const { summary, problems } = await simulate(lines);
  if (summary === null) throw new Error(JSON.stringify(problems));
  return summary;
}

describe('a scenario over a log', () => {
  let fitted: ScenarioSummary;
  beforeAll(async () => {
    fitted = await summaryOf();
  });

  it('plays one night of what was observed', () => {
    expect(fitted).toMatchObject({ taskRuns: 4 * 400, succeeded: 4 * 400, unfinished: 0, grown: null });
  });

  it('shows what was fitted, and how well', () => {
    const { durations } = fitted;
    expect(durations).toMatchObject({
      resample: 'fitted',
      logs: ['november'],
      tasks: 4,
      values: 4 * NIGHTS,
      unseen: [],
    });
    expect(durations?.nights).toHaveLength(NIGHTS);
    expect(durations?.families.constant).toBe(1);
    const load = durations?.worst.find(({ task }) => task === 'ingest.load');
    expect(load?.values).toBe(NIGHTS);
    expect(load?.family).toMatch(/lognormal|gamma|weibull|exponential/);
    expect(load?.ksDistance).toBeGreaterThan(0);
    expect(load?.ksDistance).toBeLessThan(0.25);
    expect(load?.ksP).toBeGreaterThan(0.01);
    const text = formatExperiment(fitted);
    expect(text).toMatch(/^durations +fitted: \d \w+, \d /m);
    expect(text).toContain(`160 values of 4 tasks, 40 nights 2025-10-31 to 2025-12-09`);
    expect(text).toMatch(/worst fit ingest\.\w+ \(40 values\): \w+: lowest AIC of those that fit, at most 0\.\d+ off/);
  });

  it('whole nights keep what was slow together slow together; single tasks do not', async () => {
    const nights = await summaryOf('resample: nights');
    const tasks = await summaryOf('resample: tasks');
    expect(nights.durations?.resample).toBe('nights');
    // Two equal halves that move together have twice the spread of one; apart, the spread of their sum is 1.4 times.
    const spread = ({ makespanP99Ms, makespanP50Ms }: ScenarioSummary) => Number(makespanP99Ms) - Number(makespanP50Ms);
    expect(spread(nights)).toBeGreaterThan(1.15 * spread(tasks));
    // A night is one of those that were seen, to the millisecond; a mix of nights is none of them.
    const seen = new Set(observedMakespans());
    for (const ms of [nights.makespanP50Ms, nights.makespanP99Ms, nights.makespanMaxMs]) expect(seen).toContain(ms);
    expect(seen).not.toContain(tasks.makespanP50Ms);
  });

  it('grows: new tasks draw the night of their models, and data makes all of it longer', async () => {
    const calm = await summaryOf('resample: nights');
    const grown = await summaryOf('resample: nights', 'grow: {pipelines: +100%, data: +100%}');
    expect(grown.grown).toEqual({ pipelines: 2, upstreams: 0, dataFactor: 2 });
    expect(grown.taskRuns).toBe(2 * calm.taskRuns);
    expect(Number(grown.elapsedMeanMs) / Number(calm.elapsedMeanMs)).toBeCloseTo(2, 3);
    expect(formatExperiment(grown)).toMatch(/^growth +2 new pipelines, durations x 2$/m);
  });

  it('a night that grows beyond its day is played to its end, and said', async () => {
    const grown = await summaryOf('grow: {data: +9900%}');
    expect(grown.pastHorizon).toBeGreaterThan(390);
    expect(grown.succeeded).toBe(grown.taskRuns);
    expect(formatExperiment(grown)).toMatch(/\d+ of 400 go on after the horizon of 24 h 00 min: played to the end/);
  });

  it('shows how a pool got slower as it filled', async () => {
    const busy = logged(BUSY);
    writeFileSync(path, 'version: 1\nbase: {log: busy}\n');
    const { summary } = await simulateScenario(path, {
      replications: 1,
      seed: null,
      workersDir: null,
      logs: async () => ({ catalog: busy.catalog, logs: [busy.log] }),
    });
    if (summary === null) throw new Error('refused');
    const [spark] = summary.durations?.slowdowns ?? [];
    expect(spark?.pool).toBe('spark');
    // Each keeps the pace of its start, so a full pool's work is slowed by the mean of 1 to 2.
    expect(spark?.points.at(-1)?.factor).toBeGreaterThan(1.2);
    expect(spark?.points.at(-1)?.factor).toBeLessThan(1.8);
    expect(formatExperiment(summary)).toMatch(/pool spark was seen slower as it filled: x 1\.\d+ at \d+ % full/);
  });

  it('what the scenario writes itself is what it draws', async () => {
    const own = await summaryOf(
      'resample: nights',
      'pipelines: {report: {schedule: {all: clean}, tasks: {report: 7h}}}',
    );
    expect(own.elapsedMaxMs).toBe(7 * 3_600_000);
  });

  it('refuses a log that is not there, and a log without a workspace, at its place', async () => {
    writeFileSync(path, 'version: 1\nbase: {log: october}\n');
    const request = { replications: 1, seed: null, workersDir: null };
    const alone = await simulateScenario(path, { ...request, logs: null });
    expect(alone).toMatchObject({ summary: null, problems: [{ file: path, line: 2 }] });
    expect(alone.problems[0].reason).toContain('--workspace DIR');
    const missing = await simulateScenario(path, { ...request, logs: async () => ({ reason: 'no such log' }) });
    expect(missing.problems).toMatchObject([{ file: path, line: 2, reason: 'base.log: no such log' }]);
  });
});

/** From a night's start to the last end, as the log tells: 01:00 plus the chain. */
function observedMakespans(): number[] {
  const { plan, player } = playerOf(COMPANY);
  player.play(0);
  const ends = new Map<number, number>();
  for (let i = 0; i < plan.taskRuns.count; i++) {
    const night = Math.floor(plan.runs.nominalMs[plan.taskRuns.run[i]] / 86_400_000);
    ends.set(night, Math.max(ends.get(night) ?? 0, player.times.finishMs[i] - night * 86_400_000));
  }
  return [...ends.values()];
}
