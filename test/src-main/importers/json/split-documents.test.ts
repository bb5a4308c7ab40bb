import { describe, expect, it } from 'vitest';
import {
  type DocumentShape,
  documentShape,
  documentSlices,
} from '../../../../src-main/importers/json/split-documents.ts';

const bytesOf = (text: string): Uint8Array => Buffer.from(text);
const shapeOf = (text: string): DocumentShape | null => documentShape(bytesOf(text));

/** `line: text` of each document, and the fault at the end. */
function split(text: string): string[] {
  const bytes = bytesOf(text);
  const slices = documentSlices(bytes, documentShape(bytes) ?? 'single');
  const found: string[] = [];
  for (;;) {
    const next = slices.next();
    if (next.done) return next.value ? [...found, `fault ${next.value.line}: ${next.value.reason}`] : found;
    const { start, end, line } = next.value;
    found.push(`${line}: ${Buffer.from(bytes.subarray(start, end)).toString().replaceAll(/\s+/g, ' ')}`);
  }
}

describe('documentShape', () => {
  it.each<[string, DocumentShape | null]>([
    ['{"a":1}', 'single'],
    ['\ufeff{"a":1}\n', 'single'],
    ['{\n  "a": 1\n}\n', 'single'],
    ['{\n"a":\n[\n{"b":1}\n]\n}', 'single'],
    ['{\n  "a": 1,\n', 'single'],
    ['{"a":1}\n{"a":2}\n', 'lines'],
    ['{"a":1}\nrubbish\n', 'lines'],
    ['{"a": "cut\n{"a":2}\n', 'lines'],
    ['rubbish\n{"a":2}\n', 'lines'],
    ['\n\n{"a":1}\n\n{"a":2}', 'lines'],
    [' [1]', 'array'],
    ['task,pipeline\n1,2\n', null],
    ['', null],
    ['<xml/>', null],
  ])('of %j is %s', (text, shape) => {
    expect(shapeOf(text)).toBe(shape);
  });
});

describe('documentSlices', () => {
  it('gives lines with their numbers and passes over blank ones', () => {
    expect(split('{"a":1}\r\n\n  \n{"a":2}')).toEqual(['1: {"a":1}', '4: {"a":2}']);
  });

  it('gives the members of an array with the line that each starts on', () => {
    expect(split('[\n  {"a": "]},"},\n\n  {"b":\n [1]}\n,3]\n')).toEqual(['2: {"a": "]},"}', '4: {"b": [1]}', '6: 3']);
    expect(split('[ ]')).toEqual([]);
  });

  it.each([
    ['[{"a":1},', 'fault 1: not JSON: the array is cut off, its closing bracket never comes'],
    ['[{"a":1}\n', 'fault 2: not JSON: the array is cut off, its closing bracket never comes'],
    ['[\n{"a":"', 'fault 2: not JSON: the array is cut off, its closing bracket never comes'],
    ['[{"a":1},]', 'fault 1: not JSON: a member of the array is missing'],
    ['[{"a":1} {"a":2}]', 'fault 1: not JSON: no comma between two members of the array'],
    ['[1]\n\n]', 'fault 3: not JSON: something follows the end of the array'],
  ])('ends with a fault in %j', (text, fault) => {
    expect(split(text).at(-1)).toBe(fault);
  });

  it('is linear: a million blank lines, or a million brackets, are over at once', () => {
    expect(split('\n'.repeat(1_000_000) + '{"a":1}\n{"a":2}')).toHaveLength(2);
    expect(split(`[${'['.repeat(1_000_000)}`)).toHaveLength(1);
  });
});
