// Layers of any acyclic graph: every edge runs to a larger layer, and no layer below zero is used.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { layersOf } from '../../../../src-renderer/graph/layout/layers.ts';
import { upTo } from '../../../../src-renderer/graph/layout/sorting.ts';

/** Edges from a smaller to a larger id, so that ids are a topological order. */
const graphs = fc.integer({ min: 2, max: 30 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    edges: fc.array(
      fc.tuple(fc.nat({ max: nodes - 2 }), fc.nat({ max: nodes - 1 })).map(([from, step]) => {
        return [from, Math.min(nodes - 1, from + 1 + step)] as const;
      }),
      { maxLength: 60 },
    ),
  }),
);

test('every edge runs to a larger layer', () => {
  fc.assert(
    fc.property(graphs, ({ nodes, edges }) => {
      const from = Int32Array.from(edges, ([a]) => a);
      const to = Int32Array.from(edges, ([, b]) => b);
      const layer = layersOf(upTo(nodes), from, to, new Uint8Array(edges.length));
      expect(edges.filter(([a, b]) => layer[a] >= layer[b])).toEqual([]);
      expect(Math.min(...layer)).toBeGreaterThanOrEqual(0);
    }),
  );
});

test('a source stands beside what it feeds, not in the first layer', () => {
  // 0 -> 1 -> 2 -> 3 and 4 -> 3: the lone source 4 moves next to 3.
  const layer = layersOf(
    Int32Array.of(0, 1, 2, 4, 3),
    Int32Array.of(0, 1, 2, 4),
    Int32Array.of(1, 2, 3, 3),
    new Uint8Array(4),
  );
  expect(Array.from(layer)).toEqual([0, 1, 2, 3, 2]);
});
