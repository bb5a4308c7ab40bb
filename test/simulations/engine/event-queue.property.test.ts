// The timing wheel gives what the heap gives, whatever is pushed, popped and cancelled, and whatever the slot width.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomBits } from '../../../shared/base/random.ts';
import { EventPool, ROW_KIND, ROW_SUBJECT } from '../../../simulations/engine/event-pool.ts';
import { type EventQueue, OutOfTimeError } from '../../../simulations/engine/event-queue.ts';
import { HeapQueue } from '../../../simulations/engine/heap-queue.ts';
import { FOREVER_MS, ROW_INTS, rowTable } from '../../../simulations/engine/rows.ts';
import { TimingWheel } from '../../../simulations/engine/timing-wheel.ts';

const ROWS = 20_000;
const BURST = 400;
const KIND = 3;

/**
 * The steps of a run: push after a delay, push so many close together that the wheel narrows its slots, let the clock
 * go to a limit, cancel one that was pushed.
 */
type Step =
  | { readonly do: 'burst'; readonly delayMs: number; readonly salt: number }
  | { readonly do: 'push'; readonly delayMs: number }
  | { readonly do: 'run'; readonly spanMs: number }
  | { readonly do: 'cancel'; readonly nth: number };

const delay = fc.oneof(
  fc.constantFrom(0, 1, 2, 1_023, 32_767, 32_768, 60_000),
  fc.integer({ min: 0, max: 100 }),
  fc.integer({ min: 0, max: 5_000_000 }),
  fc.integer({ min: 0, max: 900_000_000 }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('push' as const), delayMs: delay }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('burst' as const), delayMs: delay, salt: fc.integer() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('run' as const), spanMs: delay }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const), nth: fc.nat(1_000) }) },
);

/** Drives one queue; writes down each popped event as `time:subject`, those of one time in order of their subject. */
class Driver {
  readonly trace: string[] = [];
  readonly timesMs: number[] = [];
  readonly #rows = rowTable(ROWS);
  readonly #pool = new EventPool(this.#rows, 0);
  readonly #queue: EventQueue;
  readonly #pushed: { row: number; generation: number }[] = [];
  #clockMs = 0;

  constructor(queueOver: (rows: Int32Array) => EventQueue) {
    this.#queue = queueOver(this.#rows);
  }

  take(one: Step): void {
    if (one.do === 'push') this.#push(this.#clockMs + one.delayMs);
    else if (one.do === 'burst')
      for (let i = 0; i < BURST; i++) this.#push(this.#clockMs + one.delayMs + near(one.salt, i));
    else if (one.do === 'run') this.#runTo(Math.min(this.#clockMs + one.spanMs, FOREVER_MS - 1));
    else if (this.#pushed.length > 0) this.#cancel(one.nth % this.#pushed.length);
  }

  drain(): void {
    this.#runTo(FOREVER_MS - 1);
    this.trace.push(`end ${this.#queue.next(FOREVER_MS)}`);
  }

  #push(timeMs: number): void {
    if (timeMs >= FOREVER_MS) return;
    const row = this.#pool.take(KIND, this.#pushed.length);
    this.#pushed.push({ row, generation: this.#pool.generation(row) });
    this.#queue.push(row, timeMs);
  }

  #cancel(nth: number): void {
    const { row, generation } = this.#pushed[nth];
    this.trace.push(`cancel ${nth} ${this.#pool.cancel(row, generation)}`);
  }

  #runTo(limitMs: number): void {
    for (let nowMs = this.#queue.next(limitMs); nowMs <= limitMs; nowMs = this.#queue.next(limitMs)) {
      this.#clockMs = nowMs;
      this.timesMs.push(nowMs);
      const subjects: number[] = [];
      while (this.#queue.next(nowMs) === nowMs) subjects.push(this.#pop());
      this.trace.push(...subjects.sort((a, b) => a - b).map((subject) => `${nowMs}:${subject}`));
    }
    this.#clockMs = limitMs;
  }

  /** The subject, or -1 for a cancelled event. */
  #pop(): number {
    const row = this.#queue.pop();
    const rows = this.#rows;
    const subject = this.#pool.isCancelled(row) || rows[row + ROW_KIND] !== KIND ? -1 : rows[row + ROW_SUBJECT];
    this.#pool.giveBack(row);
    return subject;
  }
}

/** Some 0 to 255 ms. */
const near = (salt: number, i: number): number => randomBits(salt, i) & 255;

function driven(queueOver: (rows: Int32Array) => EventQueue, steps: readonly Step[]): Driver {
  const driver = new Driver(queueOver);
  for (const one of steps) driver.take(one);
  driver.drain();
  return driver;
}

describe('the timing wheel', () => {
  it('equals the heap on any pushes, runs and cancels', () => {
    const steps = fc.array(step, { maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.integer({ min: 0, max: 15 }), (list, shift) => {
        const heap = driven((rows) => new HeapQueue(rows), list);
        const wheel = driven((rows) => new TimingWheel(rows, shift), list);
        expect(wheel.trace).toEqual(heap.trace);
        expect(wheel.timesMs).toEqual([...heap.timesMs].sort((a, b) => a - b));
      }),
      { numRuns: 1_000 },
    );
  });

  it('starts again as new after clear', () => {
    const rows = tableOf([1, 2, 3]);
    const wheel = new TimingWheel(rows, 4);
    wheel.push(0, 70_000_000);
    wheel.push(ROW_INTS, 5);
    expect(wheel.next(FOREVER_MS)).toBe(5);
    wheel.clear();
    expect(wheel.next(FOREVER_MS)).toBe(FOREVER_MS);
    wheel.push(2 * ROW_INTS, 3);
    expect(wheel.next(FOREVER_MS)).toBe(3);
    expect(wheel.pop()).toBe(2 * ROW_INTS);
    expect(wheel.next(FOREVER_MS)).toBe(FOREVER_MS);
  });

  it('refuses a time beyond its range and one before an open window', () => {
    const wheel = new TimingWheel(tableOf([1, 2]), 0);
    expect(() => wheel.push(0, FOREVER_MS)).toThrow(OutOfTimeError);
    wheel.push(0, 1_000_000);
    expect(wheel.next(FOREVER_MS)).toBe(1_000_000);
    expect(() => wheel.push(ROW_INTS, 10)).toThrow('before the clock');
  });

  it('does not open a window that the limit has not reached', () => {
    const wheel = new TimingWheel(tableOf([1, 2]), 0);
    wheel.push(0, 1_000_000);
    expect(wheel.next(500_000)).toBeGreaterThan(500_000);
    wheel.push(ROW_INTS, 600_000);
    expect(wheel.next(700_000)).toBe(600_000);
  });
});

const tableOf = (list: readonly unknown[]): Int32Array => new Int32Array(list.length * ROW_INTS);
