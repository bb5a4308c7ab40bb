// The x axis of the start-latency charts: durations on a logarithmic scale with a place for zero at its left end.
// Charts draw on the linear axis that `position` gives, so zero needs no special case in them.

import { formatDuration } from '../../shared/base/time.ts';

export interface DurationScale {
  /** ms to axis units. */
  position(ms: number): number;
  /** Axis units to ms. */
  duration(position: number): number;
  /** Positions of the labelled ticks inside the scale. */
  readonly ticks: readonly number[];
  readonly max: number;
}

const TICKS_MS = [0, 10, 100, 1_000, 10_000, 30_000, 120_000, 600_000, 3_600_000, 14_400_000, 86_400_000, 864_000_000];

/**
 * A scale from 0 to `maxMs`. Durations up to `floorMs` share the first unit in proportion; above it each factor of
 * ten is one more unit.
 */
export function durationScale(floorMs: number, maxMs: number): DurationScale {
  const position = (ms: number): number => (ms <= floorMs ? Math.max(0, ms) / floorMs : 1 + Math.log10(ms / floorMs));
  const duration = (at: number): number => (at <= 1 ? Math.max(0, at) * floorMs : floorMs * 10 ** (at - 1));
  const max = position(Math.max(maxMs, floorMs * 10));
  const ticks = TICKS_MS.filter((ms) => (ms === 0 || ms >= floorMs) && position(ms) <= max).map(position);
  return { position, duration, ticks, max };
}

/** `0`, `100 ms`, `2 min`: a tick in as few letters as it takes. */
export const tickText = (ms: number): string => (ms < 0.5 ? '0' : formatDuration(ms).replace(/ 00 (s|min)$/, ''));
