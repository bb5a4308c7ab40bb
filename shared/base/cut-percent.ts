// A share as a percentage, cut and never rounded up: 99.996 % is not 100 %, and a screen and a terminal say the same.

/** `99.88` of 89/90 with two decimals. `share`: from 0 to 1. */
export function cutPercent(share: number, decimals: number): string {
  const scale = 10 ** decimals;
  return (Math.floor(share * 100 * scale + 1e-9) / scale).toFixed(decimals);
}
