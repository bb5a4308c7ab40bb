// Charges with names that people use, and what taking each away is for a replay.

import type { CriticalChain } from '../../../shared/analysis/why/chain.ts';
import type { Charge } from '../../../shared/analysis/why/charges.ts';
import type { ReplayChange, WhyCharge } from '../../../shared/api/views-why.ts';

export function namedCharges(chain: CriticalChain, charges: readonly Charge[]): WhyCharge[] {
  return charges.map((charge) => {
    const link = chain.links[charge.link];
    if (charge.cause === 'rest' || link === undefined)
      return { ...charge, name: 'the rest', taskRun: -1, change: null };
    return {
      ...charge,
      name: nameOf(charge, link.label),
      taskRun: link.taskRun,
      change: changeOf(charge, link.taskRun),
    };
  });
}

function nameOf({ cause, pool, holder }: Charge, label: string): string {
  switch (cause) {
    case 'source':
      return `late source of ${label}`;
    case 'pool':
    case 'priority':
      return holder === null ? `pool ${pool}, for ${label}` : `pool ${pool} held by ${holder.pipeline}`;
    case 'run':
      return `${label} ran longer`;
    case 'unknown':
      return `unknown wait of ${label}`;
    default:
      return `${cause} of ${label}`;
  }
}

function changeOf({ cause, holder, usualMs }: Charge, taskRun: number): ReplayChange | null {
  if (cause === 'source') return { kind: 'source-on-time', taskRun };
  if (cause === 'pool' && holder !== null) return { kind: 'remove-pipeline', pipeline: holder.pipeline };
  return cause === 'run' && usualMs > 0 ? { kind: 'duration', taskRun, ms: usualMs } : null;
}
