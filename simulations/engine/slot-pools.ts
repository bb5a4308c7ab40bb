// Pools of slots, and the rows that wait for one. A pool has a queue for each priority (queue-ids.ts); a free slot
// goes to the first row of its first queue that has any, found by bits in O(1). Inside a queue rows go by (since,
// handle) ascending: added in that order, which is the rule, they make a list; a queue that one arrives at out of
// order becomes a heap until it is empty.
// Nothing is granted before `grant` is called: add and give back everything of one timestamp first.

import { BitTree } from './bit-tree.ts';
import type { QueueIds } from './queue-ids.ts';
import { NO_ROW, ROW_NEXT, ROW_SINCE } from './rows.ts';
import { mergeHeaps, noHeapChildren, restOfHeap } from './waiting-heap.ts';

/** A pool is four integers: slots free, rows waiting, whether it stands on the stack, its first queue. */
const POOL_INTS = 4;
const FREE = 0;
const WAITING = 1;
const STACKED = 2;
const FIRST_QUEUE = 3;

/** A queue is two integers: its first row, and its last, or IS_HEAP when the first is a heap's root. */
const QUEUE_INTS = 2;
const FIRST = 0;
const LAST = 1;
const IS_HEAP = -2;

export class SlotPools {
  readonly #rows: Int32Array;
  readonly #slots: Int32Array;
  readonly #firstQueue: Int32Array;
  readonly #poolOf: Int32Array;
  readonly #pools: Int32Array;
  readonly #queues: Int32Array;
  /** Queues that have rows. */
  readonly #filled: BitTree;
  /** Pools with both a slot and a row, perhaps: those that `grant` looks at. */
  readonly #stack: Int32Array;
  #stackSize = 0;

  /** @param slots of each pool, at least 0 */
  constructor(rows: Int32Array, ids: QueueIds, slots: Int32Array) {
    this.#rows = rows;
    this.#slots = slots;
    this.#firstQueue = ids.firstQueue;
    this.#poolOf = ids.poolOf;
    this.#pools = new Int32Array(slots.length * POOL_INTS);
    this.#queues = new Int32Array(ids.queueCount * QUEUE_INTS);
    this.#filled = new BitTree(ids.queueCount);
    this.#stack = new Int32Array(slots.length);
    this.clear();
  }

  clear(): void {
    this.#queues.fill(NO_ROW);
    this.#filled.clear();
    this.#stackSize = 0;
    for (let pool = 0; pool < this.#slots.length; pool++) {
      const at = pool * POOL_INTS;
      this.#pools[at + FREE] = this.#slots[pool];
      this.#pools[at + WAITING] = 0;
      this.#pools[at + STACKED] = 0;
      this.#pools[at + FIRST_QUEUE] = this.#firstQueue[pool];
    }
  }

  /** Takes a slot for a row of the queue when one is free and nobody waits. For the only row of a round. */
  takeFree(queue: number): boolean {
    const pools = this.#pools;
    const pool = this.#poolOf[queue] * POOL_INTS;
    const free = pools[pool + FREE];
    if (free === 0 || pools[pool + WAITING] !== 0) return false;
    pools[pool + FREE] = free - 1;
    return true;
  }

  /** The row waits; its ROW_SINCE is set. */
  wait(row: number, queue: number): void {
    const pools = this.#pools;
    const pool = this.#poolOf[queue] * POOL_INTS;
    pools[pool + WAITING]++;
    if (pools[pool + FREE] > 0) this.#look(pool);
    noHeapChildren(this.#rows, row);
    const at = queue * QUEUE_INTS;
    const last = this.#queues[at + LAST];
    if (last >= 0 && !this.#isAfter(row, last)) this.#waitInHeap(row, at);
    else if (last === IS_HEAP) this.#waitInHeap(row, at);
    else {
      this.#queues[at + LAST] = row;
      if (last >= 0) this.#rows[last + ROW_NEXT] = row;
      else {
        this.#queues[at + FIRST] = row;
        this.#filled.add(queue);
      }
    }
  }

  /** Gives back the slot that a row of the queue held. */
  giveBack(queue: number): void {
    const pools = this.#pools;
    const pool = this.#poolOf[queue] * POOL_INTS;
    pools[pool + FREE]++;
    if (pools[pool + WAITING] > 0) this.#look(pool);
  }

  get mayGrant(): boolean {
    return this.#stackSize > 0;
  }

  /** The next row that gets a slot, or NO_ROW when nobody can have one. */
  grant(): number {
    const pools = this.#pools;
    while (this.#stackSize > 0) {
      const pool = this.#stack[this.#stackSize - 1];
      const free = pools[pool + FREE];
      const waiting = pools[pool + WAITING];
      if (free > 0 && waiting > 0) {
        pools[pool + FREE] = free - 1;
        pools[pool + WAITING] = waiting - 1;
        return this.#takeFirst(this.#filled.nextFrom(pools[pool + FIRST_QUEUE]));
      }
      pools[pool + STACKED] = 0;
      this.#stackSize--;
    }
    return NO_ROW;
  }

  #look(pool: number): void {
    if (this.#pools[pool + STACKED] !== 0) return;
    this.#pools[pool + STACKED] = 1;
    this.#stack[this.#stackSize++] = pool;
  }

  #isAfter(row: number, last: number): boolean {
    const since = this.#rows[row + ROW_SINCE];
    const lastSince = this.#rows[last + ROW_SINCE];
    return since > lastSince || (since === lastSince && row > last);
  }

  /** A list is a heap in which every row has one child, so it becomes one by being called so. */
  #waitInHeap(row: number, at: number): void {
    const queues = this.#queues;
    queues[at + FIRST] = mergeHeaps(this.#rows, queues[at + FIRST], row);
    queues[at + LAST] = IS_HEAP;
  }

  #takeFirst(queue: number): number {
    const queues = this.#queues;
    const at = queue * QUEUE_INTS;
    const row = queues[at + FIRST];
    const rest = queues[at + LAST] === IS_HEAP ? restOfHeap(this.#rows, row) : this.#rows[row + ROW_NEXT];
    queues[at + FIRST] = rest;
    if (rest < 0) {
      queues[at + LAST] = NO_ROW;
      this.#filled.remove(queue);
    }
    return row;
  }
}
