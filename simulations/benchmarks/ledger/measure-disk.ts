// What one fdatasync costs here: the floor under every durable answer, to be read beside the other figures.

import { closeSync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { inFolder, type Latency, latencyOf } from './figures.ts';

const BLOCK_BYTES = 4_096;

/** Milliseconds of an append of 4 KiB and its fdatasync. */
export function measureDisk(parent: string, rounds: number): Promise<Latency> {
  return inFolder(parent, async (dir) => {
    const file = openSync(join(dir, 'append'), 'w');
    const block = Buffer.alloc(BLOCK_BYTES, 1);
    const took = new Float64Array(rounds);
    for (let i = 0; i < rounds; i++) {
      const from = performance.now();
      writeSync(file, block);
      fdatasyncSync(file);
      took[i] = performance.now() - from;
    }
    closeSync(file);
    return latencyOf(took);
  });
}
