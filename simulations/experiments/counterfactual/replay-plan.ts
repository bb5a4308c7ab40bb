// Pieces of a log as a run plan that the model plays: a task for each piece, and one before it in a pool without limit
// where a delay lies between what lets it go and its asking for slots. All in one run, under the ideal orchestrator.

import { rowNumbers } from '../../../shared/base/columns.ts';
import { GrowableInt32 } from '../../../shared/base/growable.ts';
import { PRESETS } from '../../../shared/scenario/presets.ts';
import type { PipelineDef, TaskDef } from '../../../shared/scenario/workload.ts';
import { numberWorkload } from '../../orchestrator/run-plan/definitions.ts';
import { type PlannedDependencies, type RunPlan, WaitKind } from '../../orchestrator/run-plan/plan.ts';
import type { Piece } from './pieces.ts';

export interface ReplayPool {
  readonly name: string;
  /** null for no limit. */
  readonly slots: number | null;
}

/** Which pool a task run takes slots of, how many, and how urgent it is. */
export interface PieceSlots {
  readonly pools: readonly ReplayPool[];
  /** By piece: row of pools, or -1 for none. */
  readonly pool: Int32Array;
  readonly slots: Int32Array;
  readonly priority: Int32Array;
}

const FREE = 'no pool';

/** Rows of pieces come first, in their order; then those of their delays. */
export function replayPlan(pieces: readonly Piece[], slots: PieceSlots): RunPlan {
  const delays = pieces
    .map((piece, i) => ({ piece, i }))
    .filter(({ piece }) => piece.waits.length > 0 && piece.delayMs > 0);
  const delayRow = new Int32Array(pieces.length).fill(-1);
  for (const [row, { i }] of delays.entries()) delayRow[i] = pieces.length + row;
  const tasks = [
    ...pieces.map((piece, i) => taskOf(piece, i, slots, delayRow[i] >= 0)),
    ...delays.map(({ piece, i }) => ({ ...BLANK, name: `${i}'`, pool: FREE, duration: constant(piece.delayMs) })),
  ];
  const definitions = numberWorkload(
    {
      pools: [...slots.pools.map((pool) => ({ ...pool, slowdown: [] })), { name: FREE, slots: null, slowdown: [] }],
      datasets: [],
      pipelines: [{ ...PIPELINE, tasks }],
      taskOrder: null,
    },
    PRESETS.ideal,
  );
  const count = tasks.length;
  const none = { offsets: new Int32Array(count + 1), partition: new Int32Array(0) };
  const releaseMs = new Float64Array(count);
  for (const [i, piece] of pieces.entries()) {
    const isDelayed = delayRow[i] >= 0;
    const asksMs = piece.releaseMs + (piece.waits.length === 0 ? piece.delayMs : 0);
    releaseMs[isDelayed ? delayRow[i] : i] = isDelayed ? piece.releaseMs : asksMs;
  }
  return {
    frame: { seed: 0, replication: 0, startMs: 0, horizonMs: HORIZON_MS },
    definitions,
    runs: oneRun(),
    taskRuns: {
      count,
      run: new Int32Array(count),
      task: rowNumbers(count),
      mapIndex: new Int32Array(count).fill(-1),
      releaseMs,
      deadlineMs: new Float64Array(count).fill(Number.NaN),
      ofRun: { offsets: Int32Array.of(0, count), values: rowNumbers(count) },
    },
    dependencies: dependenciesOf(pieces, delayRow, count),
    reads: none,
    writes: none,
    partitions: { count: 0, dataset: new Int32Array(0), index: new Int32Array(0), writers: EMPTY },
    dynamic: [],
    open: { taskRun: NO_ROWS, partition: NO_ROWS, wait: NO_ROWS },
    variesByReplication: false,
  };
}

const HORIZON_MS = 86_400_000;
const NO_ROWS = new Int32Array(0);
const EMPTY = { offsets: new Int32Array(1), values: NO_ROWS };
const constant = (valueMs: number) => ({ kind: 'constant', valueMs }) as const;

const PIPELINE: PipelineDef = {
  name: 'replay',
  domain: '',
  owner: '',
  tier: '',
  tags: [],
  schedule: { kind: 'at', atMs: [0] },
  zone: 'UTC',
  partitionOf: 'interval',
  jitter: null,
  skipDays: [],
  catchUpFromMs: null,
  activeRuns: null,
  activeTasks: null,
  variation: { run: 0, night: 0 },
  tasks: [],
};

const BLANK: TaskDef = {
  name: '',
  duration: constant(0),
  stragglers: null,
  pool: FREE,
  slots: 1,
  priority: 0,
  after: [],
  rule: 'all_success',
  reads: [],
  writes: [],
  awaits: [],
  retries: { times: 0, delayMs: 0, backoff: 'fixed', capMs: 0 },
  timeoutMs: null,
  concurrency: null,
  map: null,
  notBeforeMs: 0,
  deadlineMs: null,
  finalize: null,
  dependsOnPast: false,
  waitForDownstream: false,
};

function taskOf(piece: Piece, i: number, { pools, pool, slots, priority }: PieceSlots, isDelayed: boolean): TaskDef {
  return {
    ...BLANK,
    name: `${i}`,
    duration: constant(piece.startUpMs + piece.runMs),
    pool: pool[i] < 0 ? FREE : pools[pool[i]].name,
    slots: slots[i],
    priority: priority[i],
    finalize: piece.publishMs > 0 ? constant(piece.publishMs) : null,
    notBeforeMs: isDelayed ? 0 : piece.releaseMs,
  };
}

function oneRun(): RunPlan['runs'] {
  return {
    count: 1,
    pipeline: Int32Array.of(0),
    kind: Uint8Array.of(0),
    dueMs: Float64Array.of(0),
    nominalMs: Float64Array.of(0),
    anchorMs: Float64Array.of(0),
    backfill: Int32Array.of(-1),
    previous: Int32Array.of(-1),
    nameHash: Int32Array.of(0),
    triggers: { offsets: new Int32Array(2), values: NO_ROWS },
  };
}

/** A delayed piece waits for its delay, and the delay for what the piece waited for. */
function dependenciesOf(pieces: readonly Piece[], delayRow: Int32Array, count: number): PlannedDependencies {
  const offsets = new Int32Array(count + 1);
  const upstream = new GrowableInt32();
  const kind: number[] = [];
  const addWaits = (piece: Piece): void => {
    const seen = new Set<number>();
    for (const { piece: on, by } of piece.waits) {
      // Of two ways to wait for the same one the publish is the later.
      if (seen.has(on)) continue;
      const isPublish = by === 'publish' || piece.waits.some((other) => other.piece === on && other.by === 'publish');
      seen.add(on);
      upstream.push(on);
      kind.push(isPublish ? WaitKind.publish : WaitKind.finish);
    }
  };
  for (const [i, piece] of pieces.entries()) {
    if (delayRow[i] >= 0) {
      upstream.push(delayRow[i]);
      kind.push(WaitKind.finish);
    } else addWaits(piece);
    offsets[i + 1] = upstream.length;
  }
  for (const [i, piece] of pieces.entries()) {
    if (delayRow[i] < 0) continue;
    addWaits(piece);
    offsets[delayRow[i] + 1] = upstream.length;
  }
  const none = new Int32Array(upstream.length).fill(-1);
  return {
    offsets,
    upstream: upstream.finish(),
    kind: Uint8Array.from(kind),
    wait: none,
    partition: none,
    group: none,
  };
}
