// What scripts read of a log as plain rows: runs, datasets, partitions, lineage. Any log will do; the live one is meant
// when none is named. Newest first; every answer says how many there are in all, and of the live log as of which seq.

import { impactGraph, reachedFrom } from '../../../shared/analysis/impact.ts';
import { ServiceError } from '../../../shared/api/errors.ts';
import { LIVE_LOG } from '../../../shared/api/views-live.ts';
import { STATUS_NAMES, Status } from '../../../shared/lifecycle/status.ts';
import { EVIDENCE_NAMES, OUTCOME_NAMES } from '../../../shared/model/event.ts';
import type { Log } from '../../../shared/model/log.ts';
import { graphView } from '../graph-view.ts';
import type { LogLibrary } from '../log-library.ts';
import type { LiveLog } from './live-log.ts';
import { type PartitionStates, partitionStates } from './partition-states.ts';

interface OfLog {
  /** "" is the live log. */
  readonly log: string;
  readonly limit: number;
}
export interface RunFilter extends OfLog {
  readonly pipeline: string;
  readonly task: string;
  /** The pipeline run's id. */
  readonly run: string;
  readonly state: string;
}
export interface DatasetFilter extends OfLog {
  readonly namespace: string;
  readonly dataset: string;
}
export interface PartitionFilter extends DatasetFilter {
  readonly partition: string;
}
export interface LineageQuestion {
  readonly log: string;
  readonly namespace: string;
  readonly dataset: string;
  /** "" is both. */
  readonly direction: string;
  readonly depth: number;
}

export class LogReads {
  readonly #library: LogLibrary;
  readonly #live: LiveLog;

  constructor(library: LogLibrary, live: LiveLog) {
    this.#library = library;
    this.#live = live;
  }

  async runs(filter: RunFilter): Promise<object> {
    const found = await this.#log(filter.log);
    if (found === null) return none('runs');
    const { log, head } = found;
    const times = await this.#library.times(log.name);
    const rows = newestFirst(times.startedUs);
    const all = rows.map((row) => runRow(log, times, row)).filter((run) => isRun(run, filter));
    return { ...head, total: all.length, runs: all.slice(0, filter.limit) };
  }

  async datasets({ log: name, namespace, dataset, limit }: DatasetFilter): Promise<object> {
    const found = await this.#log(name);
    if (found === null) return none('datasets');
    const { log, head } = found;
    const { datasets } = log.names;
    const states = partitionStates(log);
    const counts = versionCounts(log, states);
    const all = datasets.name
      .map((each, i) => ({ namespace: datasets.namespace[i] ?? '', dataset: each, ...counts[i] }))
      .filter((row) => isEither(namespace, row.namespace) && isEither(dataset, row.dataset));
    return { ...head, total: all.length, datasets: all.slice(0, limit) };
  }

  async partitions(filter: PartitionFilter): Promise<object> {
    const found = await this.#log(filter.log);
    if (found === null) return none('partitions');
    const { log, head } = found;
    const states = partitionStates(log);
    const all = newestFirst(states.lastUs)
      .filter((row) => isWritten(log, states, row))
      .map((row) => partitionRow(log, states, row))
      .filter((row) => isPartition(row, filter));
    return { ...head, total: all.length, partitions: all.slice(0, filter.limit) };
  }

  /** Datasets and pipelines around one dataset, with the steps to each, and who reads and writes what among them. */
  async lineage({ log: name, namespace, dataset, direction, depth }: LineageQuestion): Promise<object> {
    if (direction !== '' && direction !== 'upstream' && direction !== 'downstream') {
      throw new ServiceError({
        code: 'bad-request',
        message: 'direction is upstream or downstream',
        place: 'direction',
      });
    }
    const found = await this.#log(name);
    const { log, head } = found ?? { log: null, head: {} };
    const at = log?.names.datasets.name.findIndex(
      (each, i) => each === dataset && isEither(namespace, log.names.datasets.namespace[i] ?? ''),
    );
    if (log === null || at === undefined || at < 0) {
      throw new ServiceError({ code: 'not-found', message: `no dataset "${dataset}" in the log`, place: 'dataset' });
    }
    const view = graphView(log, await this.#library.catalog(log.name));
    const pipelines = view.pipelines.name.length;
    const edges = { ...view, pipelines, datasets: view.datasets.name.length };
    const graph = impactGraph(edges);
    const ways = (['upstream', 'downstream'] as const).filter((way) => isEither(direction, way));
    const steps = ways.map((way) => reachedFrom(graph, way, [pipelines + at], depth));
    const depthOf = (node: number): number => Math.max(...steps.map((reached) => reached[node] ?? -1));
    const edge = (pipeline: Int32Array, of: Int32Array): object[] =>
      Array.from(pipeline, (row, i) => ({ row, other: of[i] as number }))
        .filter(({ row, other }) => depthOf(row) >= 0 && depthOf(pipelines + other) >= 0)
        .map(({ row, other }) => ({ pipeline: view.pipelines.name[row], dataset: view.datasets.name[other] }));
    const nodes = (names: readonly string[], namespaces: readonly string[], offset: number): object[] =>
      names
        .map((each, i) => ({ namespace: namespaces[i], name: each, depth: depthOf(offset + i) }))
        .filter((node) => node.depth >= 0);
    return {
      ...head,
      datasets: nodes(view.datasets.name, view.datasets.namespace, pipelines),
      pipelines: nodes(view.pipelines.name, view.pipelines.namespace, 0),
      writes: edge(view.writes.pipeline, view.writes.dataset),
      reads: edge(view.reads.pipeline, view.reads.dataset),
    };
  }

  /** Null while the live log holds nothing. */
  async #log(name: string): Promise<{ log: Log; head: object } | null> {
    if (name !== '' && name !== LIVE_LOG) return { log: await this.#library.log(name), head: { log: name } };
    const state = await this.#live.current();
    return state === null ? null : { log: state.log, head: { log: LIVE_LOG, asOfSeq: state.asOfSeq } };
  }
}

const none = (what: string): object => ({ log: LIVE_LOG, asOfSeq: 0, total: 0, [what]: [] });

/** An empty filter means any. */
const isEither = (wanted: string, value: string): boolean => wanted === '' || wanted === value;

/** Rows by time, unknown times last. */
function newestFirst(timeUs: Float64Array): number[] {
  const key = (row: number): number => (Number.isNaN(timeUs[row]) ? Number.NEGATIVE_INFINITY : timeUs[row]);
  const compare = (a: number, b: number): number => (key(a) < key(b) ? 1 : key(a) > key(b) ? -1 : b - a);
  return Array.from(timeUs, (_, row) => row).sort(compare);
}

type Times = Awaited<ReturnType<LogLibrary['times']>>;

function runRow({ names, runs, taskRuns }: Log, times: Times, row: number) {
  const task = taskRuns.task[row];
  const run = taskRuns.run[row];
  const pipeline = names.tasks.pipeline[task];
  const outcome = OUTCOME_NAMES[times.outcome[row] ?? 0] ?? 'unknown';
  const isStarted = !Number.isNaN(times.startedUs[row]);
  return {
    namespace: names.pipelines.namespace[pipeline] ?? '',
    pipeline: names.pipelines.name[pipeline] ?? '',
    task: names.tasks.name[task] ?? '',
    run: runs.runId[run] ?? '',
    logicalKey: runs.logicalKey[run] ?? '',
    state: times.outcome[row] === 0 ? (isStarted ? 'running' : 'unknown') : outcome,
    attempts: times.attempts[row],
    queuedUs: times.queuedUs[row],
    startedUs: times.startedUs[row],
    endedUs: times.endedUs[row],
    landedUs: times.landedUs[row],
  };
}

const isRun = (run: ReturnType<typeof runRow>, { pipeline, task, run: id, state }: RunFilter): boolean =>
  isEither(pipeline, run.pipeline) && isEither(task, run.task) && isEither(id, run.run) && isEither(state, run.state);

function partitionRow({ names, versions }: Log, states: PartitionStates, row: number) {
  const dataset = versions.dataset[row];
  const key = versions.partitionKey[row];
  return {
    namespace: names.datasets.namespace[dataset] ?? '',
    dataset: names.datasets.name[dataset] ?? '',
    /** null: which partition was written is not known. */
    partition: key < 0 ? null : (names.texts[key] ?? ''),
    version: versions.number[row],
    status: STATUS_NAMES[states.status[row] ?? 0],
    evidence: EVIDENCE_NAMES[states.evidence[row] ?? 0],
    openedUs: states.openedUs[row],
    finalizedUs: states.finalizedUs[row],
    publishedUs: states.publishedUs[row],
    rowCount: states.rowCount[row],
  };
}

const isPartition = (
  row: ReturnType<typeof partitionRow>,
  { namespace, dataset, partition }: PartitionFilter,
): boolean =>
  isEither(namespace, row.namespace) &&
  isEither(dataset, row.dataset) &&
  (partition === '' || partition === row.partition);

/** A version, and not only the name of one that somebody read. */
const isWritten = ({ versions }: Pick<Log, 'versions'>, { status }: PartitionStates, row: number): boolean =>
  versions.number[row] > 0 && (versions.owner[row] >= 0 || status[row] !== Status.none);

/** By dataset: versions, and those of them that are whole. */
function versionCounts({ names, versions }: Log, states: PartitionStates): { versions: number; whole: number }[] {
  const counts = names.datasets.name.map(() => ({ versions: 0, whole: 0 }));
  for (let row = 0; row < versions.dataset.length; row++) {
    const count = counts[versions.dataset[row]];
    if (count === undefined || !isWritten({ versions }, states, row)) continue;
    count.versions++;
    if (!Number.isNaN(states.finalizedUs[row])) count.whole++;
  }
  return counts;
}
