// Worker: plays the batches of replications that it is told to, and answers each with its sums.

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { Replicator } from '../../../simulations/experiments/replicate.ts';
import { buffersOf } from './job-side.ts';
import type { PlayedBatch, PlayerData, ReplicationBatch, ToPlayer } from './replication-messages.ts';

if (parentPort === null) throw new Error('a worker file was run as a program');
const port: MessagePort = (workerData as PlayerData | null)?.port ?? parentPort;
let replicator: Replicator | null = null;
let played: Int32Array = new Int32Array(0);

port.on('message', (message: ToPlayer) => {
  if (message.kind === 'prepare') {
    replicator = Replicator.ofPrepared(message.prepared);
    played = message.played;
  } else if (replicator === null) throw new Error('a batch of nothing');
  else play(replicator, message);
});

function play(experiment: Replicator, { from, to, open }: ReplicationBatch): void {
  const tally = experiment.newTally();
  for (let i = from; i < to; i++) {
    if (open === null) experiment.play(i, tally);
    else experiment.playTargets(i, tally, open);
    Atomics.add(played, 0, 1);
  }
  const answer: PlayedBatch = { from, to, tally: tally.columns() };
  port.postMessage(answer, buffersOf(answer));
}
