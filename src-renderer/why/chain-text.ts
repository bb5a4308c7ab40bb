// The chain in words and figures: minutes as people read a stop watch, what a link's time went to, what colour that has.

import { type ChainLink, type ChainPart, type PartCause, partMs } from '../../shared/analysis/why/chain.ts';
import { EVIDENCE_NAMES } from '../../shared/model/event.ts';

/** `22:00`, `109:04`, `0:12`: minutes and seconds; "–" for unknown. */
export function minutesText(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  const seconds = Math.round(Math.abs(ms) / 1_000);
  return `${ms < 0 ? '-' : ''}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** What a part is painted as: late for what should not have been, wait for what every run waits. */
export type PartTone = 'late' | 'wait' | 'run' | 'whole' | 'unknown';

const TONES: Readonly<Partial<Record<PartCause, PartTone>>> = {
  run: 'run',
  check: 'whole',
  'finalize queue': 'whole',
  publish: 'whole',
  unknown: 'unknown',
  'trigger detection': 'wait',
  'scheduler loop': 'wait',
  'start-up': 'wait',
};

export const toneOf = (cause: PartCause): PartTone => TONES[cause] ?? 'late';

/** Parts shorter than this are not worth a word. */
const WORTH_MS = 500;

/** `pool spark 18:32 · scheduler loop 0:12 · ran 24:00 · check + publish 2:00`; each cause once, in order of time. */
export function partsText(parts: readonly ChainPart[]): string {
  const sums = new Map<string, number>();
  for (const part of parts) {
    const name = partName(part);
    sums.set(name, (sums.get(name) ?? 0) + partMs(part));
  }
  return [...sums]
    .filter(([, ms]) => ms >= WORTH_MS)
    .map(([name, ms]) => `${name} ${minutesText(ms)}`)
    .join(' · ');
}

function partName({ cause, pool }: ChainPart): string {
  if (cause === 'run') return 'ran';
  if (cause === 'source') return 'waited for its source';
  if (cause === 'pool') return `pool ${pool || 'unknown'}`;
  if (cause === 'check' || cause === 'publish' || cause === 'finalize queue') return 'check + publish';
  return cause;
}

/** How the least sure part of a link is known. */
export const evidenceName = (link: ChainLink): string =>
  EVIDENCE_NAMES[Math.max(link.evidence, ...link.parts.map(({ evidence }) => evidence)) as 0 | 1 | 2];

export const linkMs = ({ fromUs, toUs }: ChainLink): number => (toUs - fromUs) / 1_000;
