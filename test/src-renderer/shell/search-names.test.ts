// Finding names as one types: whole names, then beginnings, then beginnings of a part, then anywhere.

import { expect, it } from 'vitest';
import { searchNames } from '../../../src-renderer/shell/search-names.ts';

const NAMES = ['features.user_daily', 'daily', 'daily_orders', 'ingest.undaily', 'features.User_hourly', 'recs.daily'];
const found = (query: string, limit = 10): string[] => searchNames(NAMES, query, limit).map((row) => NAMES[row]);

it('ranks by where the word stands, then by length', () => {
  expect(found('daily')).toEqual(['daily', 'daily_orders', 'recs.daily', 'features.user_daily', 'ingest.undaily']);
});

it('wants every word, in any order and case', () => {
  expect(found('user FEATURES')).toEqual(['features.user_daily', 'features.User_hourly']);
  expect(found('user recs')).toEqual([]);
});

it('finds nothing for nothing, and no more than asked', () => {
  expect(found('  ')).toEqual([]);
  expect(found('daily', 2)).toHaveLength(2);
});
