import { describe, expect, it } from 'vitest';
import { MS_PER_HOUR } from '../../../../shared/base/time.ts';
import { likenesses } from '../../../../simulations/experiments/overhead-fit/likeness.ts';

const shape = { taskCount: 100, workMs: 1e6, criticalPathMs: 1e5 };
const run = (executedAtMs: number, over: Partial<typeof shape> = {}) => ({
  executedAtMs,
  shape: { ...shape, ...over },
  simulatedMs: new Float64Array(0),
});

describe('likeness', () => {
  it('is 1 for the most alike, halves with an hour, and never falls below a fiftieth', () => {
    const [same, hour, year] = likenesses(run(0), [run(0), run(MS_PER_HOUR), run(8_760 * MS_PER_HOUR)]);
    expect(same).toBe(1);
    expect(hour).toBeCloseTo(0.02 + 0.98 * 0.5, 9);
    expect(year).toBeCloseTo(0.02 + 0.98 / 8_761, 9);
  });

  it('falls with the difference in size, the same way up and down', () => {
    const [same, twice, half] = likenesses(run(0), [run(0), run(0, { workMs: 2e6 }), run(0, { workMs: 0.5e6 })]);
    expect(same).toBe(1);
    expect(twice).toBeCloseTo(0.02 + 0.98 / 2, 5);
    expect(half).toBeCloseTo(0.02 + 0.98 / 2, 5);
  });

  it('is 1 for the only one, however unlike', () => {
    expect(likenesses(run(0), [run(1e12, { taskCount: 1 })])).toEqual([1]);
    expect(likenesses(run(0), [])).toEqual([]);
  });

  it('takes sizes of nothing', () => {
    expect(likenesses(run(0, { workMs: 0 }), [run(0, { workMs: 0 })])).toEqual([1]);
  });
});
