// How much slower a pool's tasks get as it fills, from observed concurrent use: each attempt's time against the median
// of its task, by how full the pool was on average while it ran. It sees association, not cause: a pool that is full on
// bad nights looks slow, too.

import { nearestRank, sortedKnown } from '../../../../shared/base/quantile.ts';
import { US_PER_MS } from '../../../../shared/base/time.ts';
import { EventKind, Outcome } from '../../../../shared/model/event.ts';
import type { Log } from '../../../../shared/model/log.ts';
import type { SlowdownPoint } from '../load.ts';

export interface SlowdownFit {
  /** One for each band of use that has enough attempts; factors against the emptiest of them. Never falls. */
  readonly points: readonly SlowdownPoint[];
  readonly attempts: number;
}

type ObservedAttempts = Pick<Log, 'chunks' | 'taskRuns'>;

const BANDS = 5;
const ATTEMPTS_MIN = 30;

/** `pool`: row of the log's pools; `slots`: how many it has. Each attempt counts as one slot. No points below two bands. */
export function fitSlowdown(log: ObservedAttempts, pool: number, slots: number): SlowdownFit {
  const attempts = attemptsOf(log, pool);
  const medianMs = mediansByTask(attempts);
  const use = new PoolUse(attempts);
  const bands = Array.from({ length: BANDS }, (): { share: number; ratio: number }[] => []);
  for (const { task, startMs, endMs } of attempts) {
    const median = medianMs.get(task) ?? 0;
    if (endMs <= startMs || median <= 0) continue;
    const share = Math.min(1, use.meanBetween(startMs, endMs) / slots);
    bands[Math.min(BANDS - 1, Math.floor(share * BANDS))].push({ share, ratio: (endMs - startMs) / median });
  }
  const known = bands
    .filter((band) => band.length >= ATTEMPTS_MIN)
    .map((band) => ({ share: median(band.map(({ share }) => share)), ratio: median(band.map(({ ratio }) => ratio)) }));
  return { points: known.length < 2 ? [] : rising(known), attempts: attempts.length };
}

interface Attempt {
  readonly task: number;
  readonly startMs: number;
  readonly endMs: number;
}

function attemptsOf({ chunks, taskRuns }: ObservedAttempts, pool: number): Attempt[] {
  const startedUs = new Float64Array(taskRuns.run.length).fill(Number.NaN);
  const attempts: Attempt[] = [];
  for (const { rows, kind, taskRun, timeUs, code } of chunks)
    for (let i = 0; i < rows; i++) {
      const id = taskRun[i];
      if (id < 0 || taskRuns.pool[id] !== pool) continue;
      if (kind[i] === EventKind.taskStarted) startedUs[id] = timeUs[i];
      const isEnd = kind[i] === EventKind.taskEnded && code[i] === Outcome.success && timeUs[i] >= startedUs[id];
      if (isEnd)
        attempts.push({ task: taskRuns.task[id], startMs: startedUs[id] / US_PER_MS, endMs: timeUs[i] / US_PER_MS });
    }
  return attempts;
}

function mediansByTask(attempts: readonly Attempt[]): Map<number, number> {
  const times = new Map<number, number[]>();
  for (const { task, startMs, endMs } of attempts) {
    const list = times.get(task);
    if (list) list.push(endMs - startMs);
    else times.set(task, [endMs - startMs]);
  }
  return new Map([...times].map(([task, values]) => [task, median(values)]));
}

/** Slots in use over time, as its integral at every change. */
class PoolUse {
  readonly #atMs: Float64Array;
  readonly #used: Float64Array;
  readonly #integral: Float64Array;

  constructor(attempts: readonly Attempt[]) {
    const steps = attempts.flatMap(({ startMs, endMs }) => [
      { atMs: startMs, by: 1 },
      { atMs: endMs, by: -1 },
    ]);
    steps.sort((a, b) => a.atMs - b.atMs);
    this.#atMs = Float64Array.from(steps, ({ atMs }) => atMs);
    this.#used = new Float64Array(steps.length);
    this.#integral = new Float64Array(steps.length);
    steps.forEach(({ by }, i) => {
      this.#used[i] = (i === 0 ? 0 : this.#used[i - 1]) + by;
      if (i > 0) this.#integral[i] = this.#integral[i - 1] + this.#used[i - 1] * (steps[i].atMs - steps[i - 1].atMs);
    });
  }

  meanBetween(startMs: number, endMs: number): number {
    return (this.#integralAt(endMs) - this.#integralAt(startMs)) / (endMs - startMs);
  }

  #integralAt(ms: number): number {
    let low = 0;
    let high = this.#atMs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#atMs[middle] <= ms) low = middle + 1;
      else high = middle;
    }
    const i = low - 1;
    return i < 0 ? 0 : this.#integral[i] + this.#used[i] * (ms - this.#atMs[i]);
  }
}

/** Relative to the first, and each at least the one before. */
function rising(bands: readonly { readonly share: number; readonly ratio: number }[]): SlowdownPoint[] {
  const points: SlowdownPoint[] = [];
  for (const { share, ratio } of bands) {
    const factor = ratio / bands[0].ratio;
    points.push({ share, factor: Math.max(points.at(-1)?.factor ?? 1, factor) });
  }
  return points;
}

const median = (values: readonly number[]): number => nearestRank(sortedKnown(values), 0.5);
