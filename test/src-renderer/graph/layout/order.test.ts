import { expect, test } from 'vitest';
import { orderLayers } from '../../../../src-renderer/graph/layout/order.ts';
import { upTo } from '../../../../src-renderer/graph/layout/sorting.ts';

test('a crossing that can be undone is undone', () => {
  // Layer 0: 0, 1; layer 1: 2, 3; 0 -> 3 and 1 -> 2 cross in name order.
  const layers = orderLayers(Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 1), Int32Array.of(3, 2), upTo(4));
  const [first, second] = layers.map((layer) => Array.from(layer));
  expect(first.map((node) => second.indexOf(node === 0 ? 3 : 2))).toEqual([0, 1]);
});

test('an edge that passes through layers keeps its height by its dummies', () => {
  // Two chains, top 0-1-2 and bottom 3-4-5, and a long edge 6 -> 7 that starts below both.
  const layer = Int32Array.of(0, 1, 2, 0, 1, 2, 0, 2);
  const layers = orderLayers(layer, Int32Array.of(0, 1, 3, 4, 6), Int32Array.of(1, 2, 4, 5, 7), upTo(8));
  expect(layers.map((ids) => Array.from(ids))).toEqual([
    [0, 3, 6],
    [1, 4],
    [2, 5, 7],
  ]);
});

test('every node is in its own layer, once', () => {
  const layer = Int32Array.of(0, 2, 1, 0, 2);
  const layers = orderLayers(layer, Int32Array.of(0, 2, 3), Int32Array.of(2, 1, 4), upTo(5));
  expect(layers.map((ids) => Array.from(ids).sort())).toEqual([[0, 3], [2], [1, 4]]);
});
