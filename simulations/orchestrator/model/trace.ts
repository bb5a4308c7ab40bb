// What happened, in the order of the play, as rows of integers: kept only when a log is wanted. Kinds are EventKinds.

import { GrowableFloat64, GrowableInt32 } from '../../../shared/base/growable.ts';

/** `code` of a traced taskStarted: the attempt never came to open its versions. */
export const NOT_OPENED = 1;

/** `code` of a traced versionPublished: the same event a second time. */
export const PUBLISHED_AGAIN = 1;

export class Trace {
  readonly kind = new GrowableInt32();
  readonly taskRun = new GrowableInt32();
  readonly attempt = new GrowableInt32();
  readonly code = new GrowableInt32();
  readonly timeMs = new GrowableFloat64();
  readonly value = new GrowableFloat64();

  get length(): number {
    return this.kind.length;
  }

  add(kind: number, taskRun: number, attempt: number, timeMs: number, code = 0, value = Number.NaN): void {
    this.kind.push(kind);
    this.taskRun.push(taskRun);
    this.attempt.push(attempt);
    this.timeMs.push(timeMs);
    this.code.push(code);
    this.value.push(value);
  }
}
