// What an import did, as text: what was read and stored of each file, the logs that are there now, and every problem
// as `file:line: reason`.

import type { ImportView, LogView } from '../../shared/api/views.ts';
import { formatProblem } from '../../shared/base/problem.ts';
import { formatCount, formatPlural, formatTable } from './format-table.ts';
import { spanText } from './format-verdict.ts';
import { PLAIN_STYLE, type Style } from './style.ts';

/** The problems alone, one a line, as `file:line: reason`; they go to stderr. */
export function formatProblems(view: Pick<ImportView, 'problems' | 'problemCount'>): string {
  const lines = view.problems.map((problem) => {
    const reason = problem.severity === 'warning' ? `warning: ${problem.reason}` : problem.reason;
    return `${formatProblem({ ...problem, reason })}\n`;
  });
  const hidden = view.problemCount - view.problems.length;
  if (hidden > 0) lines.push(`… and ${formatPlural(hidden, 'more problem', 'more problems')}\n`);
  return lines.join('');
}

export function formatImport(view: ImportView, style: Style = PLAIN_STYLE): string {
  const files = view.files.map((file) => [
    file.file,
    file.format,
    `${formatCount(file.read)} ${file.read === 1 ? file.unit.replace(/s$/, '') : file.unit} read`,
    `${formatCount(file.stored)} stored`,
  ]);
  const parts = files.length === 0 ? [] : [formatTable(files, ['left', 'left', 'right', 'right'])];
  if (view.logs.length > 0) parts.push(formatLogs(view.logs, style));
  if (view.alreadyThere.length > 0) parts.push(`already there: ${view.alreadyThere.join(', ')}\n`);
  parts.push(`${resultText(view)}\n`);
  return parts.join('\n');
}

function resultText(view: ImportView): string {
  const stored = view.logs.length === 0 ? 'nothing new stored' : `${formatPlural(view.logs.length, 'log')} stored`;
  const warnings = view.problemCount - view.errorCount;
  return `${stored}, ${formatPlural(view.errorCount, 'error')}, ${formatPlural(warnings, 'warning')}`;
}

export function formatLogs(logs: readonly LogView[], style: Style = PLAIN_STYLE): string {
  const rows = logs.map((log) => [
    log.name,
    formatCount(log.pipelines),
    formatCount(log.tasks),
    formatCount(log.taskRuns),
    formatCount(log.events),
    spanText(log),
  ]);
  const header = ['log', 'pipelines', 'tasks', 'task runs', 'events', 'source and span'];
  return formatTable(rows, ['left', 'right', 'right', 'right', 'right', 'left'], header, style);
}
