// Plays a reference day straight from the sentences of REFERENCE_DAY, with no thought for speed: every step looks at
// every task. The oracle of the real player.

import type { DayAnswer, ReferenceDay } from '../../../../shared/model/reference-day.ts';

interface Task {
  readonly id: number;
  readyMs: number | null;
  startMs: number | null;
  hasEntered: boolean;
  hasFinished: boolean;
}

export function naivePlay(day: ReferenceDay): DayAnswer {
  return new NaivePlay(day).run();
}

class NaivePlay {
  readonly #day: ReferenceDay;
  readonly #tasks: Task[];
  readonly #freeSlots: number[];

  constructor(day: ReferenceDay) {
    this.#day = day;
    this.#freeSlots = [...day.poolSlots];
    this.#tasks = Array.from({ length: day.taskCount }, (_, id) => ({
      id,
      readyMs: null,
      startMs: null,
      hasEntered: false,
      hasFinished: false,
    }));
  }

  run(): DayAnswer {
    while (this.#tasks.some((task) => !task.hasFinished)) this.#round();
    const { finalizeMs } = this.#day;
    return {
      readyMs: Int32Array.from(this.#tasks, (task) => task.readyMs as number),
      startMs: Int32Array.from(this.#tasks, (task) => task.startMs as number),
      finishMs: Int32Array.from(this.#tasks, (task) => this.#finishMs(task) as number),
      finalMs: Int32Array.from(this.#tasks, (task) => (this.#finishMs(task) as number) + finalizeMs[task.id]),
    };
  }

  /** All events of the earliest timestamp that has any, then grants. The next round may be at the same timestamp. */
  #round(): void {
    for (const task of this.#tasks) task.readyMs ??= this.#readyMs(task);
    const nowMs = Math.min(...this.#tasks.flatMap((task) => this.#nextEventMs(task) ?? []));
    if (!Number.isFinite(nowMs)) throw new Error('nothing can happen any more');
    for (const task of this.#tasks) {
      if (this.#nextEventMs(task) !== nowMs) continue;
      if (!task.hasEntered) task.hasEntered = true;
      else {
        task.hasFinished = true;
        this.#freeSlots[this.#day.pool[task.id]]++;
      }
    }
    for (let pool = 0; pool < this.#freeSlots.length; pool++) this.#grantAll(pool, nowMs);
  }

  #grantAll(pool: number, nowMs: number): void {
    while (this.#freeSlots[pool] > 0) {
      const waiting = this.#tasks.filter(
        (task) => this.#day.pool[task.id] === pool && task.hasEntered && task.startMs === null,
      );
      const [first] = waiting.sort((a, b) => this.#order(a, b));
      if (first === undefined) return;
      this.#freeSlots[pool]--;
      first.startMs = nowMs;
    }
  }

  /** Priority descending, enqueue ascending, task id ascending. */
  #order(a: Task, b: Task): number {
    const { priority } = this.#day;
    const enqueued = (this.#enqueueMs(a) as number) - (this.#enqueueMs(b) as number);
    return priority[b.id] - priority[a.id] || enqueued || a.id - b.id;
  }

  /** When the task enters its queue, or, having started, when it finishes; null when that is not known or over. */
  #nextEventMs(task: Task): number | null {
    if (!task.hasEntered) return this.#enqueueMs(task);
    return task.hasFinished ? null : this.#finishMs(task);
  }

  /** The latest of the release and all waits, or null while an upstream has not started. */
  #readyMs(task: Task): number | null {
    const { depTask, depUpstream, depKind, releaseMs, finalizeMs, publishMs } = this.#day;
    let readyMs = releaseMs[task.id];
    for (let i = 0; i < depTask.length; i++) {
      if (depTask[i] !== task.id) continue;
      const finishMs = this.#finishMs(this.#tasks[depUpstream[i]]);
      if (finishMs === null) return null;
      readyMs = Math.max(readyMs, depKind[i] === 0 ? finishMs : finishMs + finalizeMs[depUpstream[i]] + publishMs);
    }
    return readyMs;
  }

  #enqueueMs(task: Task): number | null {
    return task.readyMs === null ? null : task.readyMs + this.#day.dispatchMs;
  }

  #finishMs(task: Task): number | null {
    return task.startMs === null ? null : task.startMs + this.#day.durationMs[task.id];
  }
}
