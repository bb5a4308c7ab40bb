// Mounts near nodes a few a frame, so that no frame is long.

import type { Clock } from '../view/camera.ts';
import { isSameList, stepTowards } from './near-set.ts';

const NODES_A_FRAME = 50;

export class NearMounter {
  readonly #clock: Clock;
  readonly #show: (nodes: readonly number[], isDone: boolean) => void;
  #mounted: readonly number[] = [];
  #wanted: readonly number[] = [];
  #isPending = false;
  #isDone = true;

  constructor(clock: Clock, show: (nodes: readonly number[], isDone: boolean) => void) {
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
    this.#tell(true);
  }

  #step(): void {
    if (this.#isPending) return;
    if (isSameList(this.#mounted, this.#wanted)) {
      if (!this.#isDone) this.#tell(true);
      return;
    }
    this.#mounted = stepTowards(this.#mounted, this.#wanted, NODES_A_FRAME);
    this.#tell(this.#mounted === this.#wanted);
    if (this.#isDone) return;
    this.#isPending = true;
    this.#clock.nextFrame(() => {
      this.#isPending = false;
      this.#step();
    });
  }

  #tell(isDone: boolean): void {
    this.#isDone = isDone;
    this.#show(this.#mounted, isDone);
  }
}
