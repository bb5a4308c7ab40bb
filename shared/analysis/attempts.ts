// The attempts of the task runs that had more than one, each with its own times: TaskRunTimes keeps the first start and
// the last end, and a rerun hours later would seem one long run. What the log does not tell of an attempt is NaN, and an
// attempt that it does not tell of has no row (a store that keeps only the last try).

import { float64Column, int32Column } from '../base/columns.ts';
import { packEvidence } from '../model/event.ts';
import type { Log } from '../model/log.ts';
import type { TaskRunTimes } from './task-run-times.ts';
import type { EventIndex, Known } from './why/event-index.ts';
import { type Attempt, isKnown, type Output, type Story, storyOf, UNKNOWN_TIME } from './why/story.ts';
import { attemptAt } from './why/upstreams.ts';

/** Columns, one row an attempt; by task run ascending, then by number. Times in µs since the epoch. */
export interface AttemptTable {
  readonly taskRun: Int32Array;
  /** From 1. */
  readonly number: Int32Array;
  readonly queuedUs: Float64Array;
  readonly startedUs: Float64Array;
  readonly endedUs: Float64Array;
  /** The last landing of a version that it wrote, by the log's `landing`. */
  readonly landedUs: Float64Array;
  /** An Outcome; unknown while it runs. */
  readonly outcome: Uint8Array;
  /** Evidence of `startedUs`, of `endedUs` and of `landedUs`, as packEvidence. */
  readonly evidence: Uint8Array;
}

type Row = Attempt & { readonly taskRun: number; readonly landed: Known };

/** `times` must be of this log. `index` is asked for only when some task run had more than one attempt. */
export async function attemptTable(
  log: Pick<Log, 'landing'>,
  { attempts }: Pick<TaskRunTimes, 'attempts'>,
  index: () => Promise<EventIndex>,
): Promise<AttemptTable> {
  const again = Array.from(attempts.keys()).filter((taskRun) => attempts[taskRun] > 1);
  const events = again.length > 0 ? await index() : null;
  return columnsOf(events === null ? [] : again.flatMap((taskRun) => rowsOf(storyOf(events, taskRun), log.landing)));
}

function rowsOf(story: Story, landing: Log['landing']): Row[] {
  const landedOf = ({ published, finalized }: Output): Known => (landing === 'finalized' ? finalized : published);
  return story.attempts.map((attempt) => {
    const own = story.outputs.filter((output) => writerOf(story, output) === attempt.number);
    const landed = own
      .map(landedOf)
      .filter(isKnown)
      .reduce((last, one) => (one.us <= last.us ? last : one), UNKNOWN_TIME);
    return { ...attempt, taskRun: story.taskRun, landed };
  });
}

/** As the log tells; else the attempt that ran when it was opened or, where nobody told that, when it was whole. */
function writerOf(story: Story, { attempt, opened, finalized, published }: Output): number {
  if (story.attempts.some(({ number }) => number === attempt)) return attempt;
  return attemptAt(story, ([opened, finalized, published].find(isKnown) ?? UNKNOWN_TIME).us);
}

const columnsOf = (rows: readonly Row[]): AttemptTable => ({
  taskRun: int32Column(rows.length, (i) => rows[i].taskRun),
  number: int32Column(rows.length, (i) => rows[i].number),
  queuedUs: float64Column(rows.length, (i) => rows[i].queued.us),
  startedUs: float64Column(rows.length, (i) => rows[i].started.us),
  endedUs: float64Column(rows.length, (i) => rows[i].ended.us),
  landedUs: float64Column(rows.length, (i) => rows[i].landed.us),
  outcome: Uint8Array.from(rows, ({ outcome }) => outcome),
  evidence: Uint8Array.from(rows, ({ started, ended, landed }) =>
    packEvidence(started.evidence, ended.evidence, landed.evidence),
  ),
});
