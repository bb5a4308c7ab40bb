// Progress of long work on stderr: one line redrawn in place on a terminal. Elsewhere nothing, so that a script's
// stderr holds only what went wrong; or one line a step, where a person waits for it.

import type { ImportProgress } from '../../shared/api/views.ts';
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
