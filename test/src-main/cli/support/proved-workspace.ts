// A workspace whose one log proves an early read: recs.train_daily says that it read version 1 of `events` at 00:45,
// and that version was whole at 01:04.

import { catalogOf } from '../../../../shared/model/catalog.ts';
import { EventKind, Outcome } from '../../../../shared/model/event.ts';
import { EventWriter } from '../../../../shared/model/event-writer.ts';
import type { Log } from '../../../../shared/model/log.ts';
import { Workspace } from '../../../../src-main/store/workspace.ts';

const ints = (...values: number[]): Int32Array => Int32Array.from(values);
const byte = (...values: number[]): Uint8Array => Uint8Array.from(values);

const CATALOG = catalogOf({
  pipelines: {
    namespace: ['prod', 'prod'],
    name: ['ingest', 'recs'],
    domain: ['ingest', 'recs'],
    owner: ['', ''],
    schedule: ['20 0 * * *', '45 0 * * *'],
  },
  tasks: {
    pipeline: ints(0, 1),
    name: ['events_raw', 'train_daily'],
    pool: ints(-1, -1),
    slots: ints(1, 1),
    priority: ints(0, 0),
  },
  datasets: { namespace: ['lake'], name: ['events'] },
  pools: { name: [], slots: ints() },
  dependencies: { task: ints(), upstream: ints(), kind: byte(), dataset: ints() },
  reads: { task: ints(1), dataset: ints(0), declared: byte(0) },
  writes: { task: ints(0), dataset: ints(0), declared: byte(1) },
});

const at = (clock: string): number => Date.parse(`2025-12-25T${clock}:00Z`) * 1_000;

function provedLog(): Log {
  const events = new EventWriter();
  const ingest = { run: 0, taskRun: 0, attempt: 1 };
  const train = { run: 1, taskRun: 1, attempt: 1 };
  events.push({ ...ingest, timeUs: at('00:42'), kind: EventKind.taskStarted });
  events.push({ ...ingest, timeUs: at('00:42'), kind: EventKind.versionOpened, version: 0 });
  events.push({ ...train, timeUs: at('00:45'), kind: EventKind.taskStarted });
  events.push({ ...train, timeUs: at('00:45'), kind: EventKind.read, version: 0, value: 480e6 });
  events.push({ ...ingest, timeUs: at('01:02'), kind: EventKind.taskEnded, code: Outcome.success });
  events.push({ ...ingest, timeUs: at('01:04'), kind: EventKind.versionFinalized, version: 0, value: 3_200e6 });
  events.push({ ...ingest, timeUs: at('01:04'), kind: EventKind.versionPublished, version: 0 });
  events.push({ ...train, timeUs: at('01:31'), kind: EventKind.taskEnded, code: Outcome.success });
  return {
    name: 'incident',
    source: 'observed',
    title: 'The night of 24 December',
    catalogs: [{ fromUs: Number.NEGATIVE_INFINITY, hash: CATALOG.hash }],
    zone: 'UTC',
    landing: 'published',
    names: {
      pipelines: CATALOG.pipelines,
      tasks: CATALOG.tasks,
      datasets: CATALOG.datasets,
      pools: CATALOG.pools,
      texts: ['date=2025-12-24'],
    },
    runs: {
      pipeline: ints(0, 1),
      runId: ['ingest-1', 'recs-1'],
      logicalKey: ['date=2025-12-24', 'date=2025-12-24'],
      nominalStartUs: new Float64Array(2).fill(Number.NaN),
      nominalEndUs: new Float64Array(2).fill(Number.NaN),
    },
    taskRuns: {
      run: ints(0, 1),
      task: ints(0, 1),
      mapIndex: ints(-1, -1),
      pool: ints(-1, -1),
      deadlineUs: Float64Array.of(at('01:00'), Number.NaN),
    },
    versions: { dataset: ints(0), partitionKey: ints(0), number: ints(1), owner: ints(0) },
    chunks: events.finish(),
  };
}

export async function makeProvedWorkspace(dir: string): Promise<void> {
  const workspace = await Workspace.create(dir, 'proved');
  await workspace.addImport({
    contentHash: 'ab'.repeat(32),
    importedFrom: 'by hand',
    catalog: CATALOG,
    log: provedLog(),
  });
  await workspace.close();
}
