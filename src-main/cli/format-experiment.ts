// What the replications of a scenario say, as a readable table: outcomes, waits, landings, targets, pools.

import type {
  DurationFitsView,
  PoolSlowdownView,
  ScenarioSummary,
  UnfinishedView,
} from '../../shared/api/views-scenario.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { snapshotRows } from './format-snapshot.ts';
import { formatCount, formatPlural, formatTable } from './format-table.ts';
import { verdictText } from './format-verdict.ts';
import { PLAIN_STYLE, type Style } from './style.ts';

export function formatExperiment(s: ScenarioSummary, style: Style = PLAIN_STYLE): string {
  const parts = [formatTable(figures(s), ['left', 'left'])];
  if (s.waiting !== null) parts.push(waitingTable(s.waiting));
  if (s.targets.length > 0) parts.push(targetTable(s, style));
  parts.push(poolTable(s, style));
  if (s.tasks.length > 1) parts.push(taskTable(s, style));
  return parts.join('\n');
}

/** What never ended, and what it waits for. */
function waitingTable({ waits, stopped }: UnfinishedView): string {
  const limit = { time: 'ten years of simulated time', events: '10,000 events a task run' };
  const title = stopped === null ? 'Never ended, in replication 0:' : `Stopped after ${limit[stopped]}; not ended:`;
  const rows = waits.map(({ taskRun, waitsFor }) => [taskRun, `waits for ${waitsFor}`]);
  return `${title}\n${formatTable(rows, ['left', 'left'])}`;
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
    ...growth(s),
    ...durations(s),
    ...snapshotRows(s.snapshot),
    ['replications', formatCount(s.replications)],
    ['task runs', s.taskRuns === 0 ? nothingRan(s) : `${formatCount(s.taskRuns)}: ${outcomes.join(', ')}`],
    ['start latency', spread(s.startLatencyMeanMs, s.startLatencyP50Ms, s.startLatencyP99Ms, s.startLatencyMaxMs)],
    ['wait for a slot', spread(s.poolWaitMeanMs, s.poolWaitP50Ms, s.poolWaitP99Ms, s.poolWaitMaxMs)],
    ['start to end', spread(s.elapsedMeanMs, s.elapsedP50Ms, s.elapsedP99Ms, s.elapsedMaxMs)],
    ['makespan', spread(s.makespanMeanMs, s.makespanP50Ms, s.makespanP99Ms, s.makespanMaxMs)],
    ...pastHorizon(s),
    ['deadlines', `${formatCount(s.deadlinesMet)} of ${formatCount(s.deadlinesTotal)} met`],
    ...earlyReads(s),
    ...(s.resultHash === null ? [] : [['result', s.resultHash]]),
    ['events', `${formatCount(s.events)}, ${formatCount(s.eventsPerSecond)} / s of CPU`],
  ];
}

const earlyReads = ({ earlyReads: count, earlyReadReplications: nights, replications }: ScenarioSummary): string[][] =>
  count === 0
    ? []
    : [
        [
          'early reads',
          `${formatCount(count)}, in ${formatCount(nights)} of ${formatPlural(replications, 'replication')}`,
        ],
      ];

const nothingRan = ({ ended, horizonMs }: ScenarioSummary): string =>
  ended === 'cancelled' ? '0' : `0: nothing is due within the horizon of ${formatDuration(horizonMs)}`;

function growth({ grown }: ScenarioSummary): string[][] {
  if (grown === null) return [];
  const { pipelines, upstreams, dataFactor } = grown;
  const parts = [
    ...(pipelines > 0 ? [`${formatCount(pipelines)} new pipelines`] : []),
    ...(upstreams > 0 ? [`${formatCount(upstreams)} upstream of them`] : []),
    ...(dataFactor === 1 ? [] : [`durations x ${Number(dataFactor.toFixed(4))}`]),
  ];
  return [['growth', parts.length === 0 ? 'none' : parts.join(', ')]];
}

/** What was drawn from, and where it fits worst. */
function durations({ durations: d }: ScenarioSummary): string[][] {
  if (d === null) return [];
  const families = Object.entries(d.families).sort((a, b) => b[1] - a[1]);
  const from = {
    fitted: `fitted: ${families.map(([family, tasks]) => `${formatCount(tasks)} ${family}`).join(', ')}`,
    tasks: 'observed values of each task',
    nights: 'whole observed nights',
  };
  const seen = `${formatCount(d.values)} values of ${formatCount(d.tasks)} tasks, ${nightsText(d.nights)}`;
  const unseen = d.unseenCount === 0 ? [] : [`${formatCount(d.unseenCount)} tasks never seen to succeed take no time`];
  const [worst] = d.worst;
  const fit =
    d.resample !== 'fitted' || worst === undefined || worst.ksDistance === null
      ? []
      : [`worst fit ${worst.task} (${worst.values} values): ${worst.reason}`];
  return [
    ['durations', from[d.resample]],
    ...[seen, ...fit, ...correlation(d), ...unseen, ...d.slowdowns.map(slowdownText)].map((text) => ['', text]),
  ];
}

function correlation({ correlations, correlationCount, correlationsDrawn }: DurationFitsView): string[] {
  const [most] = correlations;
  if (most === undefined || !most.isDrawn) return [];
  const fit = `${formatCount(most.runs)} runs, ${most.ksDistance.toFixed(3)} off, p about ${most.ksP.toFixed(2)}`;
  const strongest = `${most.pipeline} ${most.correlation.toFixed(2)} +- ${most.standardError.toFixed(2)} (${fit})`;
  return [
    `tasks of a run vary together in ${formatCount(correlationsDrawn)} of ${formatCount(correlationCount)} pipelines, most in ${strongest}`,
  ];
}

function slowdownText({ pool, attempts, points }: PoolSlowdownView): string {
  const last = points[points.length - 1];
  const factor = `x ${last.factor.toFixed(2)} at ${Math.round(last.share * 100)} % full`;
  return `pool ${pool} was seen slower as it filled: ${factor} (${formatCount(attempts)} attempts); shown, not played`;
}

const nightsText = (nights: readonly string[]): string =>
  nights.length === 1 ? `night ${nights[0]}` : `${formatCount(nights.length)} nights ${nights[0]} to ${nights.at(-1)}`;

function pastHorizon({ pastHorizon: count, replications, horizonMs }: ScenarioSummary): string[][] {
  if (count === 0) return [];
  const which = replications === 1 ? 'it goes' : `${formatCount(count)} of ${formatCount(replications)} go`;
  return [['', `${which} on after the horizon of ${formatDuration(horizonMs)}: played to the end`]];
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

const TASKS_SHOWN = 20;

/** Those that wait longest first; the rest is in the JSON. */
function taskTable({ tasks }: ScenarioSummary, style: Style): string {
  const longest = [...tasks].sort((a, b) => (b.startLatency.p99Ms ?? -1) - (a.startLatency.p99Ms ?? -1));
  const rows = longest
    .slice(0, TASKS_SHOWN)
    .map(({ task, taskRuns, startLatency, turnaround }) => [
      task,
      formatCount(taskRuns),
      time(startLatency.p50Ms),
      time(startLatency.p99Ms),
      time(turnaround.meanMs),
      time(turnaround.p99Ms),
    ]);
  const header = ['task', 'runs', 'latency p50', 'p99', 'ready to end', 'p99'];
  const table = formatTable(rows, ['left', 'right', 'right', 'right', 'right', 'right'], header, style);
  const left = tasks.length - rows.length;
  return left > 0 ? `${table}and ${formatCount(left)} more tasks, which wait less: --json has them\n` : table;
}
