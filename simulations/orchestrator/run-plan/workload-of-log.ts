// A workload from what was observed: a catalog, and logs of one or more nights. What a catalog does not say is inferred,
// and each inference is written here: a schedule that is neither cron nor `every 1h` is a trigger by all that the pipeline
// waits for of other pipelines' data, or else the observed starts, daily; durations are fitted; the time from a task's end to its publish is the median seen.
// Datasets are daily when a partition key with a date was seen, else unpartitioned.

import { nearestRank, sortedKnown } from '../../../shared/base/quantile.ts';
import { MS_PER_DAY, US_PER_MS } from '../../../shared/base/time.ts';
import { type Catalog, csrBy, DepKind, taskLabel } from '../../../shared/model/catalog.ts';
import type { Distribution } from '../../../shared/model/distribution.ts';
import { EventKind } from '../../../shared/model/event.ts';
import { type Log, taskRunLabel } from '../../../shared/model/log.ts';
import { parseCron } from '../../../shared/scenario/cron.ts';
import type { Resampling } from '../../../shared/scenario/scenario.ts';
import { parseSpan } from '../../../shared/scenario/units.ts';
import type {
  AwaitDef,
  PipelineDef,
  ReadDef,
  ScheduleDef,
  TaskDef,
  WaitDef,
  Workload,
} from '../../../shared/scenario/workload.ts';
import { fitHistory, type TaskFit } from '../durations/fit/fit-from-log.ts';
import { fitRunCorrelations, type RunCorrelation } from '../durations/fit/fit-run-correlation.ts';
import { type DurationHistory, historyOf, valuesOfLabel } from '../durations/history.ts';

export interface ObservedWorkload {
  readonly workload: Workload;
  /** For compileDurations, when whole nights are to be drawn. */
  readonly history: DurationHistory;
  /** By task that was observed, with goodness of fit. */
  readonly fits: readonly TaskFit[];
  /** By pipeline of which runs with several tasks were observed. */
  readonly correlations: readonly RunCorrelation[];
  /** Labels of tasks that were never seen to succeed: they take no time. */
  readonly unseen: readonly string[];
}

const EVENT: WaitDef = { mode: 'event', everyMs: 60_000, timeoutMs: null };
const UNCHECKED: WaitDef = { mode: 'none', everyMs: 60_000, timeoutMs: null };
const NO_SHIFT = { days: 0, ms: 0 } as const;
const SAME = { shift: NO_SHIFT, select: { kind: 'same' }, any: false } as const;

/**
 * `startMs`: epoch ms of the scenario that will play it; observed starts are moved to its first day. With `fitted` a task
 * draws from the distribution that was fitted to it, together with the others of its run where these were seen to vary
 * together; else from its observed values.
 */
export function workloadOfLog(
  catalog: Catalog,
  logs: readonly Log[],
  startMs: number,
  resample: Resampling = 'fitted',
): ObservedWorkload {
  const history = historyOf(logs);
  const fits = fitHistory(history);
  const durations = new Map(
    fits.map(({ label, chosen }, id): [string, Distribution] => [
      label,
      resample === 'fitted' ? chosen : { kind: 'empirical', valuesMs: valuesOfLabel(history, id) },
    ]),
  );
  const correlations = fitRunCorrelations(logs);
  const shared = new Map(correlations.flatMap((c) => (c.isDrawn ? [[c.pipeline, c.correlation] as const] : [])));
  const reader = new LogReader(catalog, logs, durations, startMs);
  const labels = catalog.tasks.name.map((_, task) => taskLabel(catalog, task));
  const seen = new Set(fits.map(({ label }) => label));
  const zone = logs[0]?.zone ?? 'UTC';
  return {
    workload: {
      pools: catalog.pools.name.map((name, i) => ({
        name,
        slots: catalog.pools.slots[i] < 0 ? null : catalog.pools.slots[i],
        slowdown: [],
      })),
      datasets: catalog.datasets.name.map((name) => ({
        name,
        unit: reader.isDaily(name) ? 'day' : 'none',
        zone,
        check: null,
        marker: null,
        rows: Number.NaN,
      })),
      pipelines: catalog.pipelines.name.map((name, id) => {
        const correlation = resample === 'fitted' ? shared.get(name) : undefined;
        return { ...reader.pipeline(id, zone), ...(correlation === undefined ? {} : { correlation }) };
      }),
      taskOrder: null,
    },
    history,
    fits,
    correlations,
    unseen: labels.filter((label) => !seen.has(label)),
  };
}

class LogReader {
  readonly #catalog: Catalog;
  readonly #durations: ReadonlyMap<string, Distribution>;
  readonly #facts: LogFacts;
  readonly #startMs: number;
  readonly #tasksOf;
  readonly #dependenciesOf;
  readonly #readsOf;
  readonly #writesOf;

  constructor(catalog: Catalog, logs: readonly Log[], durations: ReadonlyMap<string, Distribution>, startMs: number) {
    const tasks = catalog.tasks.name.length;
    const rowsBy = (keys: Int32Array) =>
      csrBy(
        keys,
        Int32Array.from(keys, (_, i) => i),
        tasks,
      );
    this.#catalog = catalog;
    this.#durations = durations;
    this.#facts = factsOf(logs);
    this.#startMs = startMs;
    const ids = Int32Array.from(catalog.tasks.pipeline, (_, i) => i);
    this.#tasksOf = csrBy(catalog.tasks.pipeline, ids, catalog.pipelines.name.length);
    this.#dependenciesOf = rowsBy(catalog.dependencies.task);
    this.#readsOf = rowsBy(catalog.reads.task);
    this.#writesOf = rowsBy(catalog.writes.task);
  }

  isDaily(dataset: string): boolean {
    return this.#facts.daily.has(dataset);
  }

  pipeline(id: number, zone: string): PipelineDef {
    const { pipelines } = this.#catalog;
    const tasks = Array.from(rows(this.#tasksOf, id));
    return {
      name: pipelines.name[id],
      domain: pipelines.domain[id],
      owner: pipelines.owner[id],
      tier: '',
      tags: [],
      schedule: this.#schedule(id, tasks),
      zone,
      partitionOf: 'interval',
      jitter: null,
      skipDays: [],
      catchUpFromMs: null,
      activeRuns: null,
      activeTasks: null,
      variation: { run: 0, night: 0 },
      tasks: tasks.map((task) => this.#task(task)),
    };
  }

  #schedule(id: number, tasks: readonly number[]): ScheduleDef {
    const { pipelines } = this.#catalog;
    const cron = parseCron(pipelines.schedule[id]);
    if (cron.ok) return { kind: 'cron', cron: cron.value };
    const every = parseSpan(pipelines.schedule[id].replace(/^every /, ''));
    const startUs = this.#facts.firstStartUs.get(pipelines.name[id]);
    if (every.ok && every.value > 0 && startUs !== undefined) return this.#every(every.value, startUs);
    const awaited = this.#awaitedDatasets(tasks);
    if (awaited.length > 0) return { kind: 'datasets', mode: 'all', datasets: awaited };
    return startUs === undefined ? { kind: 'manual' } : this.#every(MS_PER_DAY, startUs);
  }

  #every(everyMs: number, startUs: number): ScheduleDef {
    const offsetMs = (Math.round(startUs / US_PER_MS) - this.#startMs) % everyMs;
    return { kind: 'every', everyMs, offsetMs: offsetMs < 0 ? offsetMs + everyMs : offsetMs };
  }

  /** Of other pipelines: what its tasks declare to read, and what they wait for without reading it. */
  #awaitedDatasets(tasks: readonly number[]): string[] {
    const { reads, writes, dependencies, datasets } = this.#catalog;
    const own = new Set(tasks.flatMap((task) => Array.from(rows(this.#writesOf, task), (row) => writes.dataset[row])));
    const awaited = tasks.flatMap((task) => [
      ...Array.from(rows(this.#readsOf, task))
        .filter((row) => reads.declared[row] === 1)
        .map((row) => reads.dataset[row]),
      ...Array.from(rows(this.#dependenciesOf, task))
        .filter((row) => dependencies.kind[row] === DepKind.publish && dependencies.dataset[row] >= 0)
        .map((row) => dependencies.dataset[row]),
    ]);
    return [...new Set(awaited)].filter((dataset) => !own.has(dataset)).map((dataset) => datasets.name[dataset]);
  }

  #task(id: number): TaskDef {
    const { tasks, pools, writes, datasets } = this.#catalog;
    const label = taskLabel(this.#catalog, id);
    const finalizeMs = this.#facts.finalizeMs.get(label);
    return {
      name: tasks.name[id],
      duration: this.#durations.get(label) ?? { kind: 'constant', valueMs: 0 },
      stragglers: null,
      pool: tasks.pool[id] < 0 ? 'default' : pools.name[tasks.pool[id]],
      slots: Math.max(1, tasks.slots[id]),
      priority: tasks.priority[id],
      ...this.#waits(id),
      rule: 'all_success',
      writes: [...new Set(Array.from(rows(this.#writesOf, id), (row) => datasets.name[writes.dataset[row]]))],
      retries: { times: 0, delayMs: 0, backoff: 'fixed', capMs: 0 },
      timeoutMs: null,
      concurrency: null,
      map: null,
      notBeforeMs: 0,
      deadlineMs: null,
      finalize: finalizeMs === undefined ? null : { kind: 'constant', valueMs: finalizeMs },
      dependsOnPast: false,
      waitForDownstream: false,
    };
  }

  #waits(id: number): Pick<TaskDef, 'after' | 'awaits' | 'reads'> {
    const { dependencies, tasks, reads, datasets } = this.#catalog;
    const after = new Set<string>();
    const awaits = new Map<string, AwaitDef>();
    for (const row of rows(this.#dependenciesOf, id)) {
      const upstream = dependencies.upstream[row];
      if (dependencies.kind[row] === DepKind.publish && dependencies.dataset[row] >= 0) continue;
      const isSibling = tasks.pipeline[upstream] === tasks.pipeline[id];
      if (isSibling) after.add(tasks.name[upstream]);
      else {
        const task = taskLabel(this.#catalog, upstream);
        awaits.set(task, { task, shift: NO_SHIFT, wait: EVENT });
      }
    }
    const read = new Map<string, ReadDef>();
    for (const row of rows(this.#readsOf, id)) {
      const dataset = datasets.name[reads.dataset[row]];
      read.set(dataset, { dataset, mapping: SAME, wait: reads.declared[row] === 1 ? EVENT : UNCHECKED });
    }
    return { after: [...after], awaits: [...awaits.values()], reads: [...read.values()] };
  }
}

const rows = ({ offsets, values }: { offsets: Int32Array; values: Int32Array }, id: number): Int32Array =>
  values.subarray(offsets[id], offsets[id + 1]);

interface LogFacts {
  /** Names of datasets with a dated partition. */
  readonly daily: ReadonlySet<string>;
  /** Earliest creation of a run in the last log that has one, by pipeline. */
  readonly firstStartUs: ReadonlyMap<string, number>;
  /** Median from a task's end to the finalize of what it writes, by label. */
  readonly finalizeMs: ReadonlyMap<string, number>;
}

function factsOf(logs: readonly Log[]): LogFacts {
  const daily = new Set<string>();
  const firstStartUs = new Map<string, number>();
  const finalizes = new Map<string, number[]>();
  for (const log of logs) {
    for (const [i, dataset] of log.versions.dataset.entries()) {
      const key = log.versions.partitionKey[i];
      if (key >= 0 && /^date=[^/]+$/.test(log.names.texts[key])) daily.add(log.names.datasets.name[dataset]);
    }
    for (const [pipeline, us] of runStarts(log)) firstStartUs.set(pipeline, us);
    for (const [label, ms] of finalizeTimes(log)) finalizes.set(label, [...(finalizes.get(label) ?? []), ms]);
  }
  const finalizeMs = new Map(
    [...finalizes].map(([label, values]) => [label, Math.round(nearestRank(sortedKnown(values), 0.5))]),
  );
  return { daily, firstStartUs, finalizeMs };
}

const BACKFILLED_AFTER_US = 2 * MS_PER_DAY * US_PER_MS;

/** Without backfills: what ran long after its own time says nothing of a schedule. */
function runStarts(log: Log): Map<string, number> {
  const starts = new Map<string, number>();
  for (const { rows: count, kind, run, timeUs } of log.chunks)
    for (let i = 0; i < count; i++) {
      if (kind[i] !== EventKind.runCreated || run[i] < 0 || Number.isNaN(timeUs[i])) continue;
      if (timeUs[i] - log.runs.nominalEndUs[run[i]] > BACKFILLED_AFTER_US) continue;
      const pipeline = log.names.pipelines.name[log.runs.pipeline[run[i]]];
      if (!(timeUs[i] >= (starts.get(pipeline) ?? Number.POSITIVE_INFINITY))) starts.set(pipeline, timeUs[i]);
    }
  return starts;
}

function finalizeTimes(log: Log): [string, number][] {
  const endedUs = new Float64Array(log.taskRuns.run.length).fill(Number.NaN);
  const found: [string, number][] = [];
  for (const { rows: count, kind, taskRun, timeUs, version } of log.chunks)
    for (let i = 0; i < count; i++) {
      if (kind[i] === EventKind.taskEnded && taskRun[i] >= 0) endedUs[taskRun[i]] = timeUs[i];
      if (kind[i] !== EventKind.versionFinalized || version[i] < 0) continue;
      const owner = log.versions.owner[version[i]];
      if (owner >= 0 && timeUs[i] >= endedUs[owner])
        found.push([taskRunLabel(log, owner), (timeUs[i] - endedUs[owner]) / US_PER_MS]);
    }
  return found;
}
