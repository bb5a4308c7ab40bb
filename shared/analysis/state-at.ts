// The state of every task run, and of every pipeline, as of a moment: what colours the graph and the timeline while one
// scrubs. A plain pass over prepared columns into a caller's array: no history is kept, so any moment costs the same.
// An attempt in the middle that failed shows as running until the last one ends (TaskRunTimes holds no more).

import { Outcome } from '../model/event.ts';
import type { TaskRunTimes } from './task-run-times.ts';

/** Ordered by what matters most: a pipeline shows the highest of its task runs. */
export const State = {
  /** Nothing is known of it. */
  unknown: 0,
  /** Its data has landed; without data of its own, it ended well. */
  whole: 1,
  /** Not started yet, or skipped. */
  waiting: 2,
  /** Started, and its data has not landed yet. */
  running: 3,
  /** Failed, or past its deadline and not landed. */
  late: 4,
  /** Has read data that was not whole. */
  early: 5,
} as const;
export type State = (typeof State)[keyof typeof State];
export const STATE_NAMES = ['unknown', 'whole', 'waiting', 'running', 'late', 'read too early'] as const;

/** Prepared columns, one row a task run; Infinity is never. */
export interface StateIndex {
  readonly startUs: Float64Array;
  /** When it takes its last state. */
  readonly doneUs: Float64Array;
  /** From when on it is late, until it is done. */
  readonly lateUs: Float64Array;
  /** From when on it has read too early. */
  readonly earlyUs: Float64Array;
  readonly firstState: Uint8Array;
  readonly lastState: Uint8Array;
}

/**
 * Columns for `taskStatesAt`. `earlyReads` are the task runs that read too early, and when (findings of the ordering
 * report whose grade is good enough for the caller).
 */
export function stateIndex(
  times: TaskRunTimes,
  deadlineUs: Float64Array,
  earlyReads: readonly { readonly taskRun: number; readonly timeUs: number }[] = [],
): StateIndex {
  const rows = times.outcome.length;
  const never = (): Float64Array => new Float64Array(rows).fill(Number.POSITIVE_INFINITY);
  const index: StateIndex = {
    startUs: never(),
    doneUs: never(),
    lateUs: never(),
    earlyUs: never(),
    firstState: new Uint8Array(rows),
    lastState: new Uint8Array(rows),
  };
  for (let i = 0; i < rows; i++) fillRow(index, i, times, deadlineUs[i]);
  for (const { taskRun, timeUs } of earlyReads) {
    if (taskRun >= 0 && timeUs < index.earlyUs[taskRun]) index.earlyUs[taskRun] = timeUs;
  }
  return index;
}

function fillRow(index: StateIndex, i: number, times: TaskRunTimes, deadlineUs: number): void {
  const { lastState, doneUs } = endOf(times, i);
  index.lastState[i] = lastState;
  index.doneUs[i] = Number.isNaN(doneUs) ? Number.POSITIVE_INFINITY : doneUs;
  index.startUs[i] = orElse(times.startedUs[i], index.doneUs[i]);
  const isKnown = !Number.isNaN(orElse(times.readyUs[i], orElse(times.queuedUs[i], times.startedUs[i])));
  index.firstState[i] = isKnown || lastState !== State.unknown ? State.waiting : State.unknown;
  // Of what nothing is known, it is not known that it is late.
  if (index.firstState[i] === State.waiting) index.lateUs[i] = orElse(deadlineUs, Number.POSITIVE_INFINITY);
}

/** The state that a task run ends in, and when. */
function endOf(times: TaskRunTimes, i: number): { lastState: State; doneUs: number } {
  const outcome = times.outcome[i];
  const endedUs = times.endedUs[i];
  if (outcome === Outcome.failed || outcome === Outcome.aborted || outcome === Outcome.upstreamFailed) {
    return { lastState: State.late, doneUs: endedUs };
  }
  if (outcome === Outcome.skipped) return { lastState: State.waiting, doneUs: endedUs };
  const landedUs = times.landedUs[i];
  if (!Number.isNaN(landedUs)) return { lastState: State.whole, doneUs: landedUs };
  return { lastState: outcome === Outcome.success ? State.whole : State.unknown, doneUs: endedUs };
}

const orElse = (us: number, other: number): number => (Number.isNaN(us) ? other : us);

/** Writes the state of every task run as of `atUs` into `out` (one byte a task run) and returns it. */
export function taskStatesAt(index: StateIndex, atUs: number, out: Uint8Array): Uint8Array {
  const { startUs, doneUs, lateUs, earlyUs, firstState, lastState } = index;
  for (let i = 0; i < firstState.length; i++) {
    let state = atUs < startUs[i] ? firstState[i] : State.running;
    if (atUs >= doneUs[i]) state = lastState[i];
    else if (atUs > lateUs[i]) state = State.late;
    if (atUs >= earlyUs[i]) state = State.early;
    out[i] = state;
  }
  return out;
}

/**
 * Writes the state of every pipeline into `out`: the one that matters most among its task runs. `pipelineOf` gives each
 * task run's pipeline. A pipeline without task runs is unknown.
 */
export function pipelineStates(states: Uint8Array, pipelineOf: Int32Array, out: Uint8Array): Uint8Array {
  out.fill(State.unknown);
  for (let i = 0; i < states.length; i++) {
    const pipeline = pipelineOf[i];
    if (states[i] > out[pipeline]) out[pipeline] = states[i];
  }
  return out;
}
