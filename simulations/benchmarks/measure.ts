// What all benchmarks measure with: CPU time of the process, which holds the compiler and the collector too, and medians,
// which leave warming up out.

import { nearestRank, sortedKnown } from '../../shared/base/quantile.ts';

export const WARM_UP_PLAYS = 3;

export function cpuMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

export const median = (values: readonly number[]): number => nearestRank(sortedKnown(values), 0.5);

/** The process's largest resident size so far. */
export const peakRssMiB = (): number => process.resourceUsage().maxRSS / 1_024;
