// What every source of durations offers, and the longest that it gives.

import { MS_PER_DAY } from '../../../shared/base/time.ts';
import { roundedMs } from './sample.ts';

export interface DurationSampler {
  /** Durations in ms of the first attempts, by task run; `into` has the plan's length. LONG_MS for longer ones. */
  fill(replication: number, into: Int32Array): void;
  /** One attempt, from 1; the same as `fill` gives for attempt 1. */
  attemptMs(replication: number, taskRun: number, attempt: number): number;
}

/** Stands in `fill` for a duration as long as this (12.4 days) or longer: `attemptMs` has its length. */
export const LONG_MS = 1_073_741_823;
/** Twice as long as a play may last (PLAY_LIMITS): nobody sees that longer ones are cut. */
const ENDLESS_MS = 20 * 365 * MS_PER_DAY;

export const wholeMs = (ms: number): number => (ms >= ENDLESS_MS ? ENDLESS_MS : roundedMs(ms));
