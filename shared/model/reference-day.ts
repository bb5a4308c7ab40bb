// A reference day (REFERENCE_DAY): one day's work in integers, as columns. Ids are dense from 0, times are
// milliseconds from the day's start.

/** Every time of a day is below this, 12.4 days: sums of two still fit the engine's 32-bit integers. */
export const DAY_TIME_LIMIT_MS = 1_073_741_824;

export interface ReferenceDay {
  readonly taskCount: number;
  readonly pipeline: Int32Array;
  readonly releaseMs: Int32Array;
  readonly durationMs: Int32Array;
  readonly pool: Int32Array;
  readonly priority: Int32Array;
  readonly finalizeMs: Int32Array;
  /** -1, or the time by which finish + finalize must have happened. */
  readonly deadlineMs: Int32Array;
  readonly poolSlots: Int32Array;
  /** Row i: `depTask[i]` waits for `depUpstream[i]`; kind 0 its finish, 1 its publish. In file order. */
  readonly depTask: Int32Array;
  readonly depUpstream: Int32Array;
  readonly depKind: Uint8Array;
  readonly publishMs: number;
  readonly dispatchMs: number;
}

/** The answer, per task in task order: what expected.csv holds. */
export interface DayAnswer {
  readonly readyMs: Int32Array;
  readonly startMs: Int32Array;
  readonly finishMs: Int32Array;
  /** finish + finalize. */
  readonly finalMs: Int32Array;
}
