// Sorting of small integer sets by a key, with a second key that decides ties: deterministic whatever the engine's
// sort does with equal elements.

/** Sorts ids ascending by `key`, ties by `tie`. In place; returns the same array. */
export function sortBy(ids: Int32Array, key: ArrayLike<number>, tie: ArrayLike<number>): Int32Array {
  return ids.sort((a, b) => key[a] - key[b] || tie[a] - tie[b]);
}

/** 0 … n-1. */
export function upTo(n: number): Int32Array {
  const ids = new Int32Array(n);
  for (let i = 0; i < n; i++) ids[i] = i;
  return ids;
}

/** Above this many, halving beats moving neighbours. */
const INSERTION_MAX = 48;

/**
 * Sorts ids ascending by `key`, where `key[i]` belongs to the place `i` of `ids` and moves with it; equal keys keep
 * their order. Made for short lists that are nearly sorted.
 */
export function sortByOwnKeys(ids: Int32Array, key: Float64Array): void {
  if (ids.length > INSERTION_MAX) {
    const places = upTo(ids.length);
    const sorted = sortBy(upTo(ids.length), key, places).map((place) => ids[place]);
    ids.set(sorted);
    return;
  }
  for (let i = 1; i < ids.length; i++) {
    const id = ids[i];
    const value = key[i];
    let at = i;
    for (; at > 0 && key[at - 1] > value; at--) {
      key[at] = key[at - 1];
      ids[at] = ids[at - 1];
    }
    key[at] = value;
    ids[at] = id;
  }
}
