// The verdict on one log in sentences. Every figure is an answer of the services, none is computed here beyond
// counting rows; a figure leads to the screen that shows what is behind it.

import type { DeadlineRow } from '../../shared/analysis/attainment.ts';
import type { Finding } from '../../shared/analysis/ordering/report.ts';
import type { LatencyTarget } from '../../shared/analysis/start-latency.ts';
import type { LogSummary } from '../../shared/api/views.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { formatCount, formatPlural, formatSpan } from '../widgets/format.ts';
import type { Sentence, SentencePart } from '../widgets/sentence.tsx';
import type { ZonedTime } from '../widgets/zoned-time.ts';

/** Where a figure leads: a screen, or `deadline` and `finding` for the one that is spoken of. */
export type Target = 'sla' | 'order' | 'time' | 'deadline' | 'finding';

const to = (text: string, target: Target, more: Partial<SentencePart> = {}): SentencePart => ({
  text,
  to: target,
  ...more,
});

/** What landed late, or that nothing did. `worst` is the first row of the deadlines, worst first. */
export function deadlineSentence(
  { total, met, missed, unknown }: LogSummary['deadlines'],
  worst: DeadlineRow | undefined,
  time: ZonedTime,
): Sentence {
  if (total === 0) return ['This log holds no deadlines.'];
  if (missed > 0) return [...(worst ? lateSentence(worst, time) : []), ...moreMissed(missed - (worst ? 1 : 0))];
  if (met < total) {
    const some = to(`${formatCount(unknown)} of ${formatPlural(total, 'deadline')}`, 'sla');
    return ['No deadline is known to be missed; of ', some, ' the landing is unknown.'];
  }
  const all = to(total === 1 ? 'The one deadline was met' : `All ${formatCount(total)} deadlines were met`, 'sla');
  if (!worst || !Number.isFinite(worst.lateMs)) return [all, '.'];
  const margin = formatSpan(-worst.lateMs);
  return [all, '; the closest was ', name(worst.label, 'deadline'), `, with ${margin} to spare.`];
}

function lateSentence(row: DeadlineRow, time: ZonedTime): Sentence {
  const due = time.clock(row.dueUs);
  if (!Number.isFinite(row.landedUs)) {
    return [name(row.label, 'deadline'), ' ', to('never landed', 'sla', { tone: 'late' }), `; it was due at ${due}.`];
  }
  const landed = to(time.clock(row.landedUs), 'deadline', { tone: 'late' });
  return [name(row.label, 'deadline'), ' landed at ', landed, `, ${formatSpan(row.lateMs)} after its ${due} deadline.`];
}

function moreMissed(count: number): Sentence {
  if (count <= 0) return [];
  const more = to(`${formatCount(count)} more`, 'sla', { tone: 'late' });
  return [' ', more, count === 1 ? ' was late too.' : ' were late too.'];
}

/** Reads of data that was not whole, by how sure that is. `reads`: how many the log tells of. */
export function earlySentence(
  { proved, overlap, cannotTell }: LogSummary['earlyReads'],
  first: Finding | undefined,
  reads: number,
): Sentence {
  const doubt: Sentence = [
    to(formatCount(overlap), 'order'),
    overlap === 1 ? ' read overlaps' : ' reads overlap',
    ' a writer, and of ',
    to(formatCount(cannotTell), 'order'),
    ' nobody can tell.',
  ];
  if (proved + overlap + cannotTell === 0) return nothingFound(reads);
  if (proved === 0) return ['No read is proved too early; ', ...doubt];
  const more = proved - (first ? 1 : 0);
  return [
    ...(first ? firstEarly(first) : []),
    ...(more > 0 ? [to(`${formatCount(more)}${first ? ' more' : ''}`, 'order', { tone: 'early' }), isAre(more)] : []),
  ];
}

/** Nothing found is not the same as nothing happened. */
function nothingFound(reads: number): Sentence {
  if (reads === 0) return ['This log tells of no reads, so none can be judged.'];
  const all = to(formatPlural(reads, 'recorded read'), 'order');
  return reads === 1
    ? ['The ', all, ' is not known to be too early.']
    : ['None of ', all, ' is known to be too early.'];
}

function firstEarly(finding: Finding): Sentence {
  const what: Sentence = [to('read too early', 'finding', { tone: 'early' }), '. '];
  return [name(finding.first.subject, 'finding'), ' ', ...what];
}

const isAre = (count: number): string => (count === 1 ? ' read is proved too early.' : ' reads are proved too early.');

/** How long task runs waited, against the targets. */
export function latencySentence({ startLatency, log }: LogSummary): Sentence {
  const { measuredCount, unknownCount, targets } = startLatency;
  const runs = to(formatPlural(log.taskRuns, 'task run'), 'time');
  const head: Sentence = [runs, ` of ${formatPlural(log.pipelines, 'pipeline')}`];
  if (measuredCount === 0) return [...head, '; no start latency can be measured in this log.'];
  const figures = targets.flatMap((target, i): Sentence => [i > 0 ? ', ' : '', ...targetFigure(target)]);
  const unknown = unknownCount > 0 ? [`; ${formatCount(unknownCount)} could not be measured`] : [];
  return [...head, ' · start latency ', ...figures, ...unknown];
}

function targetFigure({ name: full, actualMs, limitMs, verdict }: LatencyTarget): Sentence {
  const text = `${full.replace('start latency ', '')} ${formatDuration(actualMs)}`;
  const part = to(text, 'sla', verdict === 'fail' ? { tone: 'late' } : {});
  return [part, ` (target ${formatSpan(limitMs)})`];
}

const name = (text: string, target: Target): SentencePart => ({ text, isName: true, to: target });
