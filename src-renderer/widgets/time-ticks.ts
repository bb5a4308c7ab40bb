// Ticks of a time axis: round wall-clock steps of a zone, at least some pixels apart.

import type { ZonedTime } from './zoned-time.ts';

export interface TimeTick {
  readonly us: number;
  readonly label: string;
  /** The first tick of a day: drawn stronger, with its date. */
  readonly isDay: boolean;
}

const SECOND = 1_000_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS_US = [
  1_000,
  10_000,
  100_000,
  SECOND,
  5 * SECOND,
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
];

/** Ticks inside [fromUs, toUs] at most one per `gapPx` of a `widthPx` wide axis. */
export function timeTicks(fromUs: number, toUs: number, widthPx: number, gapPx: number, time: ZonedTime): TimeTick[] {
  if (!(toUs > fromUs) || widthPx <= 0) return [];
  const wantedUs = ((toUs - fromUs) * gapPx) / widthPx;
  const stepUs = STEPS_US.find((step) => step >= wantedUs) ?? (STEPS_US.at(-1) as number);
  const ticks: TimeTick[] = [];
  const offset = time.offsetUs(fromUs);
  for (let wall = Math.ceil((fromUs + offset) / stepUs) * stepUs; ; wall += stepUs) {
    const us = wall - time.offsetUs(wall - offset);
    if (us > toUs) return ticks;
    const isDay = wall % DAY === 0;
    ticks.push({ us, label: labelOf(us, stepUs, isDay, time), isDay });
  }
}

function labelOf(us: number, stepUs: number, isDay: boolean, time: ZonedTime): string {
  if (isDay) return time.day(us);
  if (stepUs >= MINUTE) return time.clock(us);
  const fraction = stepUs >= SECOND ? '' : `.${String(Math.floor(us / 1_000) % 1_000).padStart(3, '0')}`;
  return `${time.clockSeconds(us)}${fraction}`;
}
