// What markers and listings tell, as a log: when data of a partition began (inferred from its oldest file), when it was
// last written to, and when its flag was there. Who wrote it, and what was there before an overwrite, is unknown.

import type { PartitionVerdict } from '../../../shared/analysis/markers/judge.ts';
import { type Catalog, catalogOf } from '../../../shared/model/catalog.ts';
import { EventKind, Evidence, packEvidence } from '../../../shared/model/event.ts';
import { EventWriter } from '../../../shared/model/event-writer.ts';
import type { Log } from '../../../shared/model/log.ts';

export interface MarkedDataset {
  readonly namespace: string;
  readonly dataset: string;
  readonly partitions: readonly PartitionVerdict[];
}

const INFERRED = packEvidence(Evidence.inferred, Evidence.inferred);
const RECORDED = packEvidence(Evidence.recorded, Evidence.inferred);
const NONE = new Int32Array(0);

export function markerLog(marked: MarkedDataset): { catalog: Catalog; log: Log } {
  const { namespace, dataset, partitions } = marked;
  const datasets = { namespace: [namespace], name: [dataset] };
  const catalog = catalogOf({
    pipelines: { namespace: [], name: [], domain: [], owner: [], schedule: [] },
    tasks: { pipeline: NONE, name: [], pool: NONE, slots: NONE, priority: NONE },
    datasets,
    pools: { name: [], slots: NONE },
    dependencies: { task: NONE, upstream: NONE, kind: new Uint8Array(0), dataset: NONE },
    reads: { task: NONE, dataset: NONE, declared: new Uint8Array(0) },
    writes: { task: NONE, dataset: NONE, declared: new Uint8Array(0) },
  });
  const texts: string[] = [];
  const text = (value: string): number => texts.push(value) - 1;
  const keys = Int32Array.from(partitions, ({ key }) => text(key));
  const writer = new EventWriter();
  for (const [version, partition] of partitions.entries()) addEvents(writer, version, partition, text);
  const unknown = new Float64Array(0);
  const log: Log = {
    name: `markers-${dataset}`.replace(/[^\w.-]+/g, '-'),
    source: 'observed',
    title: `Markers of ${dataset}`,
    catalogs: [{ fromUs: Number.NEGATIVE_INFINITY, hash: catalog.hash }],
    zone: 'UTC',
    landing: 'published',
    names: {
      pipelines: { namespace: [], name: [], domain: [] },
      tasks: { pipeline: NONE, name: [] },
      datasets,
      pools: { name: [], slots: NONE },
      texts,
    },
    runs: { pipeline: NONE, runId: [], logicalKey: [], nominalStartUs: unknown, nominalEndUs: unknown },
    taskRuns: { run: NONE, task: NONE, mapIndex: NONE, pool: NONE, deadlineUs: unknown },
    versions: {
      dataset: new Int32Array(partitions.length),
      partitionKey: keys,
      // What was there before an overwrite nobody knows.
      number: new Int32Array(partitions.length),
      owner: new Int32Array(partitions.length).fill(-1),
    },
    chunks: writer.finish(),
  };
  return { catalog, log };
}

function addEvents(
  writer: EventWriter,
  version: number,
  { status, oldestDataUs, newestDataUs, markerUs, marker }: PartitionVerdict,
  text: (value: string) => number,
): void {
  const push = (kind: number, timeUs: number, evidence: number, path = -1): void =>
    writer.push({ kind, timeUs, version, evidence, text: path });
  if (!Number.isNaN(oldestDataUs)) push(EventKind.versionOpened, oldestDataUs, INFERRED);
  if (newestDataUs > oldestDataUs) push(EventKind.versionHeartbeat, newestDataUs, INFERRED);
  if (Number.isNaN(markerUs)) return;
  if (status === 'whole') push(EventKind.versionFinalized, markerUs, INFERRED);
  push(EventKind.versionMarker, markerUs, RECORDED, text(marker));
}
