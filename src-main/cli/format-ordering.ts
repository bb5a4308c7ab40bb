// The report of finalize ordering as text: every rule with its counts by grade, then the first offenders, each with
// the two events that show it, then what to collect to know more. Never a bare count of violations.

import type { EventRef, Finding, OrderingReport, RuleCount } from '../../shared/analysis/ordering/report.ts';
import { formatDuration, formatInstant } from '../../shared/base/time.ts';
import { formatCount, formatPlural, formatTable } from './format-table.ts';
import { indent } from './format-verdict.ts';
import { PLAIN_STYLE, type Style } from './style.ts';

export function formatOrdering(report: OrderingReport, style: Style = PLAIN_STYLE): string {
  const parts = [headText(report, style), rulesText(report, style)];
  if (report.findings.length > 0) parts.push(...report.findings.map((f) => findingText(f, style)));
  const total = report.proved + report.overlap + report.cannotTell;
  if (report.findings.length < total) {
    parts.push(style.dim(`${formatCount(total - report.findings.length)} more; --limit N shows more of them\n`));
  }
  if (report.stale.reads > 0) parts.push(staleText(report.stale, style));
  if (report.advice.length > 0) {
    parts.push(`To know more, collect:\n${report.advice.map((line) => `  - ${line}\n`).join('')}`);
  }
  return parts.join('\n');
}

function headText(report: OrderingReport, style: Style): string {
  const looked = `${formatPlural(report.reads, 'read')} of ${formatPlural(report.versions, 'partition version')}`;
  const tolerance = `clock tolerance ${formatDuration(report.toleranceMs)}`;
  return `Finalize ordering of ${style.bold(report.log)}: ${looked}, ${tolerance}\n`;
}

function rulesText(report: OrderingReport, style: Style): string {
  const rows = report.rules.map((rule) => [rule.rule, ...countCells(rule, style)]);
  const header = ['rule', 'proved', 'overlap', 'cannot tell', 'stale'];
  return formatTable(rows, ['left', 'right', 'right', 'right', 'right'], header, style);
}

/** A stale read is no fault, so its rule has no grades. */
function countCells({ proved, overlap, cannotTell, stale }: RuleCount, style: Style): string[] {
  if (stale !== undefined) return ['', '', '', formatCount(stale)];
  const shown = formatCount(proved);
  return [proved > 0 ? style.bad(shown) : shown, formatCount(overlap), formatCount(cannotTell), ''];
}

function findingText(finding: Finding, style: Style): string {
  const grade = finding.grade.toUpperCase();
  const head = `${finding.grade === 'proved' ? style.bad(grade) : grade}  ${finding.rule}: ${finding.reason}\n`;
  const events = [finding.first, finding.second].filter((event) => event !== null).map(eventRow);
  return head + indent(formatTable(events, ['left', 'right', 'left', 'left']));
}

/** Stale reads are no faults: what they read was whole, and a later version is whole by now. */
function staleText({ reads, examples }: OrderingReport['stale'], style: Style): string {
  const head = `${formatPlural(reads, 'stale read')}: a later version is whole by now, so the reader is to run again\n`;
  const shown = examples.map(({ reason, first, second }) => {
    const events = formatTable([first, second].map(eventRow), ['left', 'right', 'left', 'left']);
    return `${reason}\n${indent(events)}`;
  });
  return style.dim(head) + indent(shown.join(''));
}

const eventRow = (event: EventRef): string[] => [
  formatInstant(event.timeUs),
  `#${event.seq}`,
  event.kind,
  event.subject,
];
