// Plays for their targets alone: cut short at the last landing that is looked at, they say of it what whole plays say,
// whatever goes wrong; and start latencies, which look at everything, are counted of whole plays.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlayTally } from '../../../simulations/experiments/play-tally.ts';
import { Replicator } from '../../../simulations/experiments/replicate.ts';
import { TargetCounter, targetRows } from '../../../simulations/experiments/targets.ts';
import { playerOfPlan, scenarioOf } from '../orchestrator/model/support/play.ts';
import { anyScenario } from '../orchestrator/model/support/random-scenario.ts';

const TARGETS = [
  { landing: { dataset: 'raw', within: '10m' } },
  { landing: { dataset: 'clean', within: '20m' } },
  { startLatency: { p90: '30s' } },
];
const OPEN = { first: [true, false, false], landings: [true, true, false], all: [true, true, true] } as const;
const MEASURES = ['trials', 'met', 'latestMs'] as const;

function replicatorOf(document: object): Replicator {
  const scenario = scenarioOf(document);
  const made = Replicator.of({ scenario, workload: scenario.workload, history: null, landing: 'published' });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  return made.value;
}

const rowOf = (tally: PlayTally, row: number) =>
  MEASURES.map((measure) => Array.from(tally.replications.targetColumn(row, measure)));

describe('a play for its targets alone', () => {
  it.each(Object.entries(OPEN))('counts of each open row what a whole play counts: %s', (_, open) => {
    fc.assert(
      fc.property(anyScenario, (document) => {
        const replicator = replicatorOf({ ...document, targets: TARGETS });
        const [whole, cut] = [replicator.newTally(), replicator.newTally()];
        for (let i = 0; i < 3; i++) {
          // In turns: what a cut play leaves behind must not reach the next.
          replicator.playTargets(i, cut, open);
          replicator.play(i, whole);
        }
        for (const [row, isOpen] of open.entries()) if (isOpen) expect(rowOf(cut, row)).toEqual(rowOf(whole, row));
      }),
      { numRuns: 6 },
    );
  });

  it('ends when the last of them has landed, hours before the others', () => {
    const hourly = (hour: number) => ({
      schedule: `0 ${hour} * * *`,
      tasks: { w: { duration: '5m', writes: `d${hour}` } },
    });
    const hours = [1, 5, 9];
    const scenario = scenarioOf({
      horizon: '1d',
      datasets: Object.fromEntries(hours.map((hour) => [`d${hour}`, 'daily'])),
      pipelines: Object.fromEntries(hours.map((hour) => [`p${hour}`, hourly(hour)])),
      targets: [{ landing: { dataset: 'd5', by: '06:00' } }],
    });
    const made = Replicator.of({ scenario, workload: scenario.workload, history: null, landing: 'published' });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const { plan } = made.value;
    const player = playerOfPlan(scenario, plan);
    const landings = new TargetCounter(scenario.targets, plan, 0).landingsOf(
      targetRows(scenario.targets).map(() => true),
    );
    player.playUntil(0, landings ?? new Int32Array(0));
    const started = Array.from(player.times.startMs).filter((ms) => !Number.isNaN(ms));
    expect(started).toEqual([3_600_000, 5 * 3_600_000]);
  });
});
