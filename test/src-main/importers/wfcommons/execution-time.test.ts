import { expect, it } from 'vitest';
import { parseExecutionTime } from '../../../../src-main/importers/wfcommons/execution-time.ts';

it.each([
  ['20200401T054215+0000', Date.UTC(2020, 3, 1, 5, 42, 15)],
  ['20200401T054215Z', Date.UTC(2020, 3, 1, 5, 42, 15)],
  ['2020-12-27T18:23:37+00:00', Date.UTC(2020, 11, 27, 18, 23, 37)],
  ['2023-03-29T15:45:52-10:00', Date.UTC(2023, 2, 30, 1, 45, 52)],
  ['05-10-23T16:23:32Z', Date.UTC(2023, 4, 10, 16, 23, 32)],
])('%s', (text, ms) => {
  expect(parseExecutionTime(text)).toBe(ms);
});

it.each(['', 'soon', '20201301T054215+0000', '13-10-23T16:23:32Z', '20200401T054215', '2020-12-27'])(
  '%j is no time',
  (text) => {
    expect(parseExecutionTime(text)).toBeNull();
  },
);
