// The player of plans that are reference days in all but their durations, which are drawn: the same answers as the model
// player with everything at its ideal, three times as fast, for experiments that play a plan a thousand times.
// Never a plan that is anything more: `plainPlayer` gives null for it, and the model plays it.
// Limit: a play that ends past 2^30 ms throws DayRefusedError; the model has no such limit.

import { Outcome } from '../../shared/model/event.ts';
import { compileDurations, type DurationSampler, LONG_MS } from './durations/compile.ts';
import type { ModelInput } from './model/model-parts.ts';
import { type ModelTimes, newTimes } from './model/model-times.ts';
import type { Player } from './played.ts';
import { createDayPlayer, type DayPlayer, DayRefusedError } from './reference-day.ts';
import type { RunPlan } from './run-plan/plan.ts';
import { referenceDayOf } from './run-plan/reference-day-of.ts';

/** Null when the model has something to add to a reference day. */
export function plainPlayer(input: ModelInput): Player | null {
  const { plan, orchestrator, faults } = input;
  if (faults.length > 0 || hasMore(plan)) return null;
  const sampler = compileDurations(plan, input.history, input.antithetic);
  const durationMs = new Int32Array(plan.taskRuns.count);
  sampler.fill(0, durationMs);
  const day = referenceDayOf(plan, orchestrator, durationMs);
  if (!day.ok) return null;
  try {
    const { finalizeMs, publishMs, dispatchMs, pool } = day.value;
    return new PlainPlayer(input, createDayPlayer(day.value), {
      sampler,
      durationMs,
      finalizeMs,
      publishMs,
      dispatchMs,
      pool,
    });
  } catch (error) {
    if (error instanceof DayRefusedError) return null;
    throw error;
  }
}

/** Readers that look at markers, writers that wait for each other. */
function hasMore({ definitions, partitions }: RunPlan): boolean {
  const { offsets } = partitions.writers;
  const isShared = offsets.some((at, i) => i > 0 && at - offsets[i - 1] > 1);
  return isShared || definitions.workload.datasets.some(({ marker }) => marker !== null);
}

interface PlainColumns {
  readonly sampler: DurationSampler;
  readonly durationMs: Int32Array;
  readonly finalizeMs: Int32Array;
  readonly pool: Int32Array;
  readonly publishMs: number;
  readonly dispatchMs: number;
}

class PlainPlayer implements Player {
  readonly times: ModelTimes;
  readonly meter: { readonly usedMs: Float64Array; readonly waitingMs: Float64Array };
  readonly poolWaits: { readonly sumMs: Float64Array; readonly count: Float64Array };
  endMs = 0;
  readonly #player: DayPlayer;
  readonly #columns: PlainColumns;
  readonly #warmUpMs: number;
  readonly #landsAfterMs: number;

  constructor({ plan, warmUpMs, landing }: ModelInput, player: DayPlayer, columns: PlainColumns) {
    this.#player = player;
    this.#columns = columns;
    this.#warmUpMs = warmUpMs;
    this.#landsAfterMs = landing === 'finalized' ? 0 : columns.publishMs;
    this.times = newTimes(plan.taskRuns.count);
    this.times.outcome.fill(Outcome.success);
    this.times.attempts.fill(1);
    const ofPools = (): Float64Array => new Float64Array(plan.definitions.poolSlots.length);
    this.meter = { usedMs: ofPools(), waitingMs: ofPools() };
    this.poolWaits = { sumMs: ofPools(), count: ofPools() };
  }

  get events(): number {
    return this.#player.events;
  }

  landedMs(taskRun: number): number {
    return this.times.finalMs[taskRun] + this.#landsAfterMs;
  }

  play(replication: number): void {
    const { sampler, durationMs, finalizeMs, dispatchMs } = this.#columns;
    sampler.fill(replication, durationMs);
    if (durationMs.includes(LONG_MS)) throw new DayRefusedError('a duration beyond 12.4 days');
    this.#player.play(durationMs);
    this.#player.timesInto(this.times);
    const { readyMs, startMs, finishMs, enqueuedMs, grantedMs, finalMs } = this.times;
    let endMs = 0;
    for (let i = 0; i < finishMs.length; i++) {
      enqueuedMs[i] = readyMs[i] + dispatchMs;
      grantedMs[i] = startMs[i];
      finalMs[i] = finishMs[i] + finalizeMs[i];
      if (finishMs[i] > endMs) endMs = finishMs[i];
    }
    this.endMs = endMs;
    this.#sumPools();
  }

  /** A reference day is quicker played than cut. */
  playUntil(replication: number): void {
    this.play(replication);
  }

  /** As PoolMeter and the model's pool waits, of task runs instead of changes: sums of whole numbers are the same. */
  #sumPools(): void {
    const { usedMs, waitingMs } = this.meter;
    const { sumMs, count } = this.poolWaits;
    for (const sums of [usedMs, waitingMs, sumMs, count]) sums.fill(0);
    const { enqueuedMs, startMs, finishMs } = this.times;
    const fromMs = this.#warmUpMs;
    const { pool } = this.#columns;
    for (let i = 0; i < pool.length; i++) {
      const p = pool[i];
      if (finishMs[i] > fromMs) usedMs[p] += finishMs[i] - Math.max(startMs[i], fromMs);
      if (startMs[i] < fromMs) continue;
      const waitMs = startMs[i] - Math.max(enqueuedMs[i], fromMs);
      waitingMs[p] += waitMs;
      sumMs[p] += waitMs;
      count[p]++;
    }
  }
}
