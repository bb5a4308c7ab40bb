// Pieces of a log as a run plan that the model plays: a row for each piece, and one before it in a pool without limit
// where a delay lies between what lets it go and its asking for slots. All in one run, under the ideal orchestrator.
// What does not change from one replay to the next (definitions, rows) is made once.

import { int32Column, rowNumbers } from '../../../shared/base/columns.ts';
import { GrowableInt32 } from '../../../shared/base/growable.ts';
import type { PipelineDef, TaskDef } from '../../../shared/scenario/workload.ts';
import type { PlanDefinitions } from '../../orchestrator/run-plan/definitions.ts';
import { type PlannedDependencies, type RunPlan, WaitKind } from '../../orchestrator/run-plan/plan.ts';
import type { Piece } from './pieces.ts';

export interface ReplayPool {
  readonly name: string;
  /** null for no limit. */
  readonly slots: number | null;
}

/** Which pool a piece takes slots of, how many, and how urgent it is. */
export interface PieceSlots {
  readonly pools: readonly ReplayPool[];
  /** By piece: row of pools, or -1 for none. */
  readonly pool: Int32Array;
  readonly slots: Int32Array;
  readonly priority: Int32Array;
}

export class ReplayPlans {
  /** By piece: the row of its delay, or -1. */
  readonly delayRow: Int32Array;
  readonly #pieces: readonly Piece[];
  readonly #slots: PieceSlots;
  readonly #count: number;
  readonly #tasks: readonly TaskDef[];
  /** What is the same in every plan. */
  readonly #common: CommonColumns;
  #unchanged: PlannedDependencies | null = null;

  constructor(pieces: readonly Piece[], slots: PieceSlots) {
    this.#pieces = pieces;
    this.#slots = slots;
    let next = pieces.length;
    this.delayRow = int32Column(pieces.length, (i) => (pieces[i].delayMs > 0 ? next++ : -1));
    this.#count = next;
    const tasks = pieces.map((piece) => workOf(piece));
    for (const [i, piece] of pieces.entries()) if (this.delayRow[i] >= 0) tasks[this.delayRow[i]] = delayOf(piece);
    this.#tasks = tasks;
    this.#common = commonColumns(next);
  }

  /** `pieces`: as many as these plans were made of. `removed`: by piece, 1 for one that takes no slots. */
  plan(pieces: readonly Piece[], pools: readonly ReplayPool[], removed: Uint8Array): RunPlan {
    const count = this.#count;
    const { rows, zeros, single, undue, none } = this.#common;
    return {
      frame: { seed: 0, replication: 0, startMs: 0, horizonMs: HORIZON_MS },
      definitions: this.#definitions(pieces, pools, removed),
      runs: ONE_RUN,
      taskRuns: {
        count,
        run: zeros,
        task: rows,
        mapIndex: single,
        releaseMs: this.#releases(pieces),
        deadlineMs: undue,
        ofRun: { offsets: Int32Array.of(0, count), values: rows },
      },
      dependencies: this.hasSameWaits(pieces)
        ? (this.#unchanged ??= this.#dependencies(pieces))
        : this.#dependencies(pieces),
      reads: none,
      writes: none,
      partitions: {
        count: 0,
        dataset: NO_ROWS,
        index: NO_ROWS,
        writers: { offsets: new Int32Array(1), values: NO_ROWS },
      },
      dynamic: [],
      landings: [],
      open: { taskRun: NO_ROWS, partition: NO_ROWS, wait: NO_ROWS },
      variesByReplication: false,
    };
  }

  /** Nothing waits for anything else than in the log: then all plans share their dependencies. */
  hasSameWaits(pieces: readonly Piece[]): boolean {
    return pieces.every(({ waits }, i) => waits === this.#pieces[i].waits);
  }

  #definitions(pieces: readonly Piece[], pools: readonly ReplayPool[], removed: Uint8Array): PlanDefinitions {
    const count = this.#count;
    const free = pools.length;
    const { pool, slots, priority } = this.#slots;
    const ofPiece = (column: Int32Array, other: number): Int32Array =>
      int32Column(count, (row) => (row < pieces.length ? column[row] : other));
    const isFree = (row: number): boolean => row >= pieces.length || pool[row] < 0 || removed[row] === 1;
    return {
      workload: {
        pools: [...pools, { name: 'no pool', slots: null }].map((one) => ({ ...one, slowdown: [] })),
        datasets: [],
        pipelines: [PIPELINE],
        taskOrder: null,
      },
      pipelines: [PIPELINE],
      firstTask: Int32Array.of(0, count),
      tasks: this.#changedTasks(pieces),
      pipelineOf: this.#common.zeros,
      pool: int32Column(count, (row) => (isFree(row) ? free : pool[row])),
      poolSlots: int32Column(free + 1, (row) => pools[row]?.slots ?? -1),
      slots: ofPiece(slots, 1),
      priority: ofPiece(priority, 0),
      pipelineHash: Int32Array.of(0),
      taskHash: this.#common.zeros,
      after: this.#common.noRows,
      writes: this.#common.noRows,
      reads: this.#common.nothing,
      awaits: this.#common.nothing,
      writers: [],
      waits: [],
    };
  }

  #changedTasks(pieces: readonly Piece[]): readonly TaskDef[] {
    if (pieces === this.#pieces) return this.#tasks;
    const tasks = [...this.#tasks];
    for (const [i, piece] of pieces.entries()) {
      if (piece === this.#pieces[i]) continue;
      tasks[i] = workOf(piece);
      if (this.delayRow[i] >= 0) tasks[this.delayRow[i]] = delayOf(piece);
    }
    return tasks;
  }

  /** Of a delayed piece it is the delay that is released. */
  #releases(pieces: readonly Piece[]): Float64Array {
    const releaseMs = new Float64Array(this.#count);
    for (const [i, piece] of pieces.entries()) releaseMs[this.#firstRow(i)] = piece.releaseMs;
    return releaseMs;
  }

  #firstRow(piece: number): number {
    return this.delayRow[piece] < 0 ? piece : this.delayRow[piece];
  }

  /** A delayed piece waits for its delay, and the delay for what the piece waited for. */
  #dependencies(pieces: readonly Piece[]): PlannedDependencies {
    const offsets = new Int32Array(this.#count + 1);
    const upstream = new GrowableInt32();
    const kind = new GrowableInt32();
    const seenBy = new Int32Array(pieces.length).fill(-1);
    const addWaits = (i: number): void => {
      // Of two ways to wait for the same one the publish is the later, and counts alone.
      for (const by of ['publish', 'end'] as const)
        for (const wait of pieces[i].waits) {
          if (wait.by !== by || seenBy[wait.piece] === i) continue;
          seenBy[wait.piece] = i;
          upstream.push(wait.piece);
          kind.push(by === 'publish' ? WaitKind.publish : WaitKind.finish);
        }
    };
    for (let i = 0; i < pieces.length; i++) {
      if (this.delayRow[i] < 0) addWaits(i);
      else {
        upstream.push(this.delayRow[i]);
        kind.push(WaitKind.finish);
      }
      offsets[i + 1] = upstream.length;
    }
    for (let i = 0; i < pieces.length; i++) {
      if (this.delayRow[i] < 0) continue;
      addWaits(i);
      offsets[this.delayRow[i] + 1] = upstream.length;
    }
    const none = new Int32Array(upstream.length).fill(-1);
    const kinds = Uint8Array.from(kind.finish());
    return { offsets, upstream: upstream.finish(), kind: kinds, wait: none, partition: none, group: none };
  }
}

const HORIZON_MS = 86_400_000;
const NO_ROWS = new Int32Array(0);
const NOTHING: readonly never[] = [];

type CommonColumns = ReturnType<typeof commonColumns>;

const commonColumns = (count: number) => ({
  rows: rowNumbers(count),
  zeros: new Int32Array(count),
  single: new Int32Array(count).fill(-1),
  undue: new Float64Array(count).fill(Number.NaN),
  none: { offsets: new Int32Array(count + 1), partition: NO_ROWS },
  noRows: Array.from({ length: count }, () => NO_ROWS),
  nothing: Array.from({ length: count }, () => NOTHING),
});

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

const ONE_RUN: RunPlan['runs'] = {
  count: 1,
  pipeline: Int32Array.of(0),
  kind: Uint8Array.of(0),
  dueMs: Float64Array.of(0),
  nominalMs: Float64Array.of(0),
  anchorMs: Float64Array.of(0),
  backfill: Int32Array.of(-1),
  previous: Int32Array.of(-1),
  nameHash: Int32Array.of(0),
  triggers: { offsets: new Int32Array(2), values: NO_ROWS, byMarker: new Uint8Array(0) },
};

const workOf = ({ startUpMs, runMs, publishMs }: Piece): TaskDef => taskOf(startUpMs + runMs, publishMs);
const delayOf = ({ delayMs }: Piece): TaskDef => taskOf(delayMs, 0);

/** Pools, slots and priorities stand in the columns of the definitions. */
const taskOf = (durationMs: number, publishMs: number): TaskDef => ({
  name: '',
  duration: { kind: 'constant', valueMs: durationMs },
  stragglers: null,
  pool: '',
  slots: 1,
  priority: 0,
  after: [],
  rule: 'all_success',
  reads: [],
  writes: [],
  awaits: [],
  retries: NO_RETRIES,
  timeoutMs: null,
  concurrency: null,
  map: null,
  notBeforeMs: 0,
  deadlineMs: null,
  finalize: publishMs > 0 ? { kind: 'constant', valueMs: publishMs } : null,
  dependsOnPast: false,
  waitForDownstream: false,
});

const NO_RETRIES = { times: 0, delayMs: 0, backoff: 'fixed', capMs: 0 } as const;
