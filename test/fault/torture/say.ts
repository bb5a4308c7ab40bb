// Lines that outlive their process: in the pipe when this returns. Node's own stdout keeps in memory what a full pipe does
// not take, and that dies with a killed process.

import { writeSync } from 'node:fs';

/** Waits, however long nobody reads. */
export function say(line: string): void {
  const bytes = Buffer.from(`${line}\n`);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(1, bytes, at);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}
