// Home in sentences: what was late, what was read too early, and what the log does not know.

import { clockText, latenessText } from '../../../shared/analysis/why/clock-text.ts';
import type { NightDeliverable, NightEarlyRead, NightView } from '../../../shared/api/views-night.ts';

const LATE_TOLD_MAX = 3;
const READS_TOLD_MAX = 3;

type NightFigures = Pick<
  NightView,
  'zone' | 'deliverables' | 'total' | 'met' | 'missed' | 'unknown' | 'earlyReads' | 'proved' | 'overlap' | 'cannotTell'
>;

/** `reads`: how many the log tells of. */
export function nightSentences(night: NightFigures, reads: number): string[] {
  const late = night.deliverables.filter(({ verdict }) => verdict === 'missed');
  const sentences = late.slice(0, LATE_TOLD_MAX).map((one) => lateSentence(one, night.zone));
  if (night.missed > LATE_TOLD_MAX) sentences.push(`${night.missed - LATE_TOLD_MAX} more missed their deadline.`);
  sentences.push(deadlineSentence(night));
  for (const read of night.earlyReads.slice(0, READS_TOLD_MAX)) sentences.push(readSentence(read, night.zone));
  sentences.push(gradeSentence(night, reads));
  return sentences.filter((sentence) => sentence !== '');
}

function lateSentence({ label, dueUs, landedUs, lateMs, usualUs }: NightDeliverable, zone: string): string {
  if (Number.isNaN(landedUs)) return `${label} missed its ${clockText(dueUs, zone)} deadline: it never landed.`;
  const usual = Number.isNaN(usualUs) ? '' : ` (usual ${clockText(usualUs, zone)})`;
  return `${label} landed ${clockText(landedUs, zone)}, ${latenessText(lateMs)} late${usual}.`;
}

function deadlineSentence({ total, met, missed, unknown }: NightFigures): string {
  if (total === 0) return 'Nothing in this log has a deadline.';
  const rest = unknown === 0 ? '' : `; of ${unknown} the log does not tell`;
  if (missed === 0 && unknown === 0) return `All ${total} deadlines were met.`;
  return `${met} of ${total} deadlines were met${rest}.`;
}

function readSentence(read: NightEarlyRead, zone: string): string {
  const { readerLabel, dataset, readUs, wholeUs, rowsRead, rowsWhole, succeeded } = read;
  const rows =
    Number.isNaN(rowsRead) || Number.isNaN(rowsWhole) ? '' : `, ${rowsText(rowsRead)} of ${rowsText(rowsWhole)} rows`;
  const whole = Number.isNaN(wholeUs) ? 'which was never whole' : `which was whole at ${clockText(wholeUs, zone)}`;
  const green = succeeded ? ' It is green.' : '';
  return `${readerLabel} read ${dataset} at ${clockText(readUs, zone)}${rows}, ${whole}.${green}`;
}

function gradeSentence({ proved, overlap, cannotTell }: NightFigures, reads: number): string {
  if (reads === 0) return 'It tells of no reads, so none can be called early.';
  if (proved + overlap + cannotTell === 0) {
    return `None of the ${reads} reads in it is known to have come before its data were whole.`;
  }
  const rest = `${overlap} overlap, ${cannotTell} cannot be told`;
  return `${proved} proved early ${proved === 1 ? 'read' : 'reads'}; ${rest}.`;
}

/** `3.20B`, `480M`, `1,500`: three figures at most. */
export function rowsText(rows: number): string {
  if (!Number.isFinite(rows)) return 'unknown';
  for (const [size, unit] of [
    [1e9, 'B'],
    [1e6, 'M'],
    [1e3, 'k'],
  ] as const)
    if (rows >= size) return `${trimmed((rows / size).toFixed(2))}${unit}`;
  return String(Math.round(rows));
}

const trimmed = (text: string): string => text.replace(/\.?0+$/, '');
