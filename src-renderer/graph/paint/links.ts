// Sums of the edges between groups, for the far view.

import type { GroupLinks } from './picture.ts';

/** One row per ordered pair of different groups that any edge joins, ascending by pair. */
export function groupLinks(group: Int32Array, groupCount: number, from: Int32Array, to: Int32Array): GroupLinks {
  const counts = new Map<number, number>();
  for (let edge = 0; edge < from.length; edge++) {
    const a = group[from[edge]];
    const b = group[to[edge]];
    if (a !== b) counts.set(a * groupCount + b, (counts.get(a * groupCount + b) ?? 0) + 1);
  }
  const pairs = [...counts.keys()].sort((a, b) => a - b);
  return {
    from: Int32Array.from(pairs, (pair) => Math.floor(pair / groupCount)),
    to: Int32Array.from(pairs, (pair) => pair % groupCount),
    count: Int32Array.from(pairs, (pair) => counts.get(pair) ?? 0),
  };
}
