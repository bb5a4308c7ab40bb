// Numbers the queues of pools: one for each (pool, priority) that occurs, so that those of a pool stand together, the
// highest priority first. Any number of distinct priorities, negative ones too.

export interface QueueIds {
  /** The pool of each queue. */
  readonly poolOf: Int32Array;
  /** The first queue of each pool, a multiple of 32: up to 32 priorities share one word of bits. */
  readonly firstQueue: Int32Array;
  /** Ids are below this; some in between are not used. */
  readonly queueCount: number;
}

const PRIORITY_SPAN = 4_294_967_296;
const PRIORITY_MAX = 2_147_483_647;

export interface NumberedQueues {
  readonly ids: QueueIds;
  /** Of each row of the columns that were given. */
  readonly queue: Int32Array;
}

/** @param pool of each row, from 0 to below `poolCount`; `priority` beside it, 32 bits with sign */
export function numberQueues(pool: Int32Array, priority: Int32Array, poolCount: number): NumberedQueues {
  const idOfKey = new Map<number, number>();
  for (let i = 0; i < pool.length; i++) {
    if (i > 0 && pool[i] === pool[i - 1] && priority[i] === priority[i - 1]) continue;
    idOfKey.set(keyOf(pool[i], priority[i]), 0);
  }
  const keys = Float64Array.from(idOfKey.keys()).sort();
  const firstQueue = new Int32Array(poolCount);
  let queueCount = 0;
  let next = 0;
  for (let p = 0; p < poolCount; p++) {
    firstQueue[p] = queueCount;
    for (; next < keys.length && keys[next] < (p + 1) * PRIORITY_SPAN; next++) idOfKey.set(keys[next], queueCount++);
    queueCount = (queueCount + 31) & ~31;
  }
  const poolOf = new Int32Array(queueCount);
  for (const [key, id] of idOfKey) poolOf[id] = Math.floor(key / PRIORITY_SPAN);
  return { ids: { poolOf, firstQueue, queueCount }, queue: queueOfRows(pool, priority, idOfKey) };
}

/** Ascending in pool, then descending in priority. */
const keyOf = (pool: number, priority: number): number => pool * PRIORITY_SPAN + (PRIORITY_MAX - priority);

/** Rows that are neighbours are mostly of one pipeline, so the last answer is mostly the next one. */
function queueOfRows(pool: Int32Array, priority: Int32Array, idOfKey: Map<number, number>): Int32Array {
  const queue = new Int32Array(pool.length);
  for (let i = 0; i < pool.length; i++) {
    const same = i > 0 && pool[i] === pool[i - 1] && priority[i] === priority[i - 1];
    queue[i] = same ? queue[i - 1] : (idOfKey.get(keyOf(pool[i], priority[i])) as number);
  }
  return queue;
}
