// Will it fit, for the terminal: a block a target, a row a state (history, today, grown, grown with more slots), misses
// of nights, and what was tested on nights that the model had not seen.

import type { FitBacktest, FitReport, FitRow, FitStanding, FitTarget, FitVerdict } from '../../shared/api/views-fit.ts';
import { cutPercent } from '../../shared/base/cut-percent.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { formatCount, formatTable } from './format-table.ts';
import { PLAIN_STYLE, type Style } from './style.ts';

export function formatFit(report: FitReport, style: Style = PLAIN_STYLE): string {
  const blocks = report.targets.map((target, i) => targetBlock(report, target, i, style));
  const notes = report.notes.map((note) => `${style.dim(`· ${note}`)}\n`).join('');
  return [...blocks, notes].filter((text) => text !== '').join('\n');
}

function targetBlock({ rows, backtests }: FitReport, target: FitTarget, i: number, style: Style): string {
  const title = `${style.bold('WILL IT FIT')}   ${target.name}, ${percent(target.wanted, 1)} of ${target.of}\n`;
  const cells = rows.flatMap((row) => {
    const standing = row.standings[i];
    return standing === null ? [] : [rowCells(row, standing, style)];
  });
  if (cells.length === 0) return `${title}  nothing known yet\n`;
  const table = formatTable(cells, ['left', 'right', 'left', 'right', 'left', 'right', 'left']);
  const tested = backtests.filter((each) => each.target === i).map((each) => `  ${backtestText(each)}\n`);
  return `${title}${table.replace(/^(?=.)/gm, '  ')}${tested.join('')}`;
}

function rowCells({ label, pool, slots, extrapolated }: FitRow, s: FitStanding, style: Style): string[] {
  const interval = Number.isNaN(s.low) ? '' : `[${percent(s.low).slice(0, -2)}, ${percent(s.high).slice(0, -2)}]`;
  return [
    label,
    slots === null ? '' : formatCount(slots),
    pool ?? '',
    percent(s.share),
    interval,
    `${formatCount(s.trials - s.met)}/${formatCount(s.trials)}`,
    [verdictCell(s.verdict, style), ...(extrapolated.length > 0 ? ['EXTRAPOLATED'] : []), needed(s)]
      .filter(Boolean)
      .join(', '),
  ];
}

/** How many nights it would take, where they were too few. */
function needed({ verdict, trialsNeeded }: FitStanding): string {
  const isShort = verdict === 'cannot confirm' || verdict === 'undecided';
  return isShort && trialsNeeded !== null ? `${formatCount(trialsNeeded)} nights with so few misses would` : '';
}

function verdictCell(verdict: FitVerdict, style: Style): string {
  if (verdict === 'met') return style.good(verdict);
  return verdict === 'missed' ? style.bad(verdict) : verdict;
}

function backtestText({ nights, p50OffMs, p95OffMs }: FitBacktest): string {
  return `backtest on ${formatCount(nights)} held-back nights: p50 ${off(p50OffMs)}, p95 ${off(p95OffMs)}`;
}

const off = (ms: number): string => {
  if (!Number.isFinite(ms)) return 'never landed';
  const rounded = Math.round(Math.abs(ms) / 1_000) * 1_000;
  return rounded === 0 ? 'exact' : `off ${formatDuration(rounded)} ${ms > 0 ? 'late' : 'early'}`;
};

const percent = (share: number, digits = 2): string =>
  Number.isNaN(share) ? 'unknown' : `${cutPercent(share, digits)} %`;
