// The last night as text: its sentences, then the deliverables as a table, then where to go on.

import { clockText, minutesText } from '../../shared/analysis/why/clock-text.ts';
import type { NightDeliverable, NightView } from '../../shared/api/views-night.ts';
import { formatTable } from './format-table.ts';
import { indent } from './format-verdict.ts';
import { shellWord } from './shell-word.ts';
import { PLAIN_STYLE, type Style } from './style.ts';

const ROWS_MAX = 8;

/** `workspace`: as it was typed, so that the commands to go on with are about the same one; null for the usual. */
export function formatNight(night: NightView, workspace: string | null, style: Style = PLAIN_STYLE): string {
  const { log, night: key, zone, sentences } = night;
  const head = `${style.bold(log.name)} · ${log.source}${key === '' ? '' : ` · ${key}`} · ${zone}\n`;
  const parts = [head, sentences.map((sentence) => `${sentence}\n`).join('')];
  if (night.deliverables.length > 0) parts.push(indent(deliverables(night, style)));
  parts.push(style.dim(nextText(night, workspace)));
  return parts.filter((part) => part !== '').join('\n');
}

function deliverables({ deliverables: all, total, zone }: NightView, style: Style): string {
  const rows = all
    .slice(0, ROWS_MAX)
    .map((row) => [
      row.label,
      clockText(row.dueUs, zone),
      clockText(row.landedUs, zone),
      Number.isNaN(row.usualUs) ? '' : clockText(row.usualUs, zone),
      lateText(row, style),
    ]);
  const table = formatTable(
    rows,
    ['left', 'right', 'right', 'right', 'left'],
    ['deliverable', 'due', 'landed', 'usual', ''],
    style,
  );
  return total > rows.length ? `${table}${style.dim(`${total - rows.length} more`)}\n` : table;
}

function lateText({ verdict, lateMs }: NightDeliverable, style: Style): string {
  if (verdict === 'unknown') return 'unknown';
  if (verdict === 'met') return style.good(`${minutesText(-lateMs)} early`);
  return style.bad(Number.isNaN(lateMs) ? 'never landed' : `${minutesText(lateMs)} late`);
}

/** The ways on: the first late one, the first early read. */
function nextText({ deliverables: all, earlyReads, log }: NightView, workspace: string | null): string {
  const late = all.find(({ verdict }) => verdict === 'missed');
  const [read] = earlyReads;
  const of = `${workspace === null ? '' : ` --workspace ${shellWord(workspace)}`} --log ${shellWord(log.name)}`;
  const ways = [
    ...(late === undefined ? [] : [`Why late?        landfall why ${shellWord(late.label)}${of}`]),
    ...(read === undefined
      ? []
      : [`Read too early?  landfall why ${shellWord(read.readerLabel)}${of} --wait-for ${shellWord(read.dataset)}`]),
  ];
  return ways.map((way) => `${way}\n`).join('');
}
