// Names that are no words of a shell, given to a real one.

import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { shellWord } from '../../../src-main/cli/shell-word.ts';

test('plain names stay as they are', () => {
  for (const name of ['recs.train_daily', 'date=2025-12-24/hour=03', '.landfall/sample']) {
    expect(shellWord(name)).toBe(name);
  }
});

test.skipIf(process.platform === 'win32')('a shell hands on every name as it is', () => {
  const names = ['a b', "it's", '$(id)', '`id`', 'a;b|c&d>e', '', 'ü*?', '"', '~', 'a\nb', '\\', '#x', '-x'];
  const printed = execFileSync('sh', ['-c', `printf '%s\\0' ${names.map(shellWord).join(' ')}`]).toString();
  expect(printed.split('\0').slice(0, -1)).toEqual(names);
});
