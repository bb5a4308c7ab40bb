// Task runs as bars: when each began to wait, started, ended and landed, and how bad it is. Columns by task run, made
// once a log. Times that nobody knows are NaN; a run that is not known to have ended reaches to the end of the log. The
// attempts of a task run that had more than one are parts of its bar: a rerun hours later is not one long run.

import type { TimelineView } from '../../shared/api/views.ts';
import { Outcome } from '../../shared/model/event.ts';
import { type AttemptView, attemptsOf } from '../state/attempts.ts';
import type { EarlyRead } from '../state/early-reads.ts';

/** How bad a bar is; when bars share a pixel the worst one is drawn. */
export const Severity = { good: 0, unfinished: 1, late: 2, early: 3 } as const;

/** What is drawn apart inside a bar; a Severity of its own. */
export interface BarPart {
  readonly beginUs: number;
  readonly startUs: number;
  readonly endUs: number;
  readonly closeUs: number;
  readonly publishedUs: number;
  readonly severity: number;
}

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
  /** By bar, of those whose task runs had more than one attempt that the log tells of. */
  readonly parts: ReadonlyMap<number, readonly BarPart[]>;
  /** Bars that are not drawn because no time of theirs is known. */
  readonly unplaced: number;
}

type Input = Pick<TimelineView, 'toUs' | 'times' | 'deadlineUs' | 'attempts'>;

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
  const parts = partsOf(timeline, bars, early);
  for (const { taskRun } of early) if (taskRun >= 0 && taskRun < count) bars.severity[taskRun] = Severity.early;
  return { count, unplaced, parts, ...bars };
}

type Placed = Pick<Bars, 'beginUs' | 'severity'>;

/** `severity` is that of the whole bars, before early reads. */
function partsOf(timeline: Input, bars: Placed, early: readonly EarlyRead[]): Map<number, readonly BarPart[]> {
  const parts = new Map<number, readonly BarPart[]>();
  for (const bar of new Set(timeline.attempts.taskRun)) {
    const attempts = attemptsOf(timeline, bar);
    const readsUs = early.filter(({ taskRun }) => taskRun === bar).map(({ timeUs }) => timeUs);
    if (attempts.length > 1) {
      parts.set(
        bar,
        attempts.map((_, i) => partOf(attempts, i, { bars, bar, readsUs, toUs: timeline.toUs })),
      );
    }
  }
  return parts;
}

interface PartOf {
  readonly bars: Placed;
  readonly bar: number;
  readonly readsUs: readonly number[];
  readonly toUs: number;
}

function partOf(attempts: readonly AttemptView[], i: number, { bars, bar, readsUs, toUs }: PartOf): BarPart {
  const { queuedUs, startedUs, endedUs, landedUs, outcome } = attempts[i];
  const before = attempts[i - 1];
  const isLast = i === attempts.length - 1;
  // Nobody waited between a success and what was asked for again.
  const waitsUs = before && isFailed(before.outcome) ? before.endedUs : queuedUs;
  const endUs = Number.isNaN(endedUs) && isLast ? toUs : later(endedUs, startedUs);
  let severity: number = isFailed(outcome) ? Severity.late : Severity.good;
  if (isLast) severity = bars.severity[bar];
  if (readsUs.some((us) => us >= startedUs && us <= endUs)) severity = Severity.early;
  return {
    beginUs: before ? earlier(waitsUs, startedUs) : bars.beginUs[bar],
    startUs: startedUs,
    endUs,
    closeUs: later(endUs, landedUs),
    publishedUs: landedUs,
    severity,
  };
}

const isFailed = (outcome: number): boolean =>
  outcome === Outcome.failed || outcome === Outcome.aborted || outcome === Outcome.upstreamFailed;

function severityOf({ times, deadlineUs }: Input, i: number): number {
  const outcome = times.outcome[i];
  if (isFailed(outcome) || times.landedUs[i] > deadlineUs[i]) return Severity.late;
  return Number.isNaN(times.endedUs[i]) ? Severity.unfinished : Severity.good;
}

/** Unknown is neither: the other of the two, then. */
const earlier = (a: number, b: number): number => (a <= b || Number.isNaN(b) ? a : b);
const later = (a: number, b: number): number => (a >= b || Number.isNaN(b) ? a : b);
