// Finds a cycle in a directed graph, so that whoever reads definitions can refuse it and name its members.

import { csrBy } from './catalog.ts';

/**
 * The nodes of one cycle in order (each points at the next, the last at the first), or null. Edge i runs from
 * `from[i]` to `to[i]`. Iterative, O(nodes + edges).
 */
export function findCycle(nodes: number, from: ArrayLike<number>, to: ArrayLike<number>): number[] | null {
  const out = csrBy(from, to, nodes);
  const state = new Uint8Array(nodes);
  const next = out.offsets.slice(0, nodes);
  const path: number[] = [];
  for (let root = 0; root < nodes; root++) {
    if (state[root] !== 0) continue;
    path.push(root);
    state[root] = OPEN;
    while (path.length > 0) {
      const node = path[path.length - 1];
      if (next[node] === out.offsets[node + 1]) {
        state[node] = DONE;
        path.pop();
        continue;
      }
      const target = out.values[next[node]++];
      if (state[target] === OPEN) return path.slice(path.indexOf(target));
      if (state[target] === DONE) continue;
      state[target] = OPEN;
      path.push(target);
    }
  }
  return null;
}

const OPEN = 1;
const DONE = 2;
