// Task runs as bars: when each began to wait, started, ended and landed, and how bad it is. Columns by task run, made
// once a log. Times that nobody knows are NaN; a run that is not known to have ended reaches to the end of the log.

import type { TimelineView } from '../../shared/api/views.ts';
import { Outcome } from '../../shared/model/event.ts';
import type { EarlyRead } from '../state/early-reads.ts';

/** How bad a bar is; when bars share a pixel the worst one is drawn. */
export const Severity = { good: 0, unfinished: 1, late: 2, early: 3 } as const;

export interface Bars {
  readonly count: number;
  /** Ready, or the first thing that is known. NaN: nothing is known, and the bar is not drawn. */
  readonly beginUs: Float64Array;
  readonly startUs: Float64Array;
  readonly endUs: Float64Array;
  /** The last of end, finalize and publish. */
  readonly closeUs: Float64Array;
  /** A Severity. */
  readonly severity: Uint8Array;
  /** Bars that are not drawn because no time of theirs is known. */
  readonly unplaced: number;
}

type Input = Pick<TimelineView, 'toUs' | 'times' | 'deadlineUs'>;

/** `early`: the reads that are proved to be too early. */
export function barsOf(timeline: Input, early: readonly EarlyRead[]): Bars {
  const { times, toUs } = timeline;
  const count = times.readyUs.length;
  const bars = {
    beginUs: new Float64Array(count),
    startUs: times.startedUs,
    endUs: new Float64Array(count),
    closeUs: new Float64Array(count),
    severity: new Uint8Array(count),
  };
  let unplaced = 0;
  for (let i = 0; i < count; i++) {
    const known = earlier(times.readyUs[i], times.queuedUs[i]);
    const begin = earlier(known, earlier(times.startedUs[i], times.endedUs[i]));
    const end = Number.isNaN(times.endedUs[i]) ? toUs : times.endedUs[i];
    bars.beginUs[i] = begin;
    bars.endUs[i] = end;
    bars.closeUs[i] = later(end, later(times.finalizedUs[i], times.publishedUs[i]));
    bars.severity[i] = severityOf(timeline, i);
    if (Number.isNaN(begin)) unplaced++;
  }
  for (const { taskRun } of early) if (taskRun >= 0 && taskRun < count) bars.severity[taskRun] = Severity.early;
  return { count, unplaced, ...bars };
}

function severityOf({ times, deadlineUs }: Input, i: number): number {
  const outcome = times.outcome[i];
  const failed = outcome === Outcome.failed || outcome === Outcome.aborted || outcome === Outcome.upstreamFailed;
  if (failed || times.landedUs[i] > deadlineUs[i]) return Severity.late;
  return Number.isNaN(times.endedUs[i]) ? Severity.unfinished : Severity.good;
}

/** Unknown is neither: the other of the two, then. */
const earlier = (a: number, b: number): number => (a <= b || Number.isNaN(b) ? a : b);
const later = (a: number, b: number): number => (a >= b || Number.isNaN(b) ? a : b);
