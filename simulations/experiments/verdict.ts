// Whether a target is met, and how sure that is: met and missed are claims at the stated confidence; undecided is
// neither, though there are trials enough; cannot confirm says that so few trials could not have shown it.
// Trials of one night that depend on each other (start latencies) are judged by nights, not one by one.

import { missesAtLeast, missesAtMost, trialsToClaim } from './claims.ts';
import { type Interval, meanHalfWidth, wilson, Z_EARLY } from './intervals.ts';

export const VERDICTS = ['met', 'missed', 'undecided', 'cannot confirm'] as const;
export type FitVerdict = (typeof VERDICTS)[number];

/** Of a final look. */
export const CONFIDENCE = 0.95;
/** Of a look before that: only what is plain ends an experiment early (J. Haybittle 1971, R. Peto 1976). */
export const EARLY_CONFIDENCE = 0.999;

/** What one target row counted: of all trials, and night by night. */
export interface Counted {
  readonly wanted: number;
  /** 'nights': each trial is a night. 'task runs': many a night. */
  readonly of: 'nights' | 'task runs';
  readonly trials: Float64Array;
  readonly met: Float64Array;
  /** Nothing is drawn: every night is the same. */
  readonly isCertain: boolean;
}

export interface Standing extends Interval {
  readonly trials: number;
  readonly met: number;
  /** NaN without trials. */
  readonly share: number;
  readonly verdict: FitVerdict;
  /** Trials that this many misses would take to claim the wanted share; null where no number would, or nights decide. */
  readonly trialsNeeded: number | null;
}

export function standing(counted: Counted, confidence = CONFIDENCE): Standing {
  const trials = sum(counted.trials);
  const met = sum(counted.met);
  const share = met / trials;
  const base = { trials, met, share };
  if (trials === 0) return { ...base, ...wilson(0, 0), verdict: 'cannot confirm', trialsNeeded: null };
  if (counted.isCertain) {
    return {
      ...base,
      low: share,
      high: share,
      verdict: share >= counted.wanted ? 'met' : 'missed',
      trialsNeeded: null,
    };
  }
  return counted.of === 'nights' ? ofNights(base, counted, confidence) : ofClusters(base, counted, confidence);
}

type Base = Pick<Standing, 'trials' | 'met' | 'share'>;

function ofNights(base: Base, { wanted }: Counted, confidence: number): Standing {
  const { trials, met } = base;
  const misses = trials - met;
  const needed = trialsToClaim(wanted, CONFIDENCE, misses);
  const verdict = (): FitVerdict => {
    if (missesAtMost(misses, trials, 1 - wanted) <= 1 - confidence) return 'met';
    if (missesAtLeast(misses, trials, 1 - wanted) <= 1 - confidence) return 'missed';
    return trials < trialsToClaim(wanted, CONFIDENCE, 0) ? 'cannot confirm' : 'undecided';
  };
  return { ...base, ...wilson(met, trials), verdict: verdict(), trialsNeeded: Number.isFinite(needed) ? needed : null };
}

/** The share as a ratio of sums over nights, with the interval of its residuals (W. Cochran, "Sampling techniques", 6.4). */
function ofClusters(base: Base, { wanted, trials, met }: Counted, confidence: number): Standing {
  const { share } = base;
  const residuals = Float64Array.from(met, (count, i) => count - share * trials[i]);
  const half = (meanHalfWidth(residuals) * trials.length) / base.trials;
  const earlyHalf = (meanHalfWidth(residuals, Z_EARLY) * trials.length) / base.trials;
  if (!(trials.length >= CLUSTERS_MIN))
    return { ...base, low: Number.NaN, high: Number.NaN, verdict: 'cannot confirm', trialsNeeded: null };
  const low = Math.max(0, share - half);
  const high = Math.min(1, share + half);
  const sure = confidence > CONFIDENCE ? earlyHalf : half;
  const verdict = share - sure >= wanted ? 'met' : share + sure < wanted ? 'missed' : 'undecided';
  return { ...base, low, high, verdict, trialsNeeded: null };
}

/** Fewer nights give no interval worth its name. */
const CLUSTERS_MIN = 10;

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
