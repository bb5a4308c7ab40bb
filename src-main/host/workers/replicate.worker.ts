// Worker: plays the batches of replications that it is told to, and answers each with its sums.

import { parentPort, workerData } from 'node:worker_threads';
import { Replicator } from '../../../simulations/experiments/replicate.ts';
import { buffersOf } from './job-side.ts';
import type { PlayedBatch, ReplicationBatch, ReplicationData } from './replication-messages.ts';

if (parentPort === null) throw new Error('a worker file was run as a program');
const port = parentPort;
const { prepared, played } = workerData as ReplicationData;
const replicator = Replicator.ofPrepared(prepared);

port.on('message', ({ from, to, open }: ReplicationBatch) => {
  const tally = replicator.newTally();
  for (let i = from; i < to; i++) {
    if (open === null) replicator.play(i, tally);
    else replicator.playTargets(i, tally, open);
    Atomics.add(played, 0, 1);
  }
  const answer: PlayedBatch = { from, to, tally: tally.columns() };
  port.postMessage(answer, buffersOf(answer));
});
