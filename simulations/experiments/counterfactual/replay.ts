// Plays a log again: unchanged, which is the control, or with one thing changed. Its own recorded lengths and delays, and
// the waits for slots made anew. Deterministic; nothing is drawn.

import type { ChainReader } from '../../../shared/analysis/why/critical-chain.ts';
import type { ReplayChange } from '../../../shared/api/views-why.ts';
import { float64Column, int32Column } from '../../../shared/base/columns.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { Log } from '../../../shared/model/log.ts';
import { PRESETS } from '../../../shared/scenario/presets.ts';
import { compileGraph, type ModelGraph } from '../../orchestrator/model/model-graph.ts';
import { ModelPlayer } from '../../orchestrator/model/play-model.ts';
import { applyChange, type Changed } from './change.ts';
import { type Piece, piecesOf, type ReplayPieces, SPAN_MAX_MS } from './pieces.ts';
import { type PieceSlots, ReplayPlans } from './replay-plan.ts';

/** By piece, ms from the replay's start; NaN for what did not happen. */
export interface ReplayTimes {
  readonly pieces: readonly Piece[];
  /** By piece: 1 when the change took it away. */
  readonly removed: Uint8Array;
  readonly letGoMs: Float64Array;
  readonly askedMs: Float64Array;
  readonly grantedMs: Float64Array;
  readonly startedMs: Float64Array;
  readonly endedMs: Float64Array;
  readonly publishedMs: Float64Array;
}

export class Replay {
  readonly log: Log;
  readonly pieces: ReplayPieces;
  readonly #slots: PieceSlots;
  readonly #plans: ReplayPlans;
  readonly #largest: Int32Array;
  #graph: ModelGraph | null = null;

  private constructor(log: Log, pieces: ReplayPieces, reader: ChainReader) {
    this.log = log;
    this.pieces = pieces;
    this.#slots = slotsOf(log, pieces, reader);
    this.#plans = new ReplayPlans(pieces.pieces, this.#slots);
    this.#largest = largestOf(this.#slots);
  }

  /** Refused: a log in which nothing ran, or one that is longer than the engine's time. */
  static of(log: Log, reader: ChainReader): Result<Replay, string> {
    const pieces = piecesOf(log, reader);
    if (pieces.pieces.length === 0) return err('nothing ran in this log, so there is nothing to play again');
    if (pieces.endMs > SPAN_MAX_MS) return err('this log is longer than 12 days: choose the log of one night');
    return ok(new Replay(log, pieces, reader));
  }

  /** `until`: a piece whose landing ends the play: times of others may be missing then; -1 plays to the end. */
  play(change: ReplayChange, until = -1): Result<ReplayTimes, string> {
    const { log, pieces: replay } = this;
    const changed = applyChange({ log, replay, pools: this.#slots.pools, largest: this.#largest }, change);
    return changed.ok ? ok(this.#played(changed.value, until)) : changed;
  }

  #played({ pieces, pools, removed }: Changed, until: number): ReplayTimes {
    const plan = this.#plans.plan(pieces, pools, removed);
    const graph = this.#plans.hasSameWaits(pieces) ? (this.#graph ??= compileGraph(plan)) : compileGraph(plan);
    const player = new ModelPlayer({
      plan,
      graph,
      orchestrator: PRESETS.ideal,
      faults: [],
      backfillRuns: [],
      warmUpMs: 0,
      history: null,
      landing: 'published',
    });
    if (until < 0) player.play(0);
    else player.playUntil(0, Int32Array.of(until));
    const { readyMs, enqueuedMs, grantedMs, startMs, finishMs } = player.times;
    const count = pieces.length;
    const { delayRow } = this.#plans;
    return {
      pieces,
      removed,
      letGoMs: float64Column(count, (i) => readyMs[delayRow[i] < 0 ? i : delayRow[i]]),
      askedMs: enqueuedMs.slice(0, count),
      grantedMs: grantedMs.slice(0, count),
      startedMs: float64Column(count, (i) => startMs[i] + pieces[i].startUpMs),
      endedMs: finishMs.slice(0, count),
      publishedMs: float64Column(count, (i) => finishMs[i] + pieces[i].publishMs),
    };
  }
}

function slotsOf(log: Log, { pieces }: ReplayPieces, reader: ChainReader): PieceSlots {
  const { names, taskRuns } = log;
  const { join } = reader.upstreams;
  const pools = names.pools.name.map((name, i) => ({
    name,
    slots: names.pools.slots[i] < 0 ? null : names.pools.slots[i],
  }));
  const pool = int32Column(pieces.length, (i) => taskRuns.pool[pieces[i].taskRun]);
  return {
    pools,
    pool,
    // More than there are would never be granted, and it did run.
    slots: int32Column(pieces.length, (i) => {
      const most = pool[i] < 0 ? 1 : (pools[pool[i]].slots ?? Number.MAX_SAFE_INTEGER);
      return Math.max(1, Math.min(most, join.slotsOf(taskRuns.task[pieces[i].taskRun])));
    }),
    priority: int32Column(pieces.length, (i) => {
      const task = join.taskOf[taskRuns.task[pieces[i].taskRun]];
      return task < 0 ? 0 : join.catalog.tasks.priority[task];
    }),
  };
}

function largestOf({ pools, pool, slots }: PieceSlots): Int32Array {
  const largest = new Int32Array(pools.length);
  pool.forEach((row, i) => {
    if (row >= 0) largest[row] = Math.max(largest[row], slots[i]);
  });
  return largest;
}
