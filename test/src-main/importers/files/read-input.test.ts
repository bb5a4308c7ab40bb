import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readInput } from '../../../../src-main/importers/files/read-input.ts';
import { folderOf } from '../support/import-here.ts';

async function readBytes(content: string | Uint8Array): Promise<string> {
  const read = await readInput(join(folderOf({ file: content }), 'file'));
  return read.ok ? Buffer.from(read.value.bytes).toString() : `refused: ${read.error}`;
}

/** Text that gzip does not shrink a hundredfold. */
const ordinary = Array.from({ length: 500 }, (_, i) => `line ${i * 7919}`).join('\n');

describe('readInput', () => {
  it('unpacks gzip, told by its first bytes', async () => {
    expect(await readBytes(gzipSync(ordinary))).toBe(ordinary);
    expect(await readBytes(ordinary)).toBe(ordinary);
  });

  it('hashes the file as it is on disk', async () => {
    const packed = gzipSync(ordinary);
    const read = await readInput(join(folderOf({ file: packed }), 'file'));
    expect(read.ok && read.value.contentHash).toBe(createHash('sha256').update(packed).digest('hex'));
  });

  it('refuses a bomb, a cut archive, a damaged one, and one inside another', async () => {
    const packed = gzipSync(ordinary);
    const damaged = Buffer.from(packed);
    damaged[40] ^= 0xff;
    expect(await readBytes(gzipSync(Buffer.alloc(1_000_000)))).toBe(
      'refused: unpacks to more than 100 times its size: not read',
    );
    expect(await readBytes(packed.subarray(0, packed.length / 2))).toBe('refused: the gzip data is cut off');
    expect(await readBytes(damaged)).toMatch(/^refused: the gzip data is (?:damaged|cut off)$/);
    expect(await readBytes(gzipSync(packed))).toBe('refused: gzip inside gzip: only one layer is unpacked');
  });

  it('says why the system refuses', async () => {
    const folder = folderOf({ file: 'x' });
    expect(await readInput(join(folder, 'other'))).toEqual({ ok: false, error: 'no such file or folder' });
    expect(await readInput(folder)).toEqual({ ok: false, error: 'is a folder where a file should be' });
  });
});
