// The difference of two experiments on the same replications, as a sweep tells it.

import type { SweepRow } from '../../../shared/api/views-sweep.ts';
import { compare } from '../../../simulations/experiments/compare.ts';
import type { TimedExperiment } from './timed-experiment.ts';

export function comparedWith(
  first: TimedExperiment,
  other: TimedExperiment,
  antithetic: boolean,
): NonNullable<SweepRow['against']> {
  const { measures, targets } = compare(first.tally, other.tally, antithetic);
  return { ...measures, targets };
}
