// Expands a workload straight from the sentences of the format, with no thought for speed and without the plan's parts:
// ticks by looking at every minute, partitions as texts that Intl writes, dependencies by comparing texts. The oracle of
// the run plan. Knows cron (as minute and hour lists), every, at; reads, after, awaits; triggers by one or all datasets.

import type { Scenario } from '../../../../../shared/scenario/scenario.ts';
import type { AwaitDef, DatasetDef, PipelineDef, ReadDef, TaskDef } from '../../../../../shared/scenario/workload.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface NaiveRun {
  readonly pipeline: PipelineDef;
  /** Epoch ms. */
  readonly tickMs: number;
  readonly anchorMs: number;
  readonly triggeredBy: readonly string[];
}

/** `pipeline.task @ tick`. */
export const taskRunId = (pipeline: string, task: string, tickMs: number, anchorMs: number): string =>
  `${pipeline}.${task} @ ${new Date(tickMs).toISOString()} for ${new Date(anchorMs).toISOString()}`;

const formats = new Map<string, Intl.DateTimeFormat>();
const texts = new Map<string, string>();

/** `2025-12-25 00:42` in a zone. Asked often of the same minutes. */
function localText(zone: string, ms: number): string {
  const known = texts.get(`${zone} ${ms}`);
  if (known !== undefined) return known;
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
    formats.set(zone, format);
  }
  const text = format.format(ms);
  texts.set(`${zone} ${ms}`, text);
  return text;
}

const dateText = (zone: string, ms: number): string => localText(zone, ms).slice(0, 10);
const dateAfter = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00Z`) + days * DAY).toISOString().slice(0, 10);

/** The partition of an instant, as its key. */
export function keyAt({ unit, zone }: Pick<DatasetDef, 'unit' | 'zone'>, ms: number): string {
  if (unit === 'none') return '';
  const text = localText(unit === 'hour' ? 'UTC' : zone, ms);
  if (unit === 'hour') return `date=${text.slice(0, 10)}/hour=${text.slice(11, 13)}`;
  if (unit === 'month') return `month=${text.slice(0, 7)}`;
  if (unit === 'day') return `date=${text.slice(0, 10)}`;
  const weekday = new Date(`${text.slice(0, 10)}T00:00Z`).getUTCDay();
  return `week=${dateAfter(text.slice(0, 10), -((weekday + 6) % 7))}`;
}

export function naiveRuns(scenario: Scenario): NaiveRun[] {
  const runs: NaiveRun[] = [];
  const endMs = scenario.startMs + scenario.horizonMs;
  for (const pipeline of scenario.workload.pipelines) {
    const { schedule } = pipeline;
    if (schedule.kind === 'cron') {
      const ticks = minutes(scenario.startMs - 2 * DAY, endMs).filter((ms) => fires(pipeline, ms));
      ticks.forEach((tickMs, i) => {
        const anchorMs = pipeline.partitionOf === 'interval' ? ticks[i - 1] : tickMs;
        if (tickMs >= scenario.startMs) runs.push({ pipeline, tickMs, anchorMs, triggeredBy: [] });
      });
    }
    if (schedule.kind === 'every')
      for (let ms = scenario.startMs + schedule.offsetMs; ms < endMs; ms += schedule.everyMs)
        runs.push({
          pipeline,
          tickMs: ms,
          anchorMs: ms - (pipeline.partitionOf === 'interval' ? schedule.everyMs : 0),
          triggeredBy: [],
        });
    if (schedule.kind === 'at')
      for (const ms of schedule.atMs)
        runs.push({ pipeline, tickMs: scenario.startMs + ms, anchorMs: scenario.startMs + ms, triggeredBy: [] });
  }
  for (const pipeline of scenario.workload.pipelines) runs.push(...triggered(scenario, pipeline, runs));
  return runs;
}

function minutes(fromMs: number, toMs: number): number[] {
  const first = Math.ceil(fromMs / MINUTE) * MINUTE;
  return Array.from({ length: Math.ceil((toMs - first) / MINUTE) }, (_, i) => first + i * MINUTE);
}

/** Wall-clock match; at a fixed time not in the second of two equal hours, and right after a gap that skipped it. */
function fires(pipeline: PipelineDef, ms: number): boolean {
  if (pipeline.schedule.kind !== 'cron') return false;
  const { minutesOfDay, isFixedTime } = pipeline.schedule.cron;
  const { zone } = pipeline;
  const minuteOf = (at: number): number =>
    Number(localText(zone, at).slice(11, 13)) * 60 + Number(localText(zone, at).slice(14, 16));
  const isMatch = minutesOfDay.includes(minuteOf(ms));
  if (!isFixedTime) return isMatch;
  const wasShown = [30, 60].some((back) => localText(zone, ms - back * MINUTE) === localText(zone, ms));
  if (isMatch && !wasShown) return true;
  const before = minuteOf(ms - MINUTE);
  const isAfterGap = dateText(zone, ms) === dateText(zone, ms - MINUTE) && minuteOf(ms) > before + 1;
  return isAfterGap && minutesOfDay.some((minute) => minute > before && minute < minuteOf(ms));
}

/** Triggered by all of several daily datasets: once for each date that all of them get. */
function triggered(scenario: Scenario, pipeline: PipelineDef, runs: readonly NaiveRun[]): NaiveRun[] {
  const { schedule } = pipeline;
  if (schedule.kind !== 'datasets') return [];
  const datasets = schedule.datasets.map((name) => datasetOf(scenario, name));
  const writes = datasets.map((dataset) => writersOf(runs, dataset));
  const keys = [...new Set(writes[0].map(({ key }) => key))].filter((key) =>
    writes.every((list) => list.some((w) => w.key === key)),
  );
  return keys.map((key) => {
    const triggers = writes.flatMap((list) => list.filter((w) => w.key === key));
    const dayStart = minutes(
      Math.min(...triggers.map((w) => w.anchorMs)) - 2 * DAY,
      Math.max(...triggers.map((w) => w.anchorMs)) + DAY,
    );
    return {
      pipeline,
      tickMs: Math.max(...triggers.map((w) => w.tickMs)),
      anchorMs: dayStart.find((ms) => keyAt(datasets[0], ms) === key) as number,
      triggeredBy: triggers.map(({ id }) => id),
    };
  });
}

const datasetOf = (scenario: Scenario, name: string): DatasetDef =>
  scenario.workload.datasets.find((d) => d.name === name) as DatasetDef;

interface Write {
  readonly id: string;
  readonly key: string;
  readonly tickMs: number;
  readonly anchorMs: number;
  readonly task: string;
}

function writersOf(runs: readonly NaiveRun[], dataset: DatasetDef): Write[] {
  return runs.flatMap(({ pipeline, tickMs, anchorMs }) =>
    pipeline.tasks
      .filter(({ writes }) => writes.includes(dataset.name))
      .map(({ name }) => ({
        id: taskRunId(pipeline.name, name, tickMs, anchorMs),
        key: keyAt(dataset, anchorMs),
        tickMs,
        anchorMs,
        task: `${pipeline.name}.${name}`,
      })),
  );
}

/** The keys that a read means, as texts. */
export function naiveKeys(read: ReadDef, dataset: DatasetDef, run: NaiveRun): string[] {
  if (dataset.unit === 'none') return [''];
  const { zone } = run.pipeline;
  const { shift, select } = read.mapping;
  const atMs = shiftedLocal(zone, run.anchorMs, shift.days) + shift.ms;
  if (select.kind === 'same') return [keyAt(dataset, atMs)];
  const stepMs = dataset.unit === 'hour' ? HOUR : MINUTE * 30;
  if (select.kind === 'last') {
    const back = Array.from({ length: (select.count + 1) * (dataset.unit === 'hour' ? 1 : 50) }, (_, i) =>
      keyAt(dataset, atMs - i * stepMs),
    );
    return [...new Set(back)].slice(0, select.count).reverse();
  }
  const window = keyAt({ unit: select.unit, zone }, atMs);
  const all = minutes(atMs - 32 * DAY, atMs + 32 * DAY).filter((ms) => ms % (30 * MINUTE) === 0);
  const begins = all.filter((ms) => keyAt(dataset, ms) !== keyAt(dataset, ms - MINUTE));
  return begins.filter((ms) => keyAt({ unit: select.unit, zone }, ms) === window).map((ms) => keyAt(dataset, ms));
}

/** The instant with the same wall time some days off; the first of two; the first after a gap. */
function shiftedLocal(zone: string, ms: number, days: number): number {
  if (days === 0) return ms;
  const wanted = localText(zone, ms);
  const text = `${dateAfter(wanted.slice(0, 10), days)}${wanted.slice(10)}`;
  const around = minutes(ms + days * DAY - 3 * HOUR, ms + days * DAY + 3 * HOUR);
  return (around.find((at) => localText(zone, at) === text) ??
    around.find((at) => localText(zone, at) > text)) as number;
}

/** What each task run waits for: its id to the sorted ids of its upstreams with their kind. */
export function naiveWaits(scenario: Scenario): Map<string, string[]> {
  const runs = naiveRuns(scenario);
  return new Map(
    runs.flatMap((run) =>
      run.pipeline.tasks.map((task): [string, string[]] => [
        taskRunId(run.pipeline.name, task.name, run.tickMs, run.anchorMs),
        [...new Set(waitsOfTask(scenario, runs, run, task))].sort(),
      ]),
    ),
  );
}

function waitsOfTask(scenario: Scenario, runs: readonly NaiveRun[], run: NaiveRun, task: TaskDef): string[] {
  const reads = task.reads.filter(({ wait }) => wait.mode !== 'none');
  return [
    ...run.triggeredBy.map((id) => `trigger ${id}`),
    ...task.after.map((name) => `finish ${taskRunId(run.pipeline.name, name, run.tickMs, run.anchorMs)}`),
    ...task.awaits.flatMap((awaited) => lastAwaited(runs, run, awaited)),
    ...reads.flatMap((read) => naiveWriters(scenario, runs, run, read).map((id) => `publish ${id}`)),
  ];
}

function lastAwaited(runs: readonly NaiveRun[], run: NaiveRun, { task, shift }: AwaitDef): string[] {
  const untilMs = shiftedLocal(run.pipeline.zone, run.tickMs, shift.days) + shift.ms;
  const upstreams = runs.flatMap((other) =>
    other.pipeline.tasks
      .filter(({ name }) => `${other.pipeline.name}.${name}` === task)
      .map(({ name }) => ({ other, name })),
  );
  const before = upstreams
    .filter(({ other }) => other.tickMs <= untilMs)
    .sort((a, b) => a.other.tickMs - b.other.tickMs);
  return before
    .slice(-1)
    .map(({ other, name }) => `finish ${taskRunId(other.pipeline.name, name, other.tickMs, other.anchorMs)}`);
}

function naiveWriters(scenario: Scenario, runs: readonly NaiveRun[], run: NaiveRun, read: ReadDef): string[] {
  const dataset = datasetOf(scenario, read.dataset);
  const writes = writersOf(runs, dataset);
  const keys = naiveKeys(read, dataset, run);
  if (dataset.unit !== 'none') return writes.filter(({ key }) => keys.includes(key)).map(({ id }) => id);
  const tasks = [...new Set(writes.map(({ task }) => task))];
  return tasks.flatMap((task) => {
    const before = writes.filter((w) => w.task === task && w.tickMs <= run.tickMs).sort((a, b) => a.tickMs - b.tickMs);
    return before.slice(-1).map(({ id }) => id);
  });
}
