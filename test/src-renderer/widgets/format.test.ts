// Figures as text: never more certain than they are.

import { expect, it } from 'vitest';
import { formatCount, formatPlural, formatShare, formatSpan } from '../../../src-renderer/widgets/format.ts';

it('writes counts', () => {
  expect([formatCount(49_812), formatCount(Number.NaN)]).toEqual(['49,812', 'unknown']);
  expect([formatPlural(1, 'run'), formatPlural(0, 'run'), formatPlural(2, 'entry', 'entries')]).toEqual([
    '1 run',
    '0 runs',
    '2 entries',
  ]);
});

it('rounds shares down, so that only all of them are 100 %', () => {
  expect([1, 0.99999, 0.973, 0.5, 0, Number.NaN].map(formatShare)).toEqual([
    '100 %',
    '99.9 %',
    '97.3 %',
    '50 %',
    '0 %',
    'unknown',
  ]);
});

it('leaves zero seconds out of a sentence', () => {
  expect([540_000, 545_000, 7_200_000, 14_200].map(formatSpan)).toEqual(['9 min', '9 min 05 s', '2 h', '14.2 s']);
});
