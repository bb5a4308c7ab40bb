// Durations that are longer than the engine's longest time: they would be cut, so they are refused. What a tail draws
// beyond it once in a while is cut.

import { formatDuration } from '../../base/time.ts';
import type { Distribution } from '../../model/distribution.ts';
import type { ScenarioProblem } from '../scenario.ts';
import { error } from './names.ts';
import { placeOf, type WorkloadIndex } from './workload-index.ts';

/** 2^30 ms: 12.4 days. */
const DURATION_MAX_MS = 1_073_741_823;

export const checkDurations = ({ tasks }: WorkloadIndex): ScenarioProblem[] =>
  tasks.flatMap((place) => {
    const ms = usualMs(place.task.duration);
    if (ms <= DURATION_MAX_MS) return [];
    const reason = `${formatDuration(ms)} is beyond the longest duration that is played, ${formatDuration(DURATION_MAX_MS)}`;
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
