// Shares, intervals and verdicts of a fit as text. A share is cut, never rounded up: 99.96 % is not 100 %.

import type { FitRow, FitStanding } from '../../shared/api/views-fit.ts';
import { cutPercent } from '../../shared/base/cut-percent.ts';
import { formatCount } from '../widgets/format.ts';

/** `99.90 %`; "–" for unknown. */
export function shareText(share: number, decimals = 2): string {
  if (!Number.isFinite(share)) return '–';
  return `${cutPercent(share, decimals)} %`;
}

/** `[99.64, 99.99]`, or "". */
export const intervalText = ({ low, high }: FitStanding): string =>
  Number.isFinite(low) ? `[${shareText(low).slice(0, -2)}, ${shareText(high).slice(0, -2)}]` : '';

/** `2/2,000`: misses of trials. */
export const missesText = ({ trials, met }: FitStanding): string =>
  `${formatCount(trials - met)}/${formatCount(trials)}`;

/** What stands behind a verdict, in a clause; "" when it stands for itself. */
export function verdictNote(row: FitRow, { verdict, trialsNeeded }: FitStanding): string {
  const parts: string[] = [];
  if ((verdict === 'cannot confirm' || verdict === 'undecided') && trialsNeeded !== null) {
    parts.push(`${formatCount(trialsNeeded)} nights with so few misses would show it`);
  }
  if (row.ended === 'enough') parts.push('decided early');
  if (row.ended === 'cancelled') parts.push('stopped');
  return parts.join(' · ');
}
