// Progress of long work on stderr: one line redrawn in place on a terminal. Elsewhere nothing, so that a script's
// stderr holds only what went wrong; or one line a step, where a person waits for it.

import type { ImportProgress } from '../../shared/api/views.ts';
import type { ExperimentProgress } from '../../shared/api/views-scenario.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { formatCount } from './format-table.ts';
import type { CliIo } from './io.ts';

export interface ProgressLine {
  show(progress: ImportProgress): void;
  /** Takes the redrawn line away again. */
  clear(): void;
}

export function progressLine(io: CliIo, elsewhere: 'nothing' | 'lines' = 'nothing'): ProgressLine {
  let last = '';
  const show = ({ step, share }: ImportProgress): void => {
    const text = Number.isFinite(share) && io.errIsTerminal ? `${step} ${Math.floor(share * 100)} %` : step;
    if (text === last || (!io.errIsTerminal && elsewhere === 'nothing')) return;
    last = text;
    io.err(io.errIsTerminal ? `\r\x1b[K${text}` : `${text}\n`);
  };
  const clear = (): void => {
    if (last !== '' && io.errIsTerminal) io.err('\r\x1b[K');
    last = '';
  };
  return { show, clear };
}

/** Replications as a step: how many, and how long it will still take. */
export function experimentStep({ step, played, of, leftMs }: ExperimentProgress): ImportProgress {
  if (of === 0) return { step, share: Number.NaN };
  const left = Number.isNaN(leftMs) ? '' : `, about ${formatDuration(Math.ceil(leftMs / 1_000) * 1_000)} left`;
  return { step: `${step} ${formatCount(played)} of ${formatCount(of)}${left}`, share: Number.NaN };
}
