// Plays the replications of an experiment: a few in this thread, many in one worker thread a processor core. Who plays
// what makes no difference to the answer: a replication is a function of its number, and all sums are of whole numbers.

import { availableParallelism } from 'node:os';
import { cancelSource } from '../../../shared/base/cancel.ts';
import type { PlayTally } from '../../../simulations/experiments/play-tally.ts';
import type { Experiment, Replicator } from '../../../simulations/experiments/replicate.ts';
import { runJob } from './run-job.ts';

/** Fewer are played before a worker has started. */
const WORKERS_FROM = 8;
const WORKERS_MAX = 16;

/** `workersDir`: where the built workers are, or null to stay in this thread. */
export async function playExperiment(
  experiment: Experiment,
  replicator: Replicator,
  workersDir: string | null,
): Promise<PlayTally> {
  const { replications } = experiment.scenario;
  const tally = replicator.newTally();
  const workers = Math.min(availableParallelism(), WORKERS_MAX);
  if (workersDir === null || replications < WORKERS_FROM || workers < 2) {
    for (let i = 0; i < replications; i++) replicator.play(i, tally);
    return tally;
  }
  // One that fails ends the others.
  const { signal, cancel } = cancelSource();
  const options = { workersDir, signal, onProgress: () => {} };
  const shares = Array.from({ length: workers }, (_, first) =>
    runJob('replicate', { experiment, first, stride: workers }, options),
  );
  try {
    for (const share of await Promise.all(shares)) tally.absorb(share);
  } finally {
    cancel();
  }
  return tally;
}
