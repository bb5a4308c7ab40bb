// Heartbeats in closed form: when a writer that is not heard of any more is taken for dead. It beats every so often from
// its open on; its lease ends a timeout after the last beat; whoever scans finds it at the first scan after that. No beat
// is played. Without heartbeats a death is noticed at once, as by a process's parent, and a sleep never.

import type { Heartbeats } from '../../../shared/scenario/scenario.ts';

export class Liveness {
  /** Null: nobody beats. */
  readonly #heartbeats: Heartbeats | null;

  constructor(heartbeats: Heartbeats | null) {
    this.#heartbeats = heartbeats;
  }

  get isWatched(): boolean {
    return this.#heartbeats !== null;
  }

  /** Its last sign of life before `silentMs`: a beat, or its open. */
  lastBeatMs(openMs: number, silentMs: number): number {
    const everyMs = this.#heartbeats?.everyMs ?? 0;
    if (everyMs === 0 || silentMs <= openMs) return openMs;
    return openMs + (Math.ceil((silentMs - openMs) / everyMs) - 1) * everyMs;
  }

  /** The first beat at or after a time. */
  nextBeatMs(openMs: number, fromMs: number): number {
    const everyMs = this.#heartbeats?.everyMs ?? 0;
    return everyMs === 0 ? fromMs : openMs + Math.max(1, Math.ceil((fromMs - openMs) / everyMs)) * everyMs;
  }

  /** The end of the lease of a writer that fell silent; Infinity without heartbeats. */
  leaseEndMs(openMs: number, silentMs: number): number {
    if (this.#heartbeats === null) return Number.POSITIVE_INFINITY;
    return this.lastBeatMs(openMs, silentMs) + this.#heartbeats.timeoutMs;
  }

  /** The first scan after the lease of a writer that fell silent; Infinity without heartbeats. */
  expiredMs(openMs: number, silentMs: number): number {
    if (this.#heartbeats === null) return Number.POSITIVE_INFINITY;
    const scanMs = Math.max(1, this.#heartbeats.scanMs);
    return (Math.floor(this.leaseEndMs(openMs, silentMs) / scanMs) + 1) * scanMs;
  }

  /** When a death is noticed. */
  noticedMs(openMs: number, diedMs: number): number {
    return this.#heartbeats === null ? diedMs : this.expiredMs(openMs, diedMs);
  }
}
