// A clock that a test turns by hand.

import type { Clock } from '../../../src-renderer/graph/view/camera.ts';

export class FakeClock implements Clock {
  #now = 0;
  #frames: (() => void)[] = [];
  #timers = new Set<{ at: number; run: () => void }>();

  nowMs(): number {
    return this.#now;
  }
  nextFrame(callback: () => void): void {
    this.#frames.push(callback);
  }
  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#now + ms, run: callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** One frame of 16 ms: what asked for the frame, then the timers that are due. */
  frame(): void {
    this.#now += 16;
    const frames = this.#frames;
    this.#frames = [];
    for (const run of frames) run();
    for (const timer of this.#timers) {
      if (timer.at > this.#now) continue;
      this.#timers.delete(timer);
      timer.run();
    }
  }

  /** Frames until nothing waits. */
  settle(): void {
    for (let i = 0; i < 1000 && this.#frames.length + this.#timers.size > 0; i++) this.frame();
  }
}
