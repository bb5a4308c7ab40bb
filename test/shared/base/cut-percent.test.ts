import { expect, it } from 'vitest';
import { cutPercent } from '../../../shared/base/cut-percent.ts';

it.each([
  [89 / 90, 2, '98.88'],
  [0.99996, 2, '99.99'],
  [1, 2, '100.00'],
  [0.995, 1, '99.5'],
  [0.29, 0, '29'],
  [0, 2, '0.00'],
])('%s with %i decimals is %s', (share, decimals, text) => expect(cutPercent(share, decimals)).toBe(text));
