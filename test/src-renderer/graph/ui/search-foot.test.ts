// The line under the finds.

import { expect, it } from 'vitest';
import { footText } from '../../../../src-renderer/graph/ui/search-foot.ts';

const FOUND = [
  { kind: 'node', node: 3 },
  { kind: 'group', group: 1 },
] as const;

it('says that nothing is found only of what was searched', () => {
  expect(footText({ total: 0, shown: [], isSearched: true })).toBe('Nothing has that in its name');
  expect(footText({ total: 0, shown: [], isSearched: false })).toBe('Searching…');
});

it('counts what is shown, and of how many', () => {
  for (const isSearched of [true, false]) {
    expect(footText({ total: 2, shown: FOUND, isSearched })).toBe('2 found');
    expect(footText({ total: 1_234, shown: FOUND, isSearched })).toBe('2 of 1,234 found');
  }
});
