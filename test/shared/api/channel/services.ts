// Services for the contract cases: each test says what its method does; any other method fails.

import type { CallContext, Handlers } from '../../../../shared/api/client.ts';
import { CONTRACT, type Method } from '../../../../shared/api/contract.ts';
import type { GraphView, ImportView, LogSummary, WorkspaceView } from '../../../../shared/api/views.ts';

export type Context = CallContext<'imports.run'>;

const unasked = async (): Promise<never> => {
  throw new Error('no test asked for this method');
};

export function handlersWith(handlers: Partial<Handlers>): Handlers {
  const all = Object.fromEntries((Object.keys(CONTRACT) as Method[]).map((method) => [method, unasked]));
  return { ...(all as unknown as Handlers), ...handlers };
}

export const WORKSPACE: WorkspaceView = { name: 'night', dir: '/tmp/night', revision: 3, logs: [] };

export const IMPORTED: ImportView = {
  files: [],
  logs: [],
  alreadyThere: [],
  problems: [{ severity: 'warning', file: 'a.ndjson', line: 7, reason: 'no such zone' }],
  problemCount: 1,
  errorCount: 0,
};

export const graphOf = (nodes: number): GraphView => ({
  pipelines: {
    namespace: ['prod', 'prod'],
    name: ['a', 'ü'],
    domain: ['', ''],
    owner: ['', ''],
    schedule: ['', ''],
    taskCount: Int32Array.from({ length: nodes }, (_, i) => i),
    hasDeadline: Uint8Array.from([1, 0]),
  },
  datasets: { namespace: [], name: [] },
  writes: { pipeline: new Int32Array(0), dataset: new Int32Array(0) },
  reads: { pipeline: new Int32Array(0), dataset: new Int32Array(0), declared: new Uint8Array(0) },
  direct: { from: new Int32Array(0), to: Int32Array.from([-1]) },
});

/** A summary in which much is unknown, and unknown is not zero. */
export const SUMMARY: LogSummary = {
  log: {
    name: 'observed',
    title: 'Observed',
    source: 'observed',
    zone: 'UTC',
    fromUs: Number.NaN,
    toUs: Number.POSITIVE_INFINITY,
    pipelines: 0,
    tasks: 0,
    datasets: 0,
    runs: 0,
    taskRuns: 0,
    events: 0,
    importedFrom: '',
  },
  startLatency: {
    measuredCount: 0,
    unknownCount: 4,
    inferredCount: 0,
    p50Ms: Number.NaN,
    p90Ms: Number.NaN,
    p99Ms: Number.NaN,
    maxMs: Number.NaN,
    targets: [],
  },
  deadlines: { total: 0, met: 0, missed: 0, unknown: 0 },
  earlyReads: { proved: 0, overlap: 0, cannotTell: 0 },
};
