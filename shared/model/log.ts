// A log: an ordered list of events with a source. One kind of log for what happened, what the simulator says, and
// what would have happened: no reader may ask which (ARCHITECTURE, the one idea).
// Events are chunks of columns, ordered by (time, arrival). A log carries its own dictionary of names, so it can be
// read without a catalog and compared with another log by name.

import type { DatasetTable, PipelineTable, PoolTable } from './catalog.ts';

export type LogSource = 'observed' | 'simulated' | 'counterfactual';

export const CHUNK_ROWS = 65_536;

/** Columns of at most CHUNK_ROWS events. An id is a row of the log's own tables, or -1. */
export interface EventChunk {
  readonly rows: number;
  /** µs since the epoch; NaN is unknown. */
  readonly timeUs: Float64Array;
  /** An EventKind. */
  readonly kind: Uint8Array;
  /** packEvidence of time, subject and value. */
  readonly evidence: Uint8Array;
  readonly run: Int32Array;
  readonly taskRun: Int32Array;
  readonly version: Int32Array;
  /** Attempt number from 1; 0 when it has none. */
  readonly attempt: Int32Array;
  /** By kind: see EventKind. */
  readonly code: Int32Array;
  readonly ref: Int32Array;
  readonly value: Float64Array;
  /** A row of `names.texts`, or -1. */
  readonly text: Int32Array;
}

/** The log's dictionary. Tasks and pools as in a catalog; `texts` holds keys, reasons and notes. */
export interface LogNames {
  readonly pipelines: Pick<PipelineTable, 'namespace' | 'name' | 'domain'>;
  readonly tasks: { readonly pipeline: Int32Array; readonly name: readonly string[] };
  readonly datasets: DatasetTable;
  readonly pools: PoolTable;
  readonly texts: readonly string[];
}

/** Pipeline runs. */
export interface RunTable {
  readonly pipeline: Int32Array;
  readonly runId: readonly string[];
  /** The partition key that the run is for; "" when unknown. */
  readonly logicalKey: readonly string[];
  readonly nominalStartUs: Float64Array;
  readonly nominalEndUs: Float64Array;
}

export interface TaskRunTable {
  readonly run: Int32Array;
  readonly task: Int32Array;
  /** -1 for a task that is not mapped. */
  readonly mapIndex: Int32Array;
  /** A row of names.pools or -1. */
  readonly pool: Int32Array;
  /** The time by which this task run's data must have landed; NaN when it has no deadline. */
  readonly deadlineUs: Float64Array;
}

/** Partition versions. */
export interface VersionTable {
  readonly dataset: Int32Array;
  /** A row of names.texts; -1 when the partition key is unknown. */
  readonly partitionKey: Int32Array;
  /** 1, 2, …; 0 when unknown. */
  readonly number: Int32Array;
  /** The task run that wrote it, or -1. */
  readonly owner: Int32Array;
}

export interface LogHeader {
  readonly name: string;
  readonly source: LogSource;
  /** One line for people: where it comes from. */
  readonly title: string;
  /** From this time (µs, -Infinity for always) this catalog held. At least one, times ascending. */
  readonly catalogs: readonly { readonly fromUs: number; readonly hash: string }[];
  /** IANA zone in which deadlines and nights are shown. */
  readonly zone: string;
  /** Which event makes a deadline: the publish, or (reference day) finish + finalize. */
  readonly landing: 'published' | 'finalized';
}

export interface Log extends LogHeader {
  readonly names: LogNames;
  readonly runs: RunTable;
  readonly taskRuns: TaskRunTable;
  readonly versions: VersionTable;
  readonly chunks: readonly EventChunk[];
}

/** An analysis is a fold over chunks: its memory follows its answer, not the log. */
export interface Fold<Answer> {
  feed(chunk: EventChunk, firstSeq: number): void;
  finish(): Answer;
}

export function foldLog<Answer>(log: Pick<Log, 'chunks'>, fold: Fold<Answer>): Answer {
  let seq = 0;
  for (const chunk of log.chunks) {
    fold.feed(chunk, seq);
    seq += chunk.rows;
  }
  return fold.finish();
}

export function eventCount(log: Pick<Log, 'chunks'>): number {
  let rows = 0;
  for (const chunk of log.chunks) rows += chunk.rows;
  return rows;
}

/** `dataset[key] v2`, `dataset[?]` where key or number are unknown. */
export function versionLabel(log: Pick<Log, 'names' | 'versions'>, version: number): string {
  const { names, versions } = log;
  const key = versions.partitionKey[version];
  const number = versions.number[version];
  const dataset = names.datasets.name[versions.dataset[version]];
  const partition = key < 0 ? '?' : (names.texts[key] ?? '');
  // "" is the one partition of a dataset that has no others.
  return `${dataset}${partition === '' ? '' : `[${partition}]`}${number > 0 ? ` v${number}` : ''}`;
}

/** `pipeline.task`, as taskLabel of a catalog. */
export function taskRunLabel(log: Pick<Log, 'names' | 'taskRuns'>, taskRun: number): string {
  const { tasks, pipelines } = log.names;
  const task = log.taskRuns.task[taskRun];
  const pipeline = pipelines.name[tasks.pipeline[task]];
  return tasks.name[task] === pipeline ? pipeline : `${pipeline}.${tasks.name[task]}`;
}
