// What whoever sums up plays wants to know of one, whichever player made it.

import type { ModelTimes } from './model/model-times.ts';

export interface Played {
  /** By task run. */
  readonly times: ModelTimes;
  /** By pool: integrals over time of slots in use and of task runs that wait, from the end of the warm-up on. */
  readonly meter: { readonly usedMs: Float64Array; readonly waitingMs: Float64Array };
  /** By pool: what granted attempts had waited in its queue, from the end of the warm-up on. */
  readonly poolWaits: { readonly sumMs: Float64Array; readonly count: Float64Array };
  /** Enqueues, ends of attempts, and the publishes that somebody waits for. */
  readonly events: number;
  /** The last instant at which something happened. */
  readonly endMs: number;
  /** When a task run's data landed, all of it; or, with `byMarker`, of that which a marker tells of or of the rest. NaN for never. */
  landedMs(taskRun: number, byMarker?: boolean): number;
}

/** Plays replications one after another; what it played last is what it is. */
export interface Player extends Played {
  play(replication: number): void;
  /** Need play no further than until these task runs have landed: of all that comes later, nothing is known. */
  playUntil(replication: number, landings: Int32Array): void;
}
