// What the replications of a scenario say, as a readable table: outcomes, waits, landings, targets, pools.

import type { ScenarioSummary } from '../../shared/api/views-scenario.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { formatCount, formatTable } from './format-table.ts';
import { verdictText } from './format-verdict.ts';
import { PLAIN_STYLE, type Style } from './style.ts';

export function formatExperiment(s: ScenarioSummary, style: Style = PLAIN_STYLE): string {
  const parts = [formatTable(figures(s), ['left', 'left'])];
  if (s.targets.length > 0) parts.push(targetTable(s, style));
  parts.push(poolTable(s, style));
  return parts.join('\n');
}

function figures(s: ScenarioSummary): string[][] {
  const ended = [
    [s.succeeded, 'succeeded'],
    [s.failed, 'failed'],
    [s.skipped, 'skipped'],
    [s.upstreamFailed, 'upstream failed'],
    [s.unfinished, 'never ended'],
  ] as const;
  const outcomes = ended.filter(([count]) => count > 0).map(([count, name]) => `${formatCount(count)} ${name}`);
  return [
    ['replications', formatCount(s.replications)],
    ['task runs', `${formatCount(s.taskRuns)}: ${outcomes.join(', ')}`],
    ['start latency', spread(s.startLatencyMeanMs, s.startLatencyP50Ms, s.startLatencyP99Ms, s.startLatencyMaxMs)],
    ['wait for a slot', spread(s.poolWaitMeanMs, s.poolWaitP50Ms, s.poolWaitP99Ms, s.poolWaitMaxMs)],
    ['start to end', spread(s.elapsedMeanMs, s.elapsedP50Ms, s.elapsedP99Ms, s.elapsedMaxMs)],
    ['makespan', spread(s.makespanMeanMs, s.makespanP50Ms, s.makespanP99Ms, s.makespanMaxMs)],
    ['deadlines', `${formatCount(s.deadlinesMet)} of ${formatCount(s.deadlinesTotal)} met`],
    ['events', `${formatCount(s.events)}, ${formatCount(s.eventsPerSecond)} / s of CPU`],
  ];
}

const spread = (...[mean, p50, p99, max]: (number | null)[]): string =>
  mean === null ? 'unknown' : `mean ${time(mean)}, p50 ${time(p50)}, p99 ${time(p99)}, max ${time(max)}`;

const time = (ms: number | null): string => (ms === null ? 'unknown' : formatDuration(Math.round(ms)));
const percent = (share: number): string => (Number.isNaN(share) ? 'unknown' : `${(share * 100).toFixed(2)} %`);

function targetTable({ targets }: ScenarioSummary, style: Style): string {
  const rows = targets.map(({ name, share, low, high, wanted, trials, verdict }) => [
    name,
    `${percent(share)} of ${formatCount(trials)} (95 %: ${percent(low)} to ${percent(high)})`,
    `target ${percent(wanted)}`,
    verdictText(verdict, style),
  ]);
  return formatTable(rows, ['left', 'left', 'left', 'left']);
}

function poolTable({ pools }: ScenarioSummary, style: Style): string {
  const rows = pools.map(({ pool, slots, utilisation, meanSlotsInUse, meanWaiting, meanWaitMs }) => [
    pool,
    slots === null ? 'no limit' : formatCount(slots),
    utilisation === null ? '' : percent(utilisation),
    meanSlotsInUse.toFixed(2),
    meanWaiting.toFixed(2),
    time(meanWaitMs),
  ]);
  const header = ['pool', 'slots', 'in use', 'mean in use', 'mean waiting', 'mean wait'];
  return formatTable(rows, ['left', 'right', 'right', 'right', 'right', 'right'], header, style);
}
