// Answers nobody here wrote, asked as users ask them: a scenario file, played, and the figures of its JSON. Textbook
// queues, failures and schedules, each within an interval of 99.9 % that is itself narrow enough to mean something.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ScenarioSummary, TaskFigures } from '../../../shared/api/views-scenario.ts';
import { simulateScenario } from '../../../src-main/services/simulate-scenario.ts';

const dir = mkdtempSync(join(tmpdir(), 'landfall-answers-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function simulate(yaml: string): Promise<ScenarioSummary> {
  const path = join(dir, 'scenario.yaml');
  writeFileSync(path, yaml);
  const { summary, problems } = await simulateScenario(path, {
    replications: null,
    seed: null,
    workersDir: null,
    logs: null,
  });
  if (summary === null) throw new Error(JSON.stringify(problems));
  return summary;
}

const taskOf = ({ tasks }: ScenarioSummary, name: string): TaskFigures => {
  const found = tasks.find(({ task }) => task === name);
  if (found === undefined) throw new Error(`no ${name}`);
  return found;
};

/** The mean wait for slots is the formula's, within its own interval widened from 95 to 99.9 %, which is narrow. */
function expectWait(s: ScenarioSummary, seconds: number, widest = 0.1): void {
  const half = (Number(s.poolWaitMeanHalfWidthMs) * 1.7) / 1_000;
  expect(half).toBeLessThan(widest * seconds);
  expect(Math.abs(Number(s.poolWaitMeanMs) / 1_000 - seconds)).toBeLessThan(half + 0.001 * seconds);
}

const queue = (tasks: string, more = '', horizon = '3h'): string => `
version: 1
horizon: ${horizon}
warmUp: 20m
replications: 16
pools: {server: 1}
${more}
pipelines:
${tasks}`;
const arrivals = (name: string, rate: string, duration: string, more = ''): string => `
  ${name}:
    schedule: {poisson: ${rate}}
    tasks: {serve: {duration: ${duration}, pool: server${more}}}`;

describe('queues with one server (mean service 1 s)', () => {
  it('M/G/1 with gamma service waits by Pollaczek and Khinchine', async () => {
    // lambda E[S^2] / (2 (1 - rho)); gamma of shape 2 and mean 1 has E[S^2] = 1.5: .6 x 1.5 / .8.
    expectWait(await simulate(queue(arrivals('a', '0.6 per second', '{gamma: {shape: 2, scale: 500ms}}'))), 1.125);
  });

  it('M/U/1 with uniform service', async () => {
    // U(0, 2) has E[S^2] = 4/3: .5 x (4/3) / (2 x .5).
    expectWait(await simulate(queue(arrivals('a', '0.5 per second', '{uniform: {low: 0s, high: 2s}}'))), 2 / 3);
  });

  it('hyperexponential service by two streams into one server', async () => {
    // Streams of .25/s with means .5 and 1.5 s: rho .5, E[S^2] = (2 x .25 + 2 x 2.25) / 2 = 2.5, so .5 x 2.5 / 1.
    const s = await simulate(
      queue(
        arrivals('fast', '0.25 per second', '{exponential: {mean: 500ms}}') +
          arrivals('slow', '0.25 per second', '{exponential: {mean: 1500ms}}'),
      ),
    );
    expectWait(s, 1.25, 0.12);
    // First come, first served: both wait alike.
    const [fast, slow] = ['fast.serve', 'slow.serve'].map((name) => Number(taskOf(s, name).poolWait.meanMs));
    expect(Math.abs(fast / slow - 1)).toBeLessThan(0.05);
    expect(Number(taskOf(s, 'fast.serve').elapsed.meanMs) / 500).toBeCloseTo(1, 1);
  });

  it('M/M/1 with two priorities and no preemption, by Cobham', async () => {
    // lambda .3 and .4, mu 1: R = .7; W1 = R / (1 - .3) = 1; W2 = R / ((1 - .3) (1 - .7)) = 3.3333.
    const s = await simulate(
      queue(
        arrivals('high', '0.3 per second', '{exponential: {mean: 1s}}', ', priority: 10') +
          arrivals('low', '0.4 per second', '{exponential: {mean: 1s}}', ', priority: 1'),
        '',
        '8h',
      ),
    );
    expect(Number(taskOf(s, 'high.serve').poolWait.meanMs) / 1_000).toBeCloseTo(1, 1);
    expect(Math.abs(Number(taskOf(s, 'low.serve').poolWait.meanMs) / 3_333 - 1)).toBeLessThan(0.08);
  });

  it('M/M/1 is ready to end in an exponential time: mean 2, p50 1.386, p90 4.605, p99 9.21 s at rho .5', async () => {
    const s = await simulate(queue(arrivals('a', '0.5 per second', '{exponential: {mean: 1s}}'), '', '10h'));
    expect(Number(s.turnaroundMeanMs) / 1_000).toBeCloseTo(2, 1);
    const quantiles = [s.turnaroundP50Ms, s.turnaroundP90Ms, s.turnaroundP99Ms].map(Number);
    for (const [i, expected] of [1_386, 4_605, 9_210].entries())
      expect(Math.abs(quantiles[i] / expected - 1)).toBeLessThan(0.04);
  });

  it('batches of four as mapped copies: M[4]/D/1', async () => {
    // Batches of .2/s, service .5 s: rho .4. Batch delay .2 x 4 / (2 (1 - .4)) = .6667 with the work of a batch 2 s, then
    // half of the other three of its own batch: .75 s more.
    const s = await simulate(queue(arrivals('a', '0.2 per second', '500ms', ', map: 4')));
    expectWait(s, 0.666667 + 0.75, 0.05);
  });

  it('two servers in tandem wait each as if alone (Burke)', async () => {
    const s = await simulate(`
version: 1
horizon: 8h
warmUp: 20m
replications: 12
pools: {first: 1, second: 1}
pipelines:
  line:
    schedule: {poisson: 0.5 per second}
    tasks:
      one: {duration: {exponential: {mean: 1s}}, pool: first}
      two: {duration: {exponential: {mean: 1s}}, pool: second, after: one}`);
    for (const { wait } of s.pools.filter(({ pool }) => pool !== 'default'))
      expect(Math.abs(Number(wait.meanMs) / 1_000 - 1)).toBeLessThan(0.06);
    // Two exponential times of mean 2 s, one after another.
    expect(Number(s.pipelines[0].runTime.meanMs) / 1_000).toBeCloseTo(4, 0.7);
  });

  it('Erlang: M/M/8 at 6 per second waits in .3570 of all cases, .1785 s on average', async () => {
    // C(8, 6) = .356981; Wq = C / (8 - 6).
    const s = await simulate(`
version: 1
horizon: 1h
warmUp: 5m
replications: 12
pools: {server: 8}
pipelines:
  a:
    schedule: {poisson: 6 per second}
    tasks: {serve: {duration: {exponential: {mean: 1s}}, pool: server}}
targets: [{startLatency: {p50: 0ms}}]`);
    expectWait(s, 0.17849, 0.13);
    expect(1 - s.targets[0].share).toBeCloseTo(0.357, 1.6);
    expect(Number(s.pools.find(({ pool }) => pool === 'server')?.utilisation)).toBeCloseTo(0.75, 1.8);
  });
});

describe('failures and tails', () => {
  it('exponential backoff: 60, 120, 240 s between tries', async () => {
    // Always fails, three retries: four attempts of 10 s and 420 s of delays.
    const s = await simulate(`
version: 1
pipelines:
  p:
    schedule: {at: 0s}
    tasks: {t: {duration: 10s, retries: {times: 3, delay: 1m, backoff: exponential}}}
faults: [{kind: task-failure, share: 100%}]`);
    expect(s).toMatchObject({ attempts: 4, failed: 1, elapsedMaxMs: 460_000 });
  });

  it('with a cap the delays stop growing', async () => {
    const s = await simulate(`
version: 1
pipelines:
  p:
    schedule: {at: 0s}
    tasks: {t: {duration: 10s, retries: {times: 5, delay: 1m, backoff: exponential, cap: 2m}}}
faults: [{kind: task-failure, share: 100%}]`);
    expect(s.elapsedMaxMs).toBe(60_000 + (60 + 120 * 4) * 1_000);
  });

  it('stragglers: one in ten takes ten times, and the slower of twenty nearly always is one', async () => {
    const s = await simulate(`
version: 1
replications: 2000
pipelines:
  p:
    schedule: {at: 0s}
    tasks: {t: {duration: 1m, map: 20, stragglers: {share: 10%, factor: 10}}}`);
    expect(Number(s.elapsedMeanMs) / 60_000).toBeCloseTo(1.9, 1);
    expect([s.elapsedP50Ms, s.elapsedP99Ms]).toEqual([60_000, 600_000]);
    // 1 - .9^20 = .8784 of nights end with a straggler.
    const share = (Number(s.makespanMeanMs) / 60_000 - 1) / 9;
    expect(Math.abs(share - 0.87842)).toBeLessThan(3.29 * Math.sqrt((0.87842 * 0.12158) / 2_000));
  });
});

describe('schedules and partitions', () => {
  it('a day is summed when its hours are there, also the one of 23 hours', async () => {
    const s = await simulate(`
version: 1
start: 2025-03-29
zone: Europe/Berlin
horizon: 3d
datasets: {h: hourly, d: daily}
pipelines:
  hours: {schedule: "0 * * * *", partition: interval, tasks: {w: {duration: 1m, writes: h}}}
  days:
    schedule: "30 0 * * *"
    partition: interval
    tasks: {sum: {duration: 1m, reads: {dataset: h, window: day}, writes: d}}`);
    expect(s.unfinished).toBe(0);
    // 72 hours reach 01:00 of the fourth day, for one hour of the 30th is skipped: four nights.
    expect(taskOf(s, 'hours.w').taskRuns).toBe(72);
    expect(taskOf(s, 'days.sum').taskRuns).toBe(4);
    // The 31st is summed at 00:30, 30 minutes after its last hour was to be there.
    expect(taskOf(s, 'days.sum').startLatency.maxMs).toBe(0);
  });

  it('an offset of -1 day makes a chain of days: each waits for the one before', async () => {
    const s = await simulate(`
version: 1
horizon: 5d
datasets: {state: daily}
pipelines:
  p:
    schedule: {every: 24h}
    tasks: {t: {duration: 30h, reads: {dataset: state, offset: -1d}, writes: state}}`);
    // Day k starts when day k - 1 has ended: at 30 k hours, 6 k later than it could.
    expect(taskOf(s, 'p.t').startLatency.maxMs).toBe(0);
    expect(s.makespanMaxMs).toBe(5 * 30 * 3_600_000);
  });
});
