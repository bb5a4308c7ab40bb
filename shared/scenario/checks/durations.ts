// Durations that no play would see the end of: one is stopped after ten years of simulated time. What a tail draws beyond
// that once in a while is still running when its play is stopped, and the report says so.

import { formatDuration, MS_PER_DAY } from '../../base/time.ts';
import type { Distribution } from '../../model/distribution.ts';
import type { ScenarioProblem } from '../scenario.ts';
import { error } from './names.ts';
import { placeOf, type WorkloadIndex } from './workload-index.ts';

/** PLAY_LIMITS of the model. */
const DURATION_MAX_MS = 3_650 * MS_PER_DAY;

export const checkDurations = ({ tasks }: WorkloadIndex): ScenarioProblem[] =>
  tasks.flatMap((place) => {
    const ms = usualMs(place.task.duration);
    if (ms <= DURATION_MAX_MS) return [];
    const reason = `${formatDuration(ms)} is longer than a play may last: ten years of simulated time`;
    return [error([...placeOf(place), 'duration'], reason)];
  });

/** The longest, or of a distribution without end a time that many draws pass. */
function usualMs(d: Distribution): number {
  switch (d.kind) {
    case 'constant':
      return d.valueMs;
    case 'empirical':
      return d.valuesMs.reduce((a, b) => Math.max(a, b), 0);
    case 'uniform':
    case 'pert':
      return d.highMs;
    case 'exponential':
    case 'normal':
      return d.meanMs;
    case 'lognormal':
      return d.medianMs;
    case 'gamma':
    case 'weibull':
      return d.scaleMs * Math.min(1, d.shape);
  }
}
