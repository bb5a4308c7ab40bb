// What replication threads and whoever plays on them tell each other.

import type { MessagePort } from 'node:worker_threads';
import type { TallyColumns } from '../../../simulations/experiments/play-tally.ts';
import type { PreparedExperiment } from '../../../simulations/experiments/replicate.ts';

/** What a thread is started with where its parent is not the one that it plays for. */
export interface PlayerData {
  readonly port: MessagePort;
}

/** First what is to be played, then batches of it. */
export type ToPlayer =
  | {
      readonly kind: 'prepare';
      readonly prepared: PreparedExperiment;
      /** Counts replications played, over all threads. */
      readonly played: Int32Array;
    }
  | ({ readonly kind: 'batch' } & ReplicationBatch);

/** Replications from … below to. */
export interface ReplicationBatch {
  readonly from: number;
  readonly to: number;
  /** By target row, those that are still to be counted, where targets are all that is wanted; else null. */
  readonly open: readonly boolean[] | null;
}

/** Back from it. */
export interface PlayedBatch extends Omit<ReplicationBatch, 'open'> {
  readonly tally: TallyColumns;
}
