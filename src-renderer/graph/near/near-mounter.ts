// Mounts near nodes a few a frame, so that no frame is long.

import type { Clock } from '../view/camera.ts';
import { isSameList, stepTowards } from './near-set.ts';

const NODES_A_FRAME = 50;

export class NearMounter {
  readonly #clock: Clock;
  readonly #show: (nodes: readonly number[]) => void;
  #mounted: readonly number[] = [];
  #wanted: readonly number[] = [];
  #isPending = false;

  constructor(clock: Clock, show: (nodes: readonly number[]) => void) {
    this.#clock = clock;
    this.#show = show;
  }

  want(nodes: readonly number[]): void {
    this.#wanted = nodes;
    this.#step();
  }

  /** Ids have a new meaning: nothing that is mounted can stay. */
  reset(): void {
    this.#mounted = [];
    this.#wanted = [];
    this.#show([]);
  }

  #step(): void {
    if (this.#isPending || isSameList(this.#mounted, this.#wanted)) return;
    this.#mounted = stepTowards(this.#mounted, this.#wanted, NODES_A_FRAME);
    this.#show(this.#mounted);
    if (this.#mounted === this.#wanted) return;
    this.#isPending = true;
    this.#clock.nextFrame(() => {
      this.#isPending = false;
      this.#step();
    });
  }
}
