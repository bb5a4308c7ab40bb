// The verdict on one night in sentences. Every figure is an answer of the services, none is computed here beyond
// counting rows; a figure leads to the screen that shows what is behind it.

import type { LatencyTarget } from '../../shared/analysis/start-latency.ts';
import { latenessText } from '../../shared/analysis/why/clock-text.ts';
import type { LogSummary } from '../../shared/api/views.ts';
import type { NightDeliverable, NightEarlyRead, NightView } from '../../shared/api/views-night.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { formatCount, formatPlural, formatRowsOf, formatSpan } from '../widgets/format.ts';
import type { Sentence, SentencePart } from '../widgets/sentence.tsx';
import type { ZonedTime } from '../widgets/zoned-time.ts';

/** Where a figure leads: a screen, or `deadline`, `why` and `read` for the one that is spoken of. */
export type Target = 'sla' | 'order' | 'time' | 'fit' | 'deadline' | 'why' | 'read';

const to = (text: string, target: Target, more: Partial<SentencePart> = {}): SentencePart => ({
  text,
  to: target,
  ...more,
});
const name = (text: string, target: Target): SentencePart => ({ text, isName: true, to: target });

/** What landed late, or that nothing did. The first deliverable is the worst. */
export function deadlineSentence(
  {
    total,
    met,
    missed,
    unknown,
    deliverables,
  }: Pick<NightView, 'total' | 'met' | 'missed' | 'unknown' | 'deliverables'>,
  time: ZonedTime,
): Sentence {
  const [worst] = deliverables;
  if (total === 0) return ['This log holds no deadlines.'];
  if (missed > 0) return [...(worst ? lateSentence(worst, time) : []), ...moreMissed(missed - (worst ? 1 : 0))];
  if (met < total) {
    const some = to(`${formatCount(unknown)} of ${formatPlural(total, 'deadline')}`, 'sla');
    return ['No deadline is known to be missed; of ', some, ' the landing is unknown.'];
  }
  const all = to(total === 1 ? 'The one deadline was met' : `All ${formatCount(total)} deadlines were met`, 'sla');
  if (!worst || !Number.isFinite(worst.lateMs)) return [all, '.'];
  return [all, '; the closest was ', name(nameOf(worst), 'why'), `, with ${latenessText(worst.lateMs)} to spare.`];
}

/** As people speak of it: the dataset, else the task run. */
export const nameOf = ({ dataset, label }: Pick<NightDeliverable, 'dataset' | 'label'>): string => dataset || label;

function lateSentence(worst: NightDeliverable, time: ZonedTime): Sentence {
  const due = time.clock(worst.dueUs);
  const subject = name(nameOf(worst), 'why');
  if (!Number.isFinite(worst.landedUs)) {
    return [subject, ' ', to('never landed', 'why', { tone: 'late' }), `; it was due at ${due}.`];
  }
  const landed = to(time.clock(worst.landedUs), 'deadline', { tone: 'late', figure: 'landed' });
  const late = [subject, ' landed at ', landed, `, ${latenessText(worst.lateMs)} after its ${due} deadline.`];
  if (!Number.isFinite(worst.usualUs)) return late;
  return [...late, ' It usually lands at ', to(time.clock(worst.usualUs), 'why', { figure: 'usual' }), '.'];
}

function moreMissed(count: number): Sentence {
  if (count <= 0) return [];
  const more = to(`${formatCount(count)} more`, 'sla', { tone: 'late' });
  return [' ', more, count === 1 ? ' was late too.' : ' were late too.'];
}

/** Reads of data that was not whole, by how sure that is. `reads`: how many the log tells of; NaN when not known yet. */
export function earlySentence(
  { proved, overlap, cannotTell, earlyReads }: Pick<NightView, 'proved' | 'overlap' | 'cannotTell' | 'earlyReads'>,
  reads: number,
): Sentence {
  if (proved + overlap + cannotTell === 0) return nothingFound(reads);
  if (proved === 0) {
    return [
      'No read is proved too early; ',
      to(formatCount(overlap), 'order'),
      overlap === 1 ? ' read overlaps' : ' reads overlap',
      ' a writer, and of ',
      to(formatCount(cannotTell), 'order'),
      ' nobody can tell.',
    ];
  }
  const [first] = earlyReads;
  const more = proved - (first ? 1 : 0);
  const others = to(`${formatCount(more)}${first ? ' more' : ''}`, 'order', { tone: 'early' });
  return [
    ...(first ? readSentence(first) : []),
    ...(more > 0 ? [' ', others, more === 1 ? ' read is proved too early.' : ' reads are proved too early.'] : []),
  ];
}

/** Nothing found is not the same as nothing happened. */
function nothingFound(reads: number): Sentence {
  if (reads === 0) return ['This log tells of no reads, so none can be judged.'];
  if (Number.isNaN(reads)) return ['No read is known to be too early.'];
  const all = to(formatPlural(reads, 'recorded read'), 'order');
  return reads === 1
    ? ['The ', all, ' is not known to be too early.']
    : ['None of ', all, ' is known to be too early.'];
}

/** `recs.train_daily is green, and read 0.48B of 3.2B rows.`: green is worse than red, for nobody looks. */
export function readSentence({ readerLabel, succeeded, rowsRead, rowsWhole, dataset }: NightEarlyRead): Sentence {
  const rows = formatRowsOf(rowsRead, rowsWhole);
  const what = to(rows === '' ? `read ${dataset} too early` : `read ${rows}`, 'read', {
    tone: 'early',
    figure: 'early-rows',
  });
  return [name(readerLabel, 'order'), succeeded ? ' is green, and ' : ' ', what, '.'];
}

/** How long task runs waited, against the targets, and how many deadlines were met. */
export function latencySentence({ startLatency, log, deadlines }: LogSummary): Sentence {
  const { measuredCount, unknownCount, targets } = startLatency;
  const runs = to(formatPlural(log.taskRuns, 'task run'), 'time');
  const head: Sentence = [runs, ` of ${formatPlural(log.pipelines, 'pipeline')}`];
  const tail = metSentence(deadlines);
  if (measuredCount === 0) return [...head, '; no start latency can be measured in this log', ...tail];
  const figures = targets.flatMap((target, i): Sentence => [i > 0 ? ', ' : '', ...targetFigure(target)]);
  const unknown = unknownCount > 0 ? [`; ${formatCount(unknownCount)} could not be measured`] : [];
  return [...head, ' · start latency ', ...figures, ...unknown, ...tail];
}

function metSentence({ total, met }: LogSummary['deadlines']): Sentence {
  if (total === 0) return [];
  const all = to(formatCount(met), 'sla', { figure: 'deadlines-met' });
  const of: SentencePart = { text: formatCount(total), figure: 'deadlines-total' };
  return [' · ', all, ' of ', of, ' deadlines met · one night proves no 99.5 %'];
}

function targetFigure({ name: full, actualMs, limitMs, verdict }: LatencyTarget): Sentence {
  const tone = verdict === 'fail' ? ({ tone: 'late' } as const) : {};
  const figure = to(formatDuration(actualMs), 'sla', { ...tone, figure: full.replaceAll(' ', '-') });
  return [`${full.replace('start latency ', '')} `, figure, ` (target ${formatSpan(limitMs)})`];
}
