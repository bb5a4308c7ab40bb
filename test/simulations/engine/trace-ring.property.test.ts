// Nothing is lost or doubled on the way through the ring, in order, whatever its size; and the model's trace gives back
// what was added, before and after its ring was drained.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TRACE_ROW_INTS, type TraceDrain, TraceRing } from '../../../simulations/engine/trace-ring.ts';
import { Trace } from '../../../simulations/orchestrator/model/trace.ts';

describe('the trace ring', () => {
  it('hands on every row once, in order', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        fc.array(fc.tuple(fc.integer(), fc.double())),
        (size, isKept, rows) => {
          const kept: Int32Array[] = [];
          const ints: number[] = [];
          const doubles: number[] = [];
          const chunks: number[] = [];
          const renew = isKept ? () => new Int32Array(size * TRACE_ROW_INTS) : null;
          const drain: TraceDrain = (i, d) => {
            chunks.push(i.length / TRACE_ROW_INTS);
            for (let at = 0; at < i.length; at += TRACE_ROW_INTS) {
              ints.push(i[at + 3]);
              doubles.push(d[at / 2 + 3]);
            }
            kept.push(i.slice(), i);
          };
          const ring = new TraceRing(size, drain, renew);
          for (const [int, double] of rows) {
            const row = ring.next();
            ring.ints[row + 3] = int;
            ring.doubles[row / 2 + 3] = double;
          }
          ring.flush();
          expect(ints).toEqual(rows.map(([int]) => int));
          expect(doubles).toEqual(rows.map(([, double]) => double));
          expect(chunks.slice(0, -1).every((rowsOf) => rowsOf === size)).toBe(true);
          expect(ring.pending).toBe(0);
          // What is renewed is not written to again.
          if (isKept) for (let i = 0; i < kept.length; i += 2) expect(kept[i + 1]).toEqual(kept[i]);
        },
      ),
    );
  });
});

describe('the trace of a play', () => {
  it('gives back what was added', () => {
    const trace = new Trace();
    const count = 20_000;
    // What it held before is forgotten, whatever its length.
    for (let i = 0; i < 30_000; i++) trace.add(1, 2, 3, 4, 5, 6);
    trace.clear();
    expect(trace.length).toBe(0);
    for (let i = 0; i < count; i++) trace.add(i % 19, i, i % 3, i * 1e9 + 0.5, i % 5, i % 7 === 0 ? Number.NaN : -i);
    expect(trace.length).toBe(count);
    for (const i of [0, 1, 8_191, 8_192, 16_383, 16_384, count - 1]) {
      expect(
        [trace.kind, trace.taskRun, trace.attempt, trace.code, trace.timeMs, trace.value].map((c) => c.at(i)),
      ).toEqual([i % 19, i, i % 3, i % 5, i * 1e9 + 0.5, i % 7 === 0 ? Number.NaN : -i]);
    }
  });
});
