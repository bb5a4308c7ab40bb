// What the model keeps of a task run in its engine row, beside the engine's three integers, and the states it is in.
// A task run's row is in one place at a time: waiting for a time, waiting for slots, or nowhere. ROW_SINCE is the
// number of the instant at which it was enqueued.

/** What it still waits for: upstreams, groups, its trigger rule. */
export const ROW_PENDING = 3;
/** A Phase. */
export const ROW_PHASE = 4;
/** Its (pool, priority) queue. */
export const ROW_QUEUE = 5;
/** Pool slots that it takes. */
export const ROW_SLOTS = 6;
/** The attempt that runs or waits, from 1. */
export const ROW_ATTEMPT = 7;

export const Phase = {
  /** For upstreams. */
  waiting: 0,
  /** For its release, the dispatch or a retry's delay: what follows is the queue. */
  dispatch: 1,
  /** In a queue. */
  queued: 2,
  /** Has its slots, not started: the executor. */
  starting: 3,
  running: 4,
  /** Finished; its publish is to come. */
  publishing: 5,
  /** Looks for its data, with its slots. */
  poking: 6,
  /** Looks, or is told by the triggerer, without slots. */
  sensing: 7,
  /** Has a server of the finalize service, or waits for one. */
  finalizing: 8,
  done: 9,
  /** Finished; its data is being checked. */
  checking: 10,
  /** Has its slots; another writer holds what it writes. */
  held: 11,
  /** Its writer is dead, or seems so; nobody has noticed. */
  lost: 12,
  /** Its work is done; its writer sleeps. */
  asleep: 13,
  /** Finished; its marker is to come, beside its publish. */
  marking: 14,
} as const;
