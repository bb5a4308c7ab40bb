// When each task run was ready, queued, started, ended and landed: the columns that most screens and analyses read.
// A fold over a log; NaN is unknown or not yet.

/** One row a task run of the log, in its order. Times in µs since the epoch. */
export interface TaskRunTimes {
  readonly readyUs: Float64Array;
  readonly queuedUs: Float64Array;
  /** Start of the first attempt. */
  readonly startedUs: Float64Array;
  /** End of the last attempt. */
  readonly endedUs: Float64Array;
  /** Last finalize of a version that it owns. */
  readonly finalizedUs: Float64Array;
  readonly publishedUs: Float64Array;
  /** By the log's `landing`: the time that a deadline is held against. */
  readonly landedUs: Float64Array;
  /** An Outcome; 0 while not ended. */
  readonly outcome: Uint8Array;
  readonly attempts: Uint8Array;
  /** Evidence of `readyUs`, of `startedUs` and of `landedUs`, as packEvidence. */
  readonly evidence: Uint8Array;
}
