// A against B on the same replications: with common random numbers both have the same nights, so their difference is
// known far better than either. Whatever is compared, it is by replication.

import type { Difference } from '../../shared/api/views-sweep.ts';
import { meanHalfWidth, pairMeans } from './intervals.ts';
import type { PlayTally } from './play-tally.ts';
import type { Measure } from './replication-table.ts';

/** B less A over the replications that both have; `antithetic`: in pairs. */
export function difference(a: Float64Array, b: Float64Array, antithetic = false): Difference {
  const count = Math.min(a.length, b.length);
  const each = Float64Array.from({ length: count }, (_, i) => b[i] - a[i]);
  const known = (antithetic ? pairMeans(each) : each).filter((value) => !Number.isNaN(value));
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  const halfWidth = meanHalfWidth(known);
  return { mean, halfWidth, replications: count, isCertain: Math.abs(mean) > halfWidth };
}

/** Of each measure; and of each target row, as share of trials met. */
export function compare(a: PlayTally, b: PlayTally, antithetic = false) {
  const of = (measure: Measure): Difference =>
    difference(a.replications.column(measure), b.replications.column(measure), antithetic);
  return {
    measures: {
      meanLatencyMs: of('meanLatencyMs'),
      meanPoolWaitMs: of('meanPoolWaitMs'),
      makespanMs: of('makespanMs'),
    },
    targets: Array.from(a.trials, (_, row) => difference(metShares(a, row), metShares(b, row), antithetic)),
  };
}

function metShares({ replications }: PlayTally, row: number): Float64Array {
  const trials = replications.targetColumn(row, 'trials');
  return replications.targetColumn(row, 'met').map((met, i) => met / trials[i]);
}
