// The attempts of one task run as the screens tell them apart: which it was (first, retry after one that failed, rerun
// after one that had succeeded) and how long it ran. Table, detail and tooltip say it alike because they ask here.

import type { TimelineView } from '../../shared/api/views.ts';
import { formatDuration, msBetween } from '../../shared/base/time.ts';
import {
  type Evidence,
  OUTCOME_NAMES,
  Outcome,
  subjectEvidence,
  timeEvidence,
  valueEvidence,
} from '../../shared/model/event.ts';

export interface AttemptView {
  /** From 1. */
  readonly number: number;
  /** `first attempt`, `rerun`, `retry`, `attempt 3`. */
  readonly label: string;
  readonly queuedUs: number;
  readonly startedUs: number;
  readonly endedUs: number;
  readonly landedUs: number;
  readonly outcome: number;
  readonly startedEvidence: Evidence;
  readonly endedEvidence: Evidence;
  readonly landedEvidence: Evidence;
}

type Attempts = Pick<TimelineView, 'attempts'>;

/** By number; empty where there was one. The log may not tell of all: of the others nothing is known. */
export function attemptsOf({ attempts: table }: Attempts, taskRun: number): readonly AttemptView[] {
  const views: AttemptView[] = [];
  for (let row = table.taskRun.indexOf(taskRun); row >= 0 && table.taskRun[row] === taskRun; row++) {
    const number = table.number[row];
    views.push({
      number,
      label: labelOf(number, views.at(-1)),
      queuedUs: table.queuedUs[row],
      startedUs: table.startedUs[row],
      endedUs: table.endedUs[row],
      landedUs: table.landedUs[row],
      outcome: table.outcome[row],
      startedEvidence: timeEvidence(table.evidence[row]),
      endedEvidence: subjectEvidence(table.evidence[row]),
      landedEvidence: valueEvidence(table.evidence[row]),
    });
  }
  return views;
}

function labelOf(number: number, before: AttemptView | undefined): string {
  if (number === 1) return 'first attempt';
  if (before?.number !== number - 1 || before.outcome === Outcome.unknown) return `attempt ${number}`;
  const kind = before.outcome === Outcome.success ? 'rerun' : 'retry';
  return number === 2 ? kind : `${kind} ${number - 1}`;
}

/** `ran 46 min 30 s`, `failed after 3 min 02 s`, `still running`; "" where its times are unknown. */
export function ranText({
  startedUs,
  endedUs,
  outcome,
}: Pick<AttemptView, 'startedUs' | 'endedUs' | 'outcome'>): string {
  const ranMs = msBetween(startedUs, endedUs);
  if (!Number.isFinite(ranMs)) return Number.isFinite(startedUs) && !Number.isFinite(endedUs) ? 'no end known' : '';
  const isGood = outcome === Outcome.success || outcome === Outcome.unknown;
  return isGood ? `ran ${formatDuration(ranMs)}` : `${OUTCOME_NAMES[outcome]} after ${formatDuration(ranMs)}`;
}
