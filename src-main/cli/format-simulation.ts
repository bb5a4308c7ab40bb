// What a played reference day says, as a readable table: start latency against its targets, deadlines, speed.

import { START_LATENCY_TARGETS } from '../../shared/analysis/start-latency.ts';
import { formatDuration } from '../../shared/base/time.ts';
import type { SimulationSummary } from '../services/simulate-day.ts';
import { formatCount, formatTable } from './format-table.ts';
import { deadlineText, verdictText } from './format-verdict.ts';
import { PLAIN_STYLE, type Style } from './style.ts';

export function formatSimulation(s: SimulationSummary, style: Style = PLAIN_STYLE): string {
  const actualMs = { 0.5: s.startLatencyP50Ms, 0.99: s.startLatencyP99Ms };
  const targets = START_LATENCY_TARGETS.map(({ name, quantile, limitMs }) => {
    const verdict = actualMs[quantile] <= limitMs ? 'pass' : 'fail';
    const cells = [formatDuration(actualMs[quantile]), `target ${formatDuration(limitMs)}`];
    return [name, ...cells, verdictText(verdict, style)];
  });
  const missed = s.deadlinesTotal - s.deadlinesMet;
  const deadlines = { total: s.deadlinesTotal, met: s.deadlinesMet, missed, unknown: 0 };
  const rows = [
    ['tasks', formatCount(s.tasks)],
    ['events', formatCount(s.events)],
    ['makespan', formatDuration(s.makespanMs)],
    ...targets,
    ['deadlines', deadlineText(deadlines, style)],
    ['event loop', `${formatMs(s.simMs)}, ${formatMs(s.simCpuMs)} of CPU`],
    ['events / s', formatCount(s.eventsPerSecond)],
    ['load, build', `${formatMs(s.loadMs)}, ${formatMs(s.buildMs)}`],
  ];
  return formatTable(rows, ['left', 'left', 'left', 'left']);
}

const formatMs = (ms: number): string => `${ms.toFixed(1)} ms`;
