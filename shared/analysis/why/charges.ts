// Late against usual: each link's time in four stretches (before it was ready, from ready to start, its run, from its end
// on), each against the median of the nights that are known. What a stretch took beyond that is charged to what most of
// it went to. Charges and the rest sum to landing - usual landing exactly; they are bookkeeping, not cause.

import { US_PER_MS } from '../../base/time.ts';
import type { Evidence } from '../../model/event.ts';
import {
  type ChainLink,
  type ChainPart,
  type CriticalChain,
  type PartCause,
  type PoolHolder,
  partMs,
} from './chain.ts';
import { median, type TaskNight } from './nights.ts';

export interface Charge {
  readonly cause: PartCause | 'rest';
  /** Row of the chain's links; -1 for the rest. */
  readonly link: number;
  readonly evidence: Evidence;
  readonly pool: string;
  readonly holder: PoolHolder | null;
  /** In the chain, usually (0 without history), and charged: chain - usual. */
  readonly chainMs: number;
  readonly usualMs: number;
  readonly chargedMs: number;
}

/** Smaller ones, either way, are among the rest. */
export const CHARGE_MIN_MS = 60_000;

type Stretch = 'before' | 'wait' | 'run' | 'after';
const STRETCHES: readonly Stretch[] = ['before', 'wait', 'run', 'after'];

/**
 * `nightsOf`: the other nights of a link's task. `usualUs`: the usual landing, or NaN: then the charges are held against
 * no wait at all, and sum with the rest to the whole chain. `originUs`: what this night's times are counted from.
 */
export function chargesOf(
  chain: CriticalChain,
  usualUs: number,
  originUs: number,
  nightsOf: (link: ChainLink) => readonly TaskNight[],
): Charge[] {
  const beyondMs = (chain.toUs - (Number.isNaN(usualUs) ? chain.fromUs : usualUs)) / US_PER_MS;
  const charges = chain.links.flatMap((link, i) => linkCharges(link, i, nightsOf(link), originUs));
  charges.sort((a, b) => b.chargedMs - a.chargedMs || a.link - b.link);
  const chargedMs = charges.reduce((sum, charge) => sum + charge.chargedMs, 0);
  const rest: Charge = {
    cause: 'rest',
    link: -1,
    evidence: 0,
    pool: '',
    holder: null,
    chainMs: chain.sumMs - charges.reduce((sum, charge) => sum + charge.chainMs, 0),
    usualMs: chain.sumMs - beyondMs - charges.reduce((sum, charge) => sum + charge.usualMs, 0),
    chargedMs: beyondMs - chargedMs,
  };
  return [...charges, rest];
}

function linkCharges(link: ChainLink, row: number, nights: readonly TaskNight[], originUs: number): Charge[] {
  return STRETCHES.flatMap((stretch) => {
    const parts = link.parts.filter((part) => stretchOf(part) === stretch);
    if (parts.length === 0) return [];
    const chainMs = parts.reduce((sum, part) => sum + partMs(part), 0);
    const usual = median(nights.map((night) => usualMs(night, stretch, link.fromUs - originUs)));
    // Without a usual run, a run is taken for usual: only waits are charged.
    const isWork = stretch === 'run' || stretch === 'after';
    const usualOrMs = Number.isNaN(usual) ? (isWork ? chainMs : 0) : usual;
    const chargedMs = chainMs - usualOrMs;
    if (chargedMs < CHARGE_MIN_MS) return [];
    const main = mainOf(parts);
    return [
      {
        cause: main.cause,
        link: row,
        evidence: main.evidence,
        pool: main.pool,
        holder: main.holders[0] ?? null,
        chainMs,
        usualMs: usualOrMs,
        chargedMs,
      },
    ];
  });
}

/** The cause that took most of a stretch, as its longest part. */
function mainOf(parts: readonly ChainPart[]): ChainPart {
  const byCause = new Map<PartCause, number>();
  for (const part of parts) byCause.set(part.cause, (byCause.get(part.cause) ?? 0) + partMs(part));
  const [cause] = [...byCause].reduce((a, b) => (b[1] > a[1] ? b : a));
  return parts.filter((part) => part.cause === cause).reduce((a, b) => (partMs(b) > partMs(a) ? b : a));
}

function stretchOf({ cause }: ChainPart): Stretch {
  if (cause === 'source' || cause === 'upstream') return 'before';
  if (cause === 'run') return 'run';
  return cause === 'check' || cause === 'finalize queue' || cause === 'publish' ? 'after' : 'wait';
}

/** `fromUs`: when the link began tonight, counted from the night's origin. */
function usualMs(night: TaskNight, stretch: Stretch, fromUs: number): number {
  const { originUs, readyUs, startedUs, endedUs, landedUs } = night;
  switch (stretch) {
    case 'before':
      return Math.max(0, (readyUs - originUs - fromUs) / US_PER_MS);
    case 'wait':
      return Math.max(0, (startedUs - readyUs) / US_PER_MS);
    case 'run':
      return (endedUs - startedUs) / US_PER_MS;
    case 'after':
      return Math.max(0, (landedUs - endedUs) / US_PER_MS);
  }
}
