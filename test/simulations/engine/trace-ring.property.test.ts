// Nothing is lost or doubled on the way through the ring, in order, whatever its size; and the model's trace gives back
// what was told, before and after its ring was drained.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TraceRing } from '../../../simulations/engine/trace-ring.ts';
import { Trace, TraceStep } from '../../../simulations/orchestrator/model/trace.ts';

describe('the trace ring', () => {
  it('hands on every integer once, in order, and never parts what was taken together', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 9 }),
        fc.boolean(),
        fc.array(fc.array(fc.integer(), { minLength: 1, maxLength: 4 })),
        (size, isKept, steps) => {
          const kept: Int32Array[] = [];
          const chunks: number[][] = [];
          const renew = isKept ? () => new Int32Array(size) : null;
          const ring = new TraceRing(
            size,
            (ints) => {
              chunks.push([...ints]);
              kept.push(ints.slice(), ints);
            },
            renew,
          );
          for (const step of steps) {
            const at = ring.take(step.length);
            ring.ints.set(step, at);
          }
          ring.flush();
          expect(chunks.flat()).toEqual(steps.flat());
          const ends = new Set(steps.map((_, i) => steps.slice(0, i + 1).flat().length));
          let end = 0;
          for (const chunk of chunks) expect(ends).toContain((end += chunk.length));
          expect(chunks.every(({ length }) => length <= size)).toBe(true);
          expect(ring.pending).toBe(0);
          // What is renewed is not written to again.
          if (isKept) for (let i = 0; i < kept.length; i += 2) expect(kept[i + 1]).toEqual(kept[i]);
        },
      ),
    );
  });
});

const anyMs = fc.oneof(fc.integer({ min: 0, max: 100_000 }), fc.integer({ min: 0, max: 300_000_000_000 }));
const anyTime = fc.oneof(fc.double({ noNaN: false }), fc.integer(), fc.constant(Number.POSITIVE_INFINITY));
const step = fc.record({
  kind: fc.integer({ min: 0, max: 61 }),
  isOver: fc.boolean(),
  taskRun: fc.integer({ min: 0, max: 2 ** 26 - 1 }),
  attempt: fc.oneof(fc.constant(1), fc.integer({ min: 0, max: 2 ** 19 })),
  code: fc.integer({ min: 0, max: 31 }),
  nowMs: anyMs,
  atMs: fc.option(anyTime),
  value: fc.option(anyTime),
});

describe('the trace of a play', () => {
  it('gives back what was told', () => {
    const trace = new Trace();
    fc.assert(
      fc.property(fc.array(step), fc.integer({ min: 1, max: 200 }), (steps, times) => {
        // What it held before is forgotten, whatever its length.
        trace.clear();
        expect(trace.bytes).toBe(0);
        const told: unknown[] = [];
        for (let i = 0; i < times; i++)
          for (const { kind, isOver, taskRun, attempt, code, nowMs, atMs, value } of steps) {
            trace.goTo(nowMs);
            if (isOver) {
              trace.addOver(taskRun);
              told.push([TraceStep.over, taskRun, 0, Number.NaN, 0, Number.NaN]);
            }
            if (value !== null) trace.addWith(kind, taskRun, attempt, atMs ?? nowMs, code, value);
            else if (atMs !== null) trace.addAt(kind, taskRun, attempt, atMs, code);
            else trace.add(kind, taskRun, attempt, code);
            told.push([kind, taskRun, attempt, atMs ?? nowMs, code, value ?? Number.NaN]);
          }
        const read: unknown[] = [];
        trace.forEach((...all) => read.push(all));
        expect(read).toEqual(told);
      }),
      { numRuns: 60 },
    );
  });
});
