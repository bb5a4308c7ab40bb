// Breaks cycles: a depth-first walk in name order marks the edges that close one. What is left is acyclic, and the
// walk's reverse finishing order is a topological order of it. Iterative: a chain of 50,000 must not overflow.

import { csrBy } from '../../../shared/model/catalog.ts';
import { sortBy, upTo } from './sorting.ts';

export interface Acyclic {
  /** Nodes so that every kept edge runs forward. */
  readonly order: Int32Array;
  /** 1 on the edges that close a cycle, self loops included. */
  readonly back: Uint8Array;
}

const OPEN = 1;
const DONE = 2;

/** Edge i runs from `from[i]` to `to[i]`; `rank` decides where the walk begins and turns. O(nodes + edges log edges). */
export function breakCycles(nodes: number, from: Int32Array, to: Int32Array, rank: Int32Array): Acyclic {
  const byTarget = upTo(from.length).sort((a, b) => rank[to[a]] - rank[to[b]] || a - b);
  const out = csrBy(
    byTarget.map((edge) => from[edge]),
    byTarget,
    nodes,
  );
  const back = new Uint8Array(from.length);
  const state = new Uint8Array(nodes);
  const next = out.offsets.slice(0, nodes);
  const path = new Int32Array(nodes);
  const order = new Int32Array(nodes);
  let left = nodes;
  for (const root of roots(nodes, from, to, rank)) {
    if (state[root] !== 0) continue;
    let depth = 0;
    path[depth++] = root;
    state[root] = OPEN;
    while (depth > 0) {
      const node = path[depth - 1];
      if (next[node] === out.offsets[node + 1]) {
        state[node] = DONE;
        order[--left] = node;
        depth--;
        continue;
      }
      const edge = out.values[next[node]++];
      if (state[to[edge]] === OPEN) back[edge] = 1;
      else if (state[to[edge]] === 0) {
        state[to[edge]] = OPEN;
        path[depth++] = to[edge];
      }
    }
  }
  return { order, back };
}

/** Sources first, then the rest, each by name. */
function roots(nodes: number, from: Int32Array, to: Int32Array, rank: Int32Array): Int32Array {
  const fed = new Uint8Array(nodes);
  for (let edge = 0; edge < to.length; edge++) if (from[edge] !== to[edge]) fed[to[edge]] = 1;
  return sortBy(upTo(nodes), fed, rank);
}
