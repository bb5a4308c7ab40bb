// Fits a distribution to each task of observed logs, with the goodness of each fit beside it.

import type { Log } from '../../../../shared/model/log.ts';
import { type DurationHistory, historyOf, valuesOfLabel } from '../history.ts';
import { type DistributionFit, fitDistribution } from './fit-distribution.ts';

export interface TaskFit extends DistributionFit {
  /** `pipeline.task`. */
  readonly label: string;
}

/** Every task with at least one successful attempt of known length, in the order in which the logs name them. */
export function fitFromLog(logs: Log | readonly Log[]): readonly TaskFit[] {
  return fitHistory(historyOf('chunks' in logs ? [logs] : logs));
}

export const fitHistory = (history: DurationHistory): readonly TaskFit[] =>
  history.labels.map((label, id) => ({ label, ...fitDistribution(valuesOfLabel(history, id)) }));
