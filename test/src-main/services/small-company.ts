// A company of three pipelines, and a night of it whose log has names of its own: another order than the catalog's,
// one pipeline that the catalog does not define, and one of the catalog's that did not run.

import { type Catalog, catalogOf } from '../../../shared/model/catalog.ts';
import type { Log } from '../../../shared/model/log.ts';

const ints = (...values: number[]): Int32Array => Int32Array.from(values);
const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** ingest.load writes raw; sessions.split and sessions.join read it; report reads it with no wait declared. */
export const SMALL_CATALOG: Catalog = catalogOf({
  pipelines: {
    namespace: ['prod', 'prod', 'prod'],
    name: ['ingest', 'sessions', 'report'],
    domain: ['ingest', 'features', 'finance'],
    owner: ['ann', 'bob', ''],
    schedule: ['0 1 * * *', 'dataset trigger', '@daily'],
  },
  tasks: {
    pipeline: ints(0, 1, 1, 2),
    name: ['load', 'split', 'join', 'report'],
    pool: ints(0, 0, 1, -1),
    slots: ints(1, 1, 1, 1),
    priority: ints(0, 0, 0, 0),
  },
  datasets: { namespace: ['db', 'db'], name: ['raw', 'sessions'] },
  pools: { name: ['default', 'spark'], slots: ints(8, 4) },
  dependencies: {
    task: ints(1, 2, 3),
    upstream: ints(0, 1, 2),
    kind: bytes(1, 0, 0),
    dataset: ints(0, -1, -1),
  },
  reads: { task: ints(1, 2, 3), dataset: ints(0, 0, 0), declared: bytes(1, 0, 0) },
  writes: { task: ints(0, 2), dataset: ints(0, 1), declared: bytes(1, 1) },
});

/** Rows of the log's names: 0 sessions, 1 ingest, 2 adhoc (in no catalog). Nothing ran of `report`. */
export const SMALL_LOG: Log = {
  name: 'small',
  source: 'observed',
  title: 'A small night',
  catalogs: [{ fromUs: Number.NEGATIVE_INFINITY, hash: SMALL_CATALOG.hash }],
  zone: 'UTC',
  landing: 'published',
  names: {
    pipelines: {
      namespace: ['prod', 'prod', 'lab'],
      name: ['sessions', 'ingest', 'adhoc'],
      domain: ['features', 'ingest', 'lab'],
    },
    tasks: { pipeline: ints(1, 0, 2, 0), name: ['load', 'split', 'query', 'join'] },
    datasets: { namespace: ['db', 'lab'], name: ['sessions', 'scratch'] },
    pools: { name: ['spark'], slots: ints(4) },
    texts: [],
  },
  runs: {
    pipeline: ints(1, 0, 2),
    runId: ['i1', 's1', 'a1'],
    logicalKey: ['date=2025-12-24', 'date=2025-12-24', ''],
    nominalStartUs: new Float64Array(3),
    nominalEndUs: new Float64Array(3),
  },
  taskRuns: {
    run: ints(1, 0, 2, 1, 1),
    task: ints(1, 0, 2, 1, 3),
    mapIndex: ints(1, -1, -1, 0, -1),
    pool: ints(0, -1, -1, 0, 0),
    deadlineUs: Float64Array.of(Number.NaN, Number.NaN, Number.NaN, Number.NaN, 7_200e6),
  },
  versions: { dataset: ints(0), partitionKey: ints(-1), number: ints(1), owner: ints(4) },
  chunks: [],
};
