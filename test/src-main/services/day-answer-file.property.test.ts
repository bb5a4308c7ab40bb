import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DayAnswer } from '../../../shared/model/reference-day.ts';
import { dayAnswerChunks, writeDayAnswer } from '../../../src-main/services/day-answer-file.ts';

/** Each chunk is read before the next one is asked for, as its contract says. */
const text = (answer: DayAnswer): string =>
  Array.from(dayAnswerChunks(answer), (chunk) => Buffer.from(chunk).toString('latin1')).join('');

/** The same, the slow and obvious way. */
const expected = (a: DayAnswer): string =>
  Array.from(a.readyMs, (ready, i) => `${i},${ready},${a.startMs[i]},${a.finishMs[i]},${a.finalMs[i]}\n`).join('');

const int32 = fc.oneof(
  fc.nat(120),
  fc.constantFrom(0, 9, 10, 99, 100, 2 ** 31 - 1),
  fc.integer({ min: -5, max: 2 ** 31 - 1 }),
);
const answerOf = (rows: readonly (readonly number[])[]): DayAnswer => {
  const column = (i: number): Int32Array => Int32Array.from(rows, (row) => row[i] ?? 0);
  return { readyMs: column(0), startMs: column(1), finishMs: column(2), finalMs: column(3) };
};

describe('the answer file of a day', () => {
  it('holds the decimal text of every number', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(int32, int32, int32, int32), { maxLength: 200 }), (rows) => {
        const answer = answerOf(rows);
        expect(text(answer)).toBe(expected(answer));
      }),
    );
  });

  it('is the same when it takes many chunks', () => {
    const answer = answerOf(Array.from({ length: 60_000 }, (_, i) => [i * 7, i * 1_000, i * 30_001, 2 ** 31 - 1 - i]));
    expect([...dayAnswerChunks(answer)].length).toBeGreaterThan(1);
    expect(text(answer)).toBe(expected(answer));
  });
});

describe('writing it', () => {
  let dir = '';
  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'landfall-answer-'));
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('leaves one whole file, and nothing when it cannot be written', () => {
    const answer = answerOf([[1, 2, 3, 4]]);
    writeDayAnswer(join(dir, 'starts.csv'), answer);
    writeDayAnswer(join(dir, 'starts.csv'), answer);
    expect(readFileSync(join(dir, 'starts.csv'), 'utf8')).toBe('0,1,2,3,4\n');
    expect(() => writeDayAnswer(dir, answer)).toThrow('the answer cannot be written: it is a folder');
    expect(readdirSync(dir)).toEqual(['starts.csv']);
  });
});
