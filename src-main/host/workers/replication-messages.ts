// What the host and its replication threads tell each other.

import type { TallyColumns } from '../../../simulations/experiments/play-tally.ts';
import type { PreparedExperiment } from '../../../simulations/experiments/replicate.ts';

/** What a thread starts with. */
export interface ReplicationData {
  readonly prepared: PreparedExperiment;
  /** Counts replications played, over all threads. */
  readonly played: Int32Array;
}

/** To a thread: replications from … below to. */
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
