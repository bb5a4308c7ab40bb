// The same (catalog, scenario, seed) gives the same result to the last bit: in this thread, on one worker and on two, with
// the trace on or off. What is compared is one hash over every time, outcome and attempt of all replications.

import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { Replicator } from '../../../simulations/experiments/replicate.ts';
import { resultHash } from '../../../simulations/orchestrator/model/result-hash.ts';
import { Trace } from '../../../simulations/orchestrator/model/trace.ts';
import { builtMainDir } from '../../../src-main/host/package-root.ts';
import { playersIn } from '../../../src-main/host/workers/player-thread.ts';
import { timedExperiment } from '../../../src-main/host/workers/timed-experiment.ts';
import { playerOf, scenarioOf } from '../../simulations/orchestrator/model/support/play.ts';
import { anyScenario } from '../../simulations/orchestrator/model/support/random-scenario.ts';
import { runs } from '../../support/runs.ts';
import { landfall } from '../cli/support/landfall.ts';

// Builds the workers.
beforeAll(() => landfall(['--version']));

const REPLICATIONS = 5;

async function playedOn(document: object, threads: number): Promise<string | null> {
  const scenario = { ...scenarioOf(document), replications: REPLICATIONS };
  const players = threads === 0 ? null : playersIn(builtMainDir());
  const options = { players, threads: Math.max(1, threads), threadsFrom: 0, hashed: true };
  const played = await timedExperiment({ scenario, base: null, observed: null }, options);
  if (!played.ok) throw new Error(JSON.stringify(played.error));
  return played.value.summary.resultHash;
}

/** With a trace, one after another. */
function traced(document: object): string {
  const scenario = scenarioOf(document);
  const made = Replicator.of({ scenario, workload: scenario.workload, history: null, landing: 'published' });
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const tally = made.value.newTally();
  for (let i = 0; i < REPLICATIONS; i++) {
    const { player } = playerOf(document, i);
    player.play(i, new Trace());
    tally.addHash(i, resultHash(player));
  }
  return tally.resultHash;
}

const hashesOf = async (document: object): Promise<(string | null)[]> => [
  await playedOn(document, 0),
  await playedOn(document, 1),
  await playedOn(document, 2),
  traced(document),
];

it('one thread, one worker, two workers and a traced play give one hash; another seed another', async () => {
  await fc.assert(
    fc.asyncProperty(anyScenario, async (document) => {
      const hashes = await hashesOf(document);
      expect(hashes[0]).toMatch(/^[0-9a-f]{32}$/);
      expect(new Set(hashes).size).toBe(1);
    }),
    { numRuns: runs(3), endOnFailure: true },
  );
});

it('so does a day without any extra, which the reference day’s engine plays where nothing is traced', async () => {
  const day = (seed: number) => ({
    seed,
    horizon: '1d',
    pools: { p: 2 },
    datasets: { d: 'hourly' },
    pipelines: {
      w: {
        schedule: '0 * * * *',
        tasks: { w: { duration: { lognormal: { median: '20m', sigma: 0.7 } }, pool: 'p', writes: 'd' } },
      },
      r: {
        schedule: '7 * * * *',
        tasks: { r: { duration: { exponential: { mean: '9m' } }, pool: 'p', reads: 'd' } },
      },
    },
  });
  const hashes = await hashesOf(day(1));
  expect(new Set(hashes).size).toBe(1);
  expect(await playedOn(day(2), 0)).not.toBe(hashes[0]);
});
