// Connected components by union-find: each is laid out alone and packed with the others of its group.

import { type Csr, csrBy } from '../../../shared/model/catalog.ts';
import { upTo } from './sorting.ts';

/** Members of each component; components and members in ascending id order. */
export function componentsOf(nodes: number, from: ArrayLike<number>, to: ArrayLike<number>): Csr {
  const parent = upTo(nodes);
  const root = (node: number): number => {
    let top = node;
    while (parent[top] !== top) {
      parent[top] = parent[parent[top]];
      top = parent[top];
    }
    return top;
  };
  for (let edge = 0; edge < from.length; edge++) {
    const a = root(from[edge]);
    const b = root(to[edge]);
    // The smaller id wins, so a root is the first member of its component.
    if (a < b) parent[b] = a;
    else parent[a] = b;
  }
  const number = new Int32Array(nodes);
  const component = new Int32Array(nodes);
  let count = 0;
  for (let node = 0; node < nodes; node++) {
    const top = root(node);
    if (top === node) number[node] = count++;
    component[node] = number[top];
  }
  return csrBy(component, upTo(nodes), count);
}
