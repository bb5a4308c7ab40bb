// The triggerer: it watches so many deferred waits at a time, in order of arrival. Whoever is not watched yet does not learn
// that its data is there.
// Limits: a wait that begins later (its run is not due yet) takes its place at once.

import { SensorMode, type Sensors } from './sensors.ts';

const NOBODY = -1;
const Place = { none: 0, queued: 1, watched: 2 } as const;

export class Triggerer {
  /** False when it has room for all: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #slots: number;
  readonly #mode: Uint8Array;
  readonly #place: Uint8Array;
  readonly #queue: Int32Array;
  #head = 0;
  #tail = 0;
  #free = 0;

  /** `slots`: null for as many as there are. */
  constructor(slots: number | null, { mode }: Pick<Sensors, 'mode'>) {
    const deferred = mode.reduce((count, one) => (one === SensorMode.deferrable ? count + 1 : count), 0);
    this.isBinding = slots !== null && deferred > slots;
    this.#slots = slots ?? deferred;
    this.#mode = mode;
    this.#place = new Uint8Array(this.isBinding ? mode.length : 0);
    this.#queue = new Int32Array(this.isBinding ? deferred : 0);
    this.clear();
  }

  clear(): void {
    this.#place.fill(Place.none);
    this.#head = 0;
    this.#tail = 0;
    this.#free = this.#slots;
  }

  /** A task run begins to wait; each does so once. */
  enter(taskRun: number): void {
    if (!this.isBinding || this.#mode[taskRun] !== SensorMode.deferrable) return;
    if (this.#free > 0) {
      this.#free--;
      this.#place[taskRun] = Place.watched;
    } else {
      this.#place[taskRun] = Place.queued;
      this.#queue[this.#tail++] = taskRun;
    }
  }

  isQueued(taskRun: number): boolean {
    return this.isBinding && this.#place[taskRun] === Place.queued;
  }

  /** A task run waits no more: the one that is watched in its place, or -1. */
  leave(taskRun: number): number {
    if (!this.isBinding) return NOBODY;
    const wasWatched = this.#place[taskRun] === Place.watched;
    this.#place[taskRun] = Place.none;
    if (!wasWatched) return NOBODY;
    while (this.#head < this.#tail) {
      const next = this.#queue[this.#head++];
      if (this.#place[next] !== Place.queued) continue;
      this.#place[next] = Place.watched;
      return next;
    }
    this.#free++;
    return NOBODY;
  }
}
