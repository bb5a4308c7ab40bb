// Errors in plain words, from DuckDB's very messages.

import { expect, it } from 'vitest';
import { duckWords, errorWords } from '../../../src-renderer/sql/error-words.ts';

const words = (message: string) => {
  const { title, advice } = errorWords({ code: 'bad-request', message });
  return `${title} ${advice}`;
};

it('says what is wrong and what to do', () => {
  expect(
    words('Parser Error: syntax error at or near "FORM"\n\nLINE 1: SELECT 1 FORM log\n                 ^'),
  ).toMatch(/^The query is not understood at FORM\. Look just before it/);
  expect(words('Parser Error: syntax error at end of input')).toMatch(/^The query ends too early\. A bracket/);
  expect(
    words(
      'Binder Error: Referenced column "pipline" not found in FROM clause!\nCandidate bindings: "pipeline", "task"',
    ),
  ).toMatch(/^There is no column pipline in what is asked of\. Did you mean pipeline, task\?/);
  expect(
    words('Binder Error: Table "l" does not have a column named "nme"\n\nCandidate bindings: : "name", "zone"'),
  ).toMatch(/^There is no column nme in the table that it is asked of\. Did you mean name, zone\?/);
  expect(words('Binder Error: Referenced table "x" not found!\nCandidate tables: "l"')).toMatch(
    /^x is none of the tables that are asked\. Did you mean l\?/,
  );
  expect(words('Catalog Error: Table with name logg does not exist!\nDid you mean "log"?')).toMatch(
    /^There is no table or view logg\. Did you mean log\?/,
  );
  expect(
    words('Permission Error: Cannot access file "/etc/x" - file system operations are disabled by configuration'),
  ).toBe('Files and addresses are out of reach here. A query reads this workspace and nothing else.');
  expect(words('only SELECT may run here, not DELETE: the workspace is read-only')).toMatch(
    /^Only a SELECT may run here/,
  );
});

it('keeps the words of limits, which say what to do themselves', () => {
  const fault = {
    code: 'too-slow',
    message: 'the query ran longer than 30 s and was ended',
    hint: 'ask for less',
  } as const;
  expect(errorWords(fault)).toEqual({
    title: 'The query ran longer than 30 s and was ended.',
    advice: 'Ask for less.',
  });
});

it('has a title for what it does not know, and leaves out the line that the screen shows', () => {
  expect(errorWords({ code: 'bad-request', message: 'INTERNAL Error: what' }).title).toBe('The query cannot be run.');
  expect(duckWords('Binder Error: no\nCandidate: "a"\n\nLINE 2: FROM x\n        ^')).toBe(
    'Binder Error: no\nCandidate: "a"',
  );
});
