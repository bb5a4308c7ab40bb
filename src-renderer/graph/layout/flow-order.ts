// The order of groups, such that most edges between them run onwards: the greedy heuristic of Eades, Lin and Smyth
// (1993), here by taking what is fed by none of those left, else what gives most over what it takes.

import { sortBy, upTo } from './sorting.ts';

/** Above this many groups the greedy order, which is quadratic, gives way to the order of names. */
const ORDERED_GROUPS_MAX = 1_500;

/** Groups in flow order. Edges are pairs of groups, one a row, repeated as often as nodes are joined. */
export function flowOrder(groups: number, from: Int32Array, to: Int32Array, rank: Int32Array): Int32Array {
  const byName = sortBy(upTo(groups), rank, rank);
  if (groups > ORDERED_GROUPS_MAX) return byName;
  const weight = new Map<number, number>();
  const surplus = new Float64Array(groups);
  const incoming = new Float64Array(groups);
  for (let edge = 0; edge < from.length; edge++) {
    if (from[edge] === to[edge]) continue;
    const pair = from[edge] * groups + to[edge];
    weight.set(pair, (weight.get(pair) ?? 0) + 1);
    surplus[from[edge]]++;
    surplus[to[edge]]--;
    incoming[to[edge]]++;
  }
  const left = new Set<number>(byName);
  const order: number[] = [];
  while (left.size > 0) {
    const next = bestGiver(left, surplus, incoming);
    left.delete(next);
    order.push(next);
    for (const other of left) {
      const given = weight.get(next * groups + other) ?? 0;
      const taken = weight.get(other * groups + next) ?? 0;
      surplus[other] += given - taken;
      incoming[other] -= given;
    }
  }
  return Int32Array.from(order);
}

/** One that takes nothing from those left, else the one that gives most over what it takes; ties by name. */
function bestGiver(left: ReadonlySet<number>, surplus: Float64Array, incoming: Float64Array): number {
  let best = -1;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const group of left) {
    const score = incoming[group] === 0 ? Number.MAX_SAFE_INTEGER : surplus[group];
    if (score > bestScore) {
      best = group;
      bestScore = score;
    }
  }
  return best;
}
