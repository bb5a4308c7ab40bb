// A skew heap of waiting rows by (since, handle), linked through the rows themselves (D. Sleator, R. Tarjan,
// "Self-adjusting heaps", 1986): amortized O(log n), and a sorted list linked by ROW_NEXT is one already.

import { NO_ROW, ROW_NEXT, ROW_SINCE, ROW_TIME } from './rows.ts';

const LEFT = ROW_NEXT;
const RIGHT = ROW_TIME;

export function noHeapChildren(rows: Int32Array, row: number): void {
  rows[row + LEFT] = NO_ROW;
  rows[row + RIGHT] = NO_ROW;
}

/** What is left when the root is taken: a root, or NO_ROW. */
export const restOfHeap = (rows: Int32Array, root: number): number =>
  mergeHeaps(rows, rows[root + LEFT], rows[root + RIGHT]);

/** The root of both together. Either may be NO_ROW. */
export function mergeHeaps(rows: Int32Array, one: number, other: number): number {
  if (one < 0) return other;
  if (other < 0) return one;
  let low = isBefore(rows, one, other) ? one : other;
  let high = low === one ? other : one;
  const root = low;
  for (;;) {
    const right = rows[low + RIGHT];
    rows[low + RIGHT] = rows[low + LEFT];
    if (right < 0) {
      rows[low + LEFT] = high;
      return root;
    }
    const child = isBefore(rows, right, high) ? right : high;
    high = child === right ? high : right;
    rows[low + LEFT] = child;
    low = child;
  }
}

function isBefore(rows: Int32Array, one: number, other: number): boolean {
  const since = rows[one + ROW_SINCE];
  const otherSince = rows[other + ROW_SINCE];
  return since < otherSince || (since === otherSince && one < other);
}
