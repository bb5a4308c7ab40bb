// A made-up reference day of any size, for benchmarks: the shape of a night of a large company, with the number of
// pipelines and slots in proportion to its tasks. Same (tasks, seed), same day, on every machine.

import { GrowableInt32 } from '../../shared/base/growable.ts';
import { randomKey, randomNormal, randomUnit } from '../../shared/base/random.ts';
import { MS_PER_HOUR, MS_PER_MINUTE } from '../../shared/base/time.ts';
import type { ReferenceDay } from '../../shared/model/reference-day.ts';

/** Pipelines by the hour they are released: most of the night's work is early. */
const HOUR_WEIGHTS = [11, 12, 10, 7, 8, 7, 7, 6, 5, 4, 4, 4, 4, 4, 3, 1, 1, 1];
const POOL_WEIGHTS = [11, 6, 5, 11, 22, 18, 22, 5];
/** By priority, from 0. */
const PRIORITY_WEIGHTS = [6, 4, 8, 12, 26, 44];
const FINALIZE_MS = [0, 500, 2_000, 5_000, 30_000];
const FINALIZE_WEIGHTS = [38, 20, 20, 20, 1];
const UPSTREAMS_WEIGHTS = [57, 33, 10];
/** Busy share of the slots if the work were spread evenly over the horizon. */
const POOL_USE = 0.5;
const HORIZON_MS = 20 * MS_PER_HOUR;
/** How far back inside its pipeline a task's upstreams are. */
const REACH = 8;

export function syntheticDay(tasks: number, seed: number): ReferenceDay {
  const day = new DayMaker(tasks, seed);
  while (!day.isFull) day.addPipeline();
  return day.finish();
}

class DayMaker {
  readonly #day;
  readonly #seed: number;
  #tasks = 0;
  readonly #depTask = new GrowableInt32();
  readonly #depUpstream = new GrowableInt32();
  readonly #depKind = new GrowableInt32();
  /** Of each pipeline so far: its last task, which publishes. */
  readonly #lastTask = new GrowableInt32();
  readonly #workMs = new Float64Array(POOL_WEIGHTS.length);

  constructor(taskCount: number, seed: number) {
    this.#seed = seed;
    this.#day = {
      taskCount,
      pipeline: new Int32Array(taskCount),
      releaseMs: new Int32Array(taskCount),
      durationMs: new Int32Array(taskCount),
      pool: new Int32Array(taskCount),
      priority: new Int32Array(taskCount),
      finalizeMs: new Int32Array(taskCount),
      deadlineMs: new Int32Array(taskCount).fill(-1),
    };
  }

  get isFull(): boolean {
    return this.#tasks === this.#day.taskCount;
  }

  addPipeline(): void {
    const pipeline = this.#lastTask.length;
    const key = randomKey(this.#seed, 'pipeline', pipeline);
    const size = Math.max(1, Math.round(Math.exp(2.7 + 1.05 * randomNormal(key, 0))));
    const first = this.#tasks;
    const end = Math.min(first + size, this.#day.taskCount);
    const minute = Math.floor(60 * randomUnit(key, 2));
    const releaseMs = choose(HOUR_WEIGHTS, randomUnit(key, 1)) * MS_PER_HOUR + minute * MS_PER_MINUTE;
    const pool = choose(POOL_WEIGHTS, randomUnit(key, 3));
    const priority = choose(PRIORITY_WEIGHTS, randomUnit(key, 4));
    for (let task = first; task < end; task++) this.#addTask({ task, first, pipeline, releaseMs, pool, priority });
    if (randomUnit(key, 5) < 0.5) {
      this.#day.deadlineMs[end - 1] = releaseMs + MS_PER_HOUR * (1 + Math.floor(8 * randomUnit(key, 6)));
    }
    this.#tasks = end;
    this.#lastTask.push(end - 1);
  }

  finish(): ReferenceDay {
    return {
      ...this.#day,
      poolSlots: Int32Array.from(this.#workMs, (ms) => Math.max(1, Math.round(ms / (HORIZON_MS * POOL_USE)))),
      depTask: this.#depTask.finish(),
      depUpstream: this.#depUpstream.finish(),
      depKind: Uint8Array.from(this.#depKind.finish()),
      publishMs: 250,
      dispatchMs: 1_000,
    };
  }

  #addTask({ task, first, pipeline, releaseMs, pool, priority }: NewTask): void {
    const key = randomKey(this.#seed, 'task', task);
    const day = this.#day;
    const durationMs = Math.max(1_000, Math.round(Math.exp(11.01 + 1.2 * randomNormal(key, 0))));
    day.pipeline[task] = pipeline;
    day.releaseMs[task] = releaseMs;
    day.durationMs[task] = Math.min(durationMs, HORIZON_MS);
    day.pool[task] = pool;
    day.priority[task] = priority;
    day.finalizeMs[task] = FINALIZE_MS[choose(FINALIZE_WEIGHTS, randomUnit(key, 1))];
    this.#workMs[pool] += day.durationMs[task];
    if (task > first) this.#waitInside(task, first, key);
    if (randomUnit(key, 2) < (task === first ? 0.55 : 0.018)) this.#waitAcross(task, key);
  }

  /** One to three distinct tasks not far before it. */
  #waitInside(task: number, first: number, key: number): void {
    const reach = Math.min(REACH, task - first);
    const count = Math.min(reach, 1 + choose(UPSTREAMS_WEIGHTS, randomUnit(key, 3)));
    const from = Math.floor(reach * randomUnit(key, 4));
    for (let i = 0; i < count; i++) this.#depend(task, task - 1 - ((from + i * 3) % reach), 0);
  }

  /** The last tasks of up to 26 pipelines; it may wait for one twice, as real days do not but may. */
  #waitAcross(task: number, key: number): void {
    const pipelines = this.#lastTask.length;
    if (pipelines === 0) return;
    const count = Math.min(26, 1 + Math.floor(-2.6 * Math.log(randomUnit(key, 5))));
    for (let i = 0; i < count; i++) {
      const upstream = this.#lastTask.at(Math.floor(pipelines * randomUnit(key, 6 + i)));
      if (this.#day.releaseMs[upstream] <= this.#day.releaseMs[task] + 30 * MS_PER_MINUTE) {
        this.#depend(task, upstream, 1);
      }
    }
  }

  #depend(task: number, upstream: number, kind: number): void {
    this.#depTask.push(task);
    this.#depUpstream.push(upstream);
    this.#depKind.push(kind);
  }
}

interface NewTask {
  readonly task: number;
  /** The pipeline's first task. */
  readonly first: number;
  readonly pipeline: number;
  readonly releaseMs: number;
  readonly pool: number;
  readonly priority: number;
}

/** The index of one of the weights, chosen by a uniform draw. */
function choose(weights: readonly number[], unit: number): number {
  let left = unit * weights.reduce((sum, weight) => sum + weight, 0);
  const at = weights.findIndex((weight) => {
    left -= weight;
    return left < 0;
  });
  return at < 0 ? weights.length - 1 : at;
}
