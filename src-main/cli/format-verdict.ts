// The verdict on one log in a few lines: how much there is, start latency against its targets, deadlines, early reads
// by grade. Counts of one night are counts: no PASS is claimed for a share of nights.

import type { LatencyTarget } from '../../shared/analysis/start-latency.ts';
import type { LogSummary, LogView } from '../../shared/api/views.ts';
import { formatDuration, formatInstant } from '../../shared/base/time.ts';
import { formatCount, formatPlural, formatTable } from './format-table.ts';
import { PLAIN_STYLE, type Style } from './style.ts';

export function formatVerdict(summary: LogSummary, style: Style = PLAIN_STYLE): string {
  const { log, startLatency, deadlines, earlyReads } = summary;
  const rows = [
    ['pipelines', formatCount(log.pipelines)],
    ['task runs', formatCount(log.taskRuns)],
    ...startLatency.targets.map((target) => [target.name, latencyCell(target, style)]),
    ['', style.dim(measuredText(startLatency))],
    ['deadlines', deadlineText(deadlines, style)],
    ['early reads', earlyReadText(earlyReads, style)],
  ];
  return `${style.bold(log.name)} · ${log.title}\n${style.dim(spanText(log))}\n\n${indent(formatTable(rows, ['left', 'left']))}`;
}

export const spanText = (log: LogView): string =>
  Number.isFinite(log.fromUs)
    ? `${log.source} · ${formatInstant(log.fromUs)} to ${formatInstant(log.toUs)}`
    : `${log.source} · at unknown times`;

export function verdictText(verdict: LatencyTarget['verdict'], style: Style): string {
  if (verdict === 'pass') return style.good('PASS');
  return verdict === 'fail' ? style.bad('FAIL') : 'UNKNOWN';
}

function latencyCell(target: LatencyTarget, style: Style): string {
  const actual = formatDuration(target.actualMs);
  return `${actual}, target ${formatDuration(target.limitMs)}: ${verdictText(target.verdict, style)}`;
}

function measuredText({ measuredCount, unknownCount, inferredCount }: LogSummary['startLatency']): string {
  const inferred = inferredCount === 0 ? '' : `, ${formatCount(inferredCount)} of them inferred`;
  const measured = `measured on ${formatPlural(measuredCount, 'task run')}${inferred}`;
  return unknownCount === 0 ? measured : `${measured}, unknown for ${formatCount(unknownCount)}`;
}

export function deadlineText(d: LogSummary['deadlines'], style: Style): string {
  if (d.total === 0) return 'none in this log';
  const missed = d.missed === 0 ? '' : `, ${style.bad(`${formatCount(d.missed)} missed`)}`;
  const unknown = d.unknown === 0 ? '' : `, ${formatCount(d.unknown)} unknown`;
  return `${formatCount(d.met)} of ${formatCount(d.total)} met${missed}${unknown}`;
}

function earlyReadText(e: LogSummary['earlyReads'], style: Style): string {
  const proved = `${formatCount(e.proved)} proved`;
  const rest = `${formatCount(e.overlap)} overlap, ${formatCount(e.cannotTell)} cannot tell`;
  return `${e.proved > 0 ? style.bad(proved) : proved}, ${rest}`;
}

export const indent = (text: string): string => text.replace(/^(?=.)/gm, '  ');
