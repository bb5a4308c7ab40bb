// One clock a zone for a whole plan, each over the span that plans may touch.

import { MS_PER_DAY } from '../../../shared/base/time.ts';
import { ZoneClock } from '../../../shared/base/zone.ts';

export class Zones {
  readonly #clocks = new Map<string, ZoneClock>();
  readonly #fromMs: number;
  readonly #toMs: number;

  /** Epoch ms. */
  constructor(fromMs: number, toMs: number) {
    this.#fromMs = fromMs - MARGIN_MS;
    this.#toMs = toMs + MARGIN_MS;
  }

  clock(zone: string): ZoneClock {
    const known = this.#clocks.get(zone);
    if (known) return known;
    const clock = new ZoneClock(zone, this.#fromMs, this.#toMs);
    this.#clocks.set(zone, clock);
    return clock;
  }
}

/** Months and shifts reach beyond the horizon; an offset further away is taken from the nearest known. */
const MARGIN_MS = 70 * MS_PER_DAY;
