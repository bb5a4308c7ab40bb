// Pairs of ids whose hashes are the same in every bit: nothing but the rows tells them apart.

import { describe, expect, it } from 'vitest';
import { mix32 } from '../../../../shared/base/hash.ts';
import { RowSlots } from '../../../../src-main/store/partitions/row-slots.ts';
import { VersionRows } from '../../../../src-main/store/partitions/version-rows.ts';

type Pair = readonly [dataset: number, key: number];

/** As the table hashes. */
const hashOf = ([dataset, key]: Pair): number => mix32(Math.imul(dataset, 0x9e3779b1) ^ mix32(key + 1));

function collisions(pairs: number): (readonly [Pair, Pair])[] {
  const byHash = new Map<number, Pair>();
  const found: (readonly [Pair, Pair])[] = [];
  for (let i = 0; i < pairs; i++) {
    const pair = [i % 5, Math.floor(i / 5)] as const;
    const other = byHash.get(hashOf(pair));
    if (other !== undefined) found.push([other, pair]);
    byHash.set(hashOf(pair), pair);
  }
  return found;
}

function findMany(slots: RowSlots, pairs: readonly Pair[]): number[] {
  const [datasets, keys] = [0, 1].map((part) => Int32Array.from(pairs, (pair) => pair[part]));
  const rows = new Int32Array(pairs.length);
  slots.findMany(datasets, keys, pairs.length, rows);
  return [...rows];
}

describe('the slots of rows', () => {
  it('tell pairs with the same hash apart, one by one and many at once', () => {
    const pairs = collisions(300_000);
    expect(pairs.length).toBeGreaterThan(3);
    const [firsts, seconds] = [pairs.map(([first]) => first), pairs.map(([, second]) => second)];
    const slots = new RowSlots(new VersionRows());
    const rows = firsts.map((pair) => slots.findOrAdd(...pair));
    for (const pair of seconds) expect(slots.find(...pair)).toBe(-1);
    expect(findMany(slots, [...firsts, ...seconds])).toEqual([...rows, ...seconds.map(() => -1)]);
    const more = seconds.map((pair) => slots.findOrAdd(...pair));
    expect(findMany(slots, [...seconds, ...firsts])).toEqual([...more, ...rows]);
    expect([...firsts, ...seconds].map((pair) => slots.find(...pair))).toEqual([...rows, ...more]);
  });

  it('have nothing for ids that are none', () => {
    const slots = new RowSlots(new VersionRows());
    slots.findOrAdd(0, 0);
    expect(findMany(slots, [[-1, 0] as const, [0, -1] as const, [0, 0] as const])).toEqual([-1, -1, 0]);
  });
});
