// Differences on the same replications: exact where nothing is drawn, far narrower than independent ones where it is;
// and antithetic pairs narrow a mean that durations push.

import { describe, expect, it } from 'vitest';
import { compare, difference } from '../../../simulations/experiments/compare.ts';
import { meanHalfWidth, pairMeans } from '../../../simulations/experiments/intervals.ts';
import type { PlayTally } from '../../../simulations/experiments/play-tally.ts';
import { Replicator } from '../../../simulations/experiments/replicate.ts';
import { scenarioOf } from '../orchestrator/model/support/play.ts';

const night = (slots: number, seed = 1) =>
  scenarioOf({
    seed,
    horizon: '4h',
    pools: { p: slots },
    pipelines: {
      job: {
        schedule: { every: '2m' },
        tasks: { a: { duration: { lognormal: { median: '4m', sigma: 0.5 } }, pool: 'p', deadline: '20m' } },
      },
    },
    targets: [{ startLatency: { p90: '5m' } }],
  });

function played(slots: number, seed = 1, antithetic = false, replications = 60): PlayTally {
  const scenario = night(slots, seed);
  const experiment = {
    scenario,
    workload: scenario.workload,
    history: null,
    landing: 'published',
    antithetic,
  } as const;
  const made = Replicator.of(experiment);
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  const tally = made.value.newTally();
  for (let i = 0; i < replications; i++) made.value.play(i, tally);
  return tally;
}

describe('a paired difference', () => {
  it('is mean and interval of the differences', () => {
    const { mean, halfWidth, isCertain } = difference(Float64Array.of(1, 2, 3), Float64Array.of(2, 4, 6));
    expect(mean).toBe(2);
    expect(halfWidth).toBeCloseTo(4.302653 / Math.sqrt(3), 5);
    expect(isCertain).toBe(false);
    expect(difference(Float64Array.of(1, 5), Float64Array.of(2, 6))).toMatchObject({
      mean: 1,
      halfWidth: 0,
      isCertain: true,
    });
  });

  it('is zero of a scenario and itself, and narrower than of other nights', () => {
    const four = played(4);
    const same = compare(four, played(4));
    expect(same.measures.makespanMs).toMatchObject({ mean: 0, halfWidth: 0, isCertain: false });
    expect(same.targets).toMatchObject([{ mean: 0, halfWidth: 0 }]);
    const paired = compare(four, played(5)).measures;
    const apart = compare(four, played(5, 2)).measures;
    expect(paired.meanLatencyMs.mean).toBeLessThan(0);
    expect(paired.meanLatencyMs.isCertain).toBe(true);
    // The last task runs of a night mostly take as long whatever they waited.
    expect(paired.makespanMs.halfWidth).toBeLessThan(0.5 * apart.makespanMs.halfWidth);
  });
});

describe('antithetic pairs', () => {
  it('mirror durations: a mean over pairs is narrower than over as many independent replications', () => {
    const elapsed = (antithetic: boolean): Float64Array => {
      const scenario = night(100);
      const experiment = {
        scenario,
        workload: scenario.workload,
        history: null,
        landing: 'published',
        antithetic,
      } as const;
      const made = Replicator.of(experiment);
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      return Float64Array.from({ length: 40 }, (_, i) => {
        const { times } = made.value.play(i, made.value.newTally());
        return times.finishMs.reduce((sum, ms, k) => sum + ms - times.startMs[k], 0) / times.finishMs.length;
      });
    };
    const pairs = elapsed(true);
    // One is above the mean when the other is below.
    const mean = pairs.reduce((sum, ms) => sum + ms, 0) / pairs.length;
    const opposite = pairMeans(pairs).filter((_, i) => pairs[2 * i] > mean !== pairs[2 * i + 1] > mean).length;
    expect(opposite).toBeGreaterThan(10);
    expect(meanHalfWidth(pairMeans(pairs))).toBeLessThan(0.75 * meanHalfWidth(elapsed(false)));
  });
});
