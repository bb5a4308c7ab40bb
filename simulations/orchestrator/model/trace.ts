// What happened, in the order of the play, as rows of integers: kept only when a log is wanted. Kinds are EventKinds.

import { GrowableFloat64, GrowableInt32 } from '../../../shared/base/growable.ts';

/** Why a version failed: `code` of a traced versionFailed. */
export const FAILED_TASK = 0;
/** Told by its check; the version has failed with it. */
export const FAILED_CHECK = 1;

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
