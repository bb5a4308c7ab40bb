// Judges the partitions of a dataset by its files alone: whole, running, stale or empty (LEDGER, Markers). One pass over
// the files; memory follows the partitions. What files cannot tell is `unknown`, never guessed.
// Judged by time where a table format's log would know more: data older than the last commit that was never committed
// looks whole here.

import { type FileFact, type Layout, placeOf } from './layout.ts';
import type { MarkerPolicy } from './policy.ts';

export type PartitionStatus =
  /** Its flag is there, and no data is newer or still growing. */
  | 'whole'
  /** Data without a flag, or data that is still being written. */
  | 'running'
  /** The flag is older than the data under it: it vouches for another version. */
  | 'stale'
  /** A flag and no data. */
  | 'empty'
  | 'unknown';

export interface PartitionVerdict {
  readonly key: string;
  readonly folder: string;
  readonly status: PartitionStatus;
  readonly dataFiles: number;
  /** NaN when that of any is unknown. */
  readonly dataBytes: number;
  /** NaN without data. */
  readonly oldestDataUs: number;
  readonly newestDataUs: number;
  /** NaN without a flag. */
  readonly markerUs: number;
  /** The flag's path, or "". */
  readonly marker: string;
  /** One clause for people. */
  readonly reason: string;
}

export interface TreeVerdict {
  /** By key. */
  readonly partitions: readonly PartitionVerdict[];
  readonly counts: Readonly<Record<PartitionStatus, number>>;
}

export interface JudgeOptions {
  readonly policy: MarkerPolicy;
  readonly layout: Layout;
  /** Data may be so much newer than its flag: clocks of several writers differ. */
  readonly toleranceMs: number;
  /** Paths that had another size when looked at before. */
  readonly growing?: ReadonlySet<string>;
}

interface Gathered {
  readonly key: string;
  readonly folder: string;
  dataFiles: number;
  dataBytes: number;
  oldestUs: number;
  newestUs: number;
  /** Data under `_temporary`, or growing. */
  writing: boolean;
  /** Data of which the time is not known. */
  untimed: boolean;
  markerUs: number;
  marker: string;
}

const COMMIT =
  /(?:^|\/)(?:_delta_log\/\d+\.json|metadata\/[^/]+\.metadata\.json|\.hoodie\/[^/]+\.(?:commit|deltacommit|replacecommit))$/;
const TEMPORARY = /(?:^|\/)(?:_temporary|_spark_staging[^/]*|\.spark-staging[^/]*|\.hive-staging[^/]*)\//;

export function judgeTree(files: Iterable<FileFact>, options: JudgeOptions): TreeVerdict {
  const tree = gather(files, options);
  const partitions = [...tree.partitions.values()]
    .map((partition) => judge(partition, tree, options))
    .sort((a, b) => (a.key < b.key ? -1 : 1));
  return { partitions, counts: statusCounts(partitions) };
}

export function statusCounts(partitions: readonly PartitionVerdict[]): TreeVerdict['counts'] {
  const counts = { whole: 0, running: 0, stale: 0, empty: 0, unknown: 0 };
  for (const { status } of partitions) counts[status]++;
  return counts;
}

interface Tree {
  readonly partitions: Map<string, Gathered>;
  rootMarkerUs: number;
  rootMarker: string;
  commitUs: number;
  commit: string;
}

function gather(files: Iterable<FileFact>, { policy, layout, growing }: JudgeOptions): Tree {
  const tree: Tree = {
    partitions: new Map(),
    rootMarkerUs: Number.NaN,
    rootMarker: '',
    commitUs: Number.NaN,
    commit: '',
  };
  const names = policy.kind === 'partition' || policy.kind === 'root' ? policy.names : [];
  for (const file of files) {
    const { path, modifiedUs } = file;
    if (COMMIT.test(path)) {
      if (later(modifiedUs, tree.commitUs)) [tree.commitUs, tree.commit] = [modifiedUs, path];
      continue;
    }
    const { key, folder, inside } = placeOf(path, layout);
    if (names.includes(inside)) {
      if (policy.kind === 'root') {
        if (folder === '' && later(modifiedUs, tree.rootMarkerUs))
          [tree.rootMarkerUs, tree.rootMarker] = [modifiedUs, path];
        continue;
      }
      const partition = partitionAt(tree, key, folder);
      if (later(modifiedUs, partition.markerUs)) [partition.markerUs, partition.marker] = [modifiedUs, path];
      continue;
    }
    const temporary = TEMPORARY.test(path);
    if (!temporary && isHidden(inside)) continue;
    addData(partitionAt(tree, key, folder), file, temporary || growing?.has(path) === true);
  }
  return tree;
}

/** Names that begin with `_` or `.` are not data for Hadoop's readers, in any folder of the path. */
const isHidden = (inside: string): boolean =>
  inside.split('/').some((part) => part.startsWith('_') || part.startsWith('.'));

const later = (us: number, than: number): boolean => Number.isNaN(than) || us > than;

function partitionAt({ partitions }: Tree, key: string, folder: string): Gathered {
  let partition = partitions.get(folder);
  if (!partition) {
    const unknown = Number.NaN;
    partition = {
      key,
      folder,
      dataFiles: 0,
      dataBytes: 0,
      oldestUs: unknown,
      newestUs: unknown,
      writing: false,
      untimed: false,
      markerUs: unknown,
      marker: '',
    };
    partitions.set(folder, partition);
  }
  return partition;
}

function addData(partition: Gathered, { sizeBytes, modifiedUs }: FileFact, writing: boolean): void {
  partition.dataFiles++;
  partition.dataBytes += sizeBytes;
  if (Number.isNaN(partition.oldestUs) || modifiedUs < partition.oldestUs) partition.oldestUs = modifiedUs;
  if (later(modifiedUs, partition.newestUs)) partition.newestUs = modifiedUs;
  if (writing) partition.writing = true;
  if (Number.isNaN(modifiedUs)) partition.untimed = true;
}

function judge(partition: Gathered, tree: Tree, options: JudgeOptions): PartitionVerdict {
  const [markerUs, marker] = markerOf(partition, tree, options.policy);
  const [status, reason] = statusOf(partition, markerUs, marker !== '', options);
  const { key, folder, dataFiles, dataBytes, oldestUs, newestUs } = partition;
  return {
    key,
    folder,
    status,
    dataFiles,
    dataBytes,
    oldestDataUs: oldestUs,
    newestDataUs: newestUs,
    markerUs,
    marker,
    reason,
  };
}

function markerOf(partition: Gathered, tree: Tree, policy: MarkerPolicy): readonly [number, string] {
  if (policy.kind === 'partition') return [partition.markerUs, partition.marker];
  if (policy.kind === 'root') return [tree.rootMarkerUs, tree.rootMarker];
  return policy.kind === 'table' ? [tree.commitUs, tree.commit] : [Number.NaN, ''];
}

function statusOf(
  { dataFiles, newestUs, writing, untimed }: Gathered,
  markerUs: number,
  hasMarker: boolean,
  { policy, toleranceMs }: JudgeOptions,
): readonly [PartitionStatus, string] {
  if (policy.kind === 'none') return ['unknown', 'it has no flag: only the end of its task tells'];
  if (dataFiles === 0) return ['empty', 'a flag and no data'];
  if (policy.kind === 'directory') {
    return writing ? ['running', 'data is still being written'] : ['whole', 'its folder is its flag'];
  }
  if (!hasMarker) return ['running', policy.kind === 'table' ? 'no commit of the table yet' : 'data and no flag'];
  if (Number.isNaN(markerUs)) return ['unknown', 'the time of its flag is not known'];
  if (untimed) return ['unknown', 'the time of its data is not known'];
  const isNewer = newestUs > markerUs + toleranceMs * 1_000;
  if (isNewer && policy.kind === 'table') return ['running', 'data is newer than the last commit'];
  if (isNewer) return ['stale', 'data is newer than its flag'];
  if (writing) return ['stale', 'data under its flag is still being written'];
  return [
    'whole',
    policy.kind === 'table' ? 'the last commit is newer than its data' : 'its flag is newer than its data',
  ];
}
