// What a count of nights can claim of a share: exact binomial arithmetic, one-sided. To claim 99.5 % at 95 % takes 598
// nights without a miss, or 947, 1,258, 1,549 with one, two, three (C. Clopper and E. Pearson, 1934).

/** Chance of at most `misses` misses in `trials`, each with chance `missShare`. */
export function missesAtMost(misses: number, trials: number, missShare: number): number {
  if (misses >= trials || missShare <= 0) return 1;
  if (missShare >= 1) return 0;
  // Terms by their logarithms: the first alone may be too small for a double.
  let log = trials * Math.log(1 - missShare);
  let sum = Math.exp(log);
  const odds = Math.log(missShare) - Math.log(1 - missShare);
  for (let k = 1; k <= misses; k++) {
    log += Math.log((trials - k + 1) / k) + odds;
    sum += Math.exp(log);
  }
  return Math.min(1, sum);
}

export const missesAtLeast = (misses: number, trials: number, missShare: number): number =>
  misses <= 0 ? 1 : Math.max(0, 1 - missesAtMost(misses - 1, trials, missShare));

/** The fewest trials that claim the share with so many misses; Infinity where none do. */
export function trialsToClaim(share: number, confidence: number, misses: number): number {
  if (share >= 1) return Number.POSITIVE_INFINITY;
  if (share <= 0) return 0;
  const isEnough = (trials: number): boolean => missesAtMost(misses, trials, 1 - share) <= 1 - confidence;
  let high = misses + 1;
  while (!isEnough(high)) high *= 2;
  let low = Math.floor(high / 2);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isEnough(middle)) high = middle;
    else low = middle;
  }
  return high;
}
