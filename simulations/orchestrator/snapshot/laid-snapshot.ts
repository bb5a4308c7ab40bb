// An observed state laid onto a run plan, as columns that every play of the plan begins with. Structured-clonable.

export const Laid = {
  /** Played. */
  toCome: 0,
  /** Was over; it takes its observed times. */
  ended: 1,
  /** Runs at the instant: its start is observed, its end is drawn. */
  running: 2,
  /** Planned for before the instant, and the log has nothing of it: it is left out, and nobody waits for it. */
  leftOut: 3,
} as const;

/** By task run of the plan; ms from the scenario's start, NaN for unknown. */
export interface LaidSnapshot {
  readonly atMs: number;
  /** A Laid. */
  readonly status: Uint8Array;
  readonly readyMs: Float64Array;
  /** Of its first attempt, as it is reported; and of the one that is played. */
  readonly firstStartMs: Float64Array;
  readonly startMs: Float64Array;
  readonly endMs: Float64Array;
  readonly landedMs: Float64Array;
  /** 1 where the log says that it had not landed then, though it had ended. */
  readonly landsLater: Uint8Array;
  /** An Outcome, of what was over. */
  readonly outcome: Uint8Array;
  readonly attempts: Uint16Array;
}
