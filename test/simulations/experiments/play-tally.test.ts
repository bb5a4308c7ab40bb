// Two threads' tallies make what one thread's would: every number of the summary, whoever played which replication.

import { describe, expect, it } from 'vitest';
import type { Experiment } from '../../../simulations/experiments/replicate.ts';
import { Replicator } from '../../../simulations/experiments/replicate.ts';
import { summarize } from '../../../simulations/experiments/summarize.ts';
import { scenarioOf } from '../orchestrator/model/support/play.ts';

const experiment = (): Experiment => {
  const scenario = scenarioOf({
    horizon: '30m',
    orchestrator: {
      loop: { batch: 4, perTask: '20ms', idle: '1s' },
      finalize: { service: { exponential: { mean: '1s' } } },
    },
    pools: { p: 3 },
    datasets: { d: 'hourly' },
    pipelines: {
      queue: {
        schedule: { poisson: '2 per second' },
        tasks: {
          serve: { duration: { lognormal: { median: '1s', sigma: 1 } }, pool: 'p', retries: { times: 2, delay: '7s' } },
          store: { duration: '100ms', after: 'serve', writes: 'd', deadline: '20s' },
        },
      },
    },
    faults: [{ kind: 'task-failure', share: '10%' }],
    targets: [{ startLatency: { p90: '5s' } }, { makespan: '31m' }],
  });
  return { scenario, workload: scenario.workload, history: null, landing: 'published' };
};

function replicator(): Replicator {
  const made = Replicator.of(structuredClone(experiment()));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

describe('tallies', () => {
  it('of two threads merge into that of one', () => {
    const one = replicator();
    const all = one.newTally();
    for (let i = 0; i < 6; i++) one.play(i, all);
    const merged = one.newTally();
    for (const mine of [
      [5, 1, 3],
      [4, 0, 2],
    ]) {
      const other = replicator();
      const share = other.newTally();
      for (const i of mine) other.play(i, share);
      merged.absorb(structuredClone(share.columns()));
    }
    const { scenario } = experiment();
    const summary = summarize(scenario, one.plan, all);
    expect(summarize(scenario, one.plan, merged)).toEqual(summary);
    expect(summary.replications).toBe(6);
    expect(summary.attempts).toBeGreaterThan(summary.taskRuns);
  });
});
