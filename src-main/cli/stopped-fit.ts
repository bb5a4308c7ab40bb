// What is known of a check that was stopped: the rows that were done, and how far the one was that was being played.
// Nothing is judged here: a row that was done keeps its verdict, the whole has none.

import type { FitProgress, FitReport } from '../../shared/api/views-fit.ts';
import { formatCount } from './format-table.ts';

/** `last`: what was told last. */
export function stoppedFit({ step, played, of, targets, rows }: FitProgress): FitReport {
  const nights = of === 0 ? '' : `, after ${formatCount(played)} of ${formatCount(of)} nights`;
  return {
    name: '',
    targets,
    rows,
    backtests: [],
    verdict: 'undecided',
    slotsNeeded: null,
    notes: [`stopped in ${step}${nights}: undecided, and what comes after it was not played`],
  };
}
