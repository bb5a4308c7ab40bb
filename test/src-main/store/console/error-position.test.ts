// Places of errors, from the very messages of DuckDB 1.5.

import { expect, test } from 'vitest';
import { errorPosition } from '../../../../src-main/store/console/error-position.ts';

const at = (message: string, sql: string): string => {
  const found = errorPosition(message, sql);
  if (found === null) return 'nowhere';
  const line = sql.split('\n')[found.line - 1] ?? '';
  return `${found.line}:${found.column} ${line.slice(found.column - 1, found.column - 1 + found.length)}`;
};

test('the word under the caret, on its line', () => {
  const sql = 'SELECT name,\n  count(*)\nFROM logg';
  const message =
    'Catalog Error: Table with name logg does not exist!\nDid you mean "log"?\n\nLINE 3: FROM logg\n             ^';
  expect(at(message, sql)).toBe('3:6 logg');
});

test('the second of two equal words', () => {
  const sql = "SELECT a FROM log WHERE name = 'x' AND AND 1=1";
  const shown = `LINE 1: ${sql}\n${' '.repeat(8 + sql.lastIndexOf('AND'))}^`;
  expect(at(`Parser Error: syntax error at or near "AND"\n\n${shown}`, sql)).toBe('1:40 AND');
});

test('in a line that is longer than what is shown', () => {
  const sql = `SELECT ${'1 AS aaaaaaaaaa, '.repeat(30)} bogus, ${'1 AS aaaaaaaaaa, '.repeat(30)} 1 FROM log`;
  const shown = `LINE 1: ...aaaaa, 1 AS aaaaaaaaaa, 1 AS aaaaaaaaaa,  bogus, 1 AS aaaaaaaaaa...\n${' '.repeat(53)}^`;
  const message = `Binder Error: Referenced column "bogus" not found in FROM clause!\n\n${shown}`;
  expect(at(message, sql)).toBe(`1:${sql.indexOf('bogus') + 1} bogus`);
});

test('behind tabs and wide characters, which a caret counts otherwise', () => {
  const wide = "SELECT 'äöü€😀日本', bogus FROM log";
  const message = 'Binder Error: Referenced column "bogus" not found in FROM clause!\n\n';
  expect(at(`${message}LINE 1: ${wide}\n${' '.repeat(29)}^`, wide)).toBe(`1:${wide.indexOf('bogus') + 1} bogus`);
  const tab = 'SELECT\n\tbogus FROM log';
  expect(at(`${message}LINE 2: \tbogus FROM log\n        ^`, tab)).toBe('2:2 bogus');
});

test('at the end, and nowhere', () => {
  expect(at('Parser Error: syntax error at end of input', 'SELECT (1\n  \n')).toBe('1:10 ');
  expect(at('only SELECT may run here, not DELETE', 'DELETE FROM log')).toBe('nowhere');
});
