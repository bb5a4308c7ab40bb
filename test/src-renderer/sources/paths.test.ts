// Paths as people paste and drop them.

import { expect, it } from 'vitest';
import { droppedPaths } from '../../../src-renderer/sources/dropped-paths.ts';
import { pathsOf } from '../../../src-renderer/sources/paths-of.ts';

it('takes one path a line, without quotes and doubles', () => {
  expect(pathsOf(' /data/a b.ndjson \n\n"/data/c.json"\n\'/x/d\'\n/data/c.json\n')).toEqual([
    '/data/a b.ndjson',
    '/data/c.json',
    '/x/d',
  ]);
  expect(pathsOf(' \n ')).toEqual([]);
});

it('asks the window for the path of a dropped file, and a browser has none', () => {
  const files = [{ name: 'a' }, { name: '' }] as unknown as File[];
  const preload = { connect: () => {}, pathOf: (file: File) => (file.name ? `/drop/${file.name}` : '') };
  expect(droppedPaths(files, preload)).toEqual(['/drop/a']);
  expect(droppedPaths(files, null)).toEqual([]);
});
