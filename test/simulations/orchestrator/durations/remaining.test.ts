// Draws given that they are longer than something, against draws that are thrown away until one is.

import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../../../shared/model/distribution.ts';
import { drawLongerMs } from '../../../../simulations/orchestrator/durations/remaining.ts';
import { sampleMs } from '../../../../simulations/orchestrator/durations/sample.ts';

const DRAWS = 4_000;
/** Two samples of DRAWS of one distribution are farther apart once in ten thousand times: Smirnov's 2.225 sqrt(2 / n). */
const DISTANCE_MAX = 2.225 * Math.sqrt(2 / DRAWS);

const DISTRIBUTIONS: readonly (readonly [Distribution, number])[] = [
  [{ kind: 'exponential', meanMs: 60_000 }, 90_000],
  [{ kind: 'lognormal', medianMs: 60_000, sigma: 0.5 }, 80_000],
  [{ kind: 'lognormal', medianMs: 60_000, sigma: 0.5 }, 0],
  [{ kind: 'normal', meanMs: 60_000, sdMs: 10_000 }, 70_000],
  [{ kind: 'gamma', shape: 3, scaleMs: 20_000 }, 100_000],
  [{ kind: 'weibull', shape: 1.5, scaleMs: 60_000 }, 70_000],
  [{ kind: 'weibull', shape: 0.7, scaleMs: 60_000 }, 0],
  [{ kind: 'uniform', lowMs: 10_000, highMs: 90_000 }, 60_000],
  [{ kind: 'pert', lowMs: 10_000, modeMs: 20_000, highMs: 90_000 }, 40_000],
  [{ kind: 'empirical', valuesMs: Float64Array.of(10_000, 20_000, 50_000, 90_000, 200_000) }, 30_000],
];

function distance(a: readonly number[], b: readonly number[]): number {
  const all = [...new Set([...a, ...b])].sort((x, y) => x - y);
  const share = (sorted: readonly number[], upTo: number): number => {
    let low = 0;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= upTo) low = middle + 1;
      else high = middle;
    }
    return low / sorted.length;
  };
  const [x, y] = [a, b].map((values) => [...values].sort((p, q) => p - q));
  return Math.max(...all.map((ms) => Math.abs(share(x, ms) - share(y, ms))));
}

describe('a duration that is longer than some time', () => {
  it.each(DISTRIBUTIONS)('of %j above %i ms is drawn as the others that are', (d, elapsedMs) => {
    const kept: number[] = [];
    for (let key = 1; kept.length < DRAWS; key++) {
      const ms = sampleMs(d, key * 7_919);
      if (ms > elapsedMs) kept.push(ms);
    }
    const drawn = Array.from({ length: DRAWS }, (_, i) => Number(drawLongerMs(d, elapsedMs, i * 104_729 + 5)));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(elapsedMs);
    expect(distance(kept, drawn)).toBeLessThan(DISTANCE_MAX);
  });

  it('is drawn far out too, just above it', () => {
    const far: Distribution[] = [
      { kind: 'lognormal', medianMs: 60_000, sigma: 0.2 },
      { kind: 'normal', meanMs: 60_000, sdMs: 1_000 },
      { kind: 'gamma', shape: 4, scaleMs: 1_000 },
      { kind: 'pert', lowMs: 0, modeMs: 1_000, highMs: 3_600_001 },
    ];
    for (const d of far)
      for (let key = 0; key < 50; key++) {
        const ms = Number(drawLongerMs(d, 3_600_000, key));
        expect(ms).toBeGreaterThanOrEqual(3_600_000);
        expect(ms).toBeLessThan(2 * 3_600_000);
      }
  });

  it('is not drawn where there is none', () => {
    const none: Distribution[] = [
      { kind: 'constant', valueMs: 5 },
      { kind: 'empirical', valuesMs: Float64Array.of(1, 5) },
      { kind: 'uniform', lowMs: 1, highMs: 5 },
      { kind: 'pert', lowMs: 1, modeMs: 2, highMs: 5 },
      { kind: 'normal', meanMs: 5, sdMs: 0 },
    ];
    expect(none.map((d) => drawLongerMs(d, 5, 1))).toEqual(none.map(() => null));
  });
});
