// Landing targets: each judges its own deadline, whatever other deadlines its task has; copies of a mapped task are one.

import { describe, expect, it } from 'vitest';
import { Replicator } from '../../../simulations/experiments/replicate.ts';
import { summarize } from '../../../simulations/experiments/summarize.ts';
import { scenarioOf } from '../orchestrator/model/support/play.ts';

function summaryOf(document: object) {
  const scenario = scenarioOf(document);
  const made = Replicator.of({ scenario, workload: scenario.workload, history: null, landing: 'published' });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const tally = made.value.newTally();
  for (let i = 0; i < scenario.replications; i++) made.value.play(i, tally);
  return summarize(scenario, made.value.plan, tally);
}

describe('landing targets', () => {
  const base = {
    horizon: '3d',
    datasets: { d: 'daily', e: 'daily' },
    pipelines: {
      p: {
        schedule: '0 1 * * *',
        partition: 'interval',
        tasks: { w: { duration: '30m', writes: ['d', 'e'], deadline: '10m' } },
      },
    },
  };

  it('of two datasets of one task with a deadline of its own', () => {
    const s = summaryOf({
      ...base,
      targets: [{ landing: { dataset: 'd', by: '01:20' } }, { landing: { dataset: 'e', by: '02:00' } }],
    });
    expect(s.targets.map(({ trials, met }) => [trials, met])).toEqual([
      [3, 0],
      [3, 3],
    ]);
    // The earliest of them counts once.
    expect([s.deadlinesMet, s.deadlinesTotal]).toEqual([0, 3]);
  });

  it('several targets of one dataset are judged apart', () => {
    const targets = ['1h', '90m', '2h'].map((within) => ({ landing: { dataset: 'd', within } }));
    expect(summaryOf({ ...base, targets }).targets.map(({ met }) => met)).toEqual([0, 3, 3]);
  });

  it('copies of a mapped task land together, with the last of them', () => {
    const s = summaryOf({
      horizon: '1d',
      pools: { one: 1 },
      datasets: { d: 'daily' },
      pipelines: { p: { schedule: '0 1 * * *', tasks: { w: { duration: '30m', writes: 'd', map: 3, pool: 'one' } } } },
      targets: [{ landing: { dataset: 'd', by: '02:00' } }, { landing: { dataset: 'd', by: '02:30' } }],
    });
    expect(s.targets.map(({ trials, met }) => [trials, met])).toEqual([
      [1, 0],
      [1, 1],
    ]);
  });
});
