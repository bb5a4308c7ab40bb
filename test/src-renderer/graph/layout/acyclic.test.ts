import { expect, test } from 'vitest';
import { breakCycles } from '../../../../src-renderer/graph/layout/acyclic.ts';
import { upTo } from '../../../../src-renderer/graph/layout/sorting.ts';

test('the edge that closes a cycle is the one that returns to where the walk began', () => {
  // a -> b -> c -> a, entered at a by name.
  const { back } = breakCycles(3, Int32Array.of(0, 1, 2), Int32Array.of(1, 2, 0), upTo(3));
  expect(Array.from(back)).toEqual([0, 0, 1]);
});

test('a source is where the walk begins, whatever its name', () => {
  // s (last by name) -> b -> a -> b: entered from s the walk meets b first.
  const { back } = breakCycles(3, Int32Array.of(2, 1, 0), Int32Array.of(1, 0, 1), upTo(3));
  expect(Array.from(back)).toEqual([0, 0, 1]);
});

test('an edge from a node to itself closes a cycle and makes the node no less a source', () => {
  const { back, order } = breakCycles(2, Int32Array.of(0, 0), Int32Array.of(0, 1), upTo(2));
  expect(Array.from(back)).toEqual([1, 0]);
  expect(Array.from(order)).toEqual([0, 1]);
});

test('a chain of 50,000 is walked without a deep stack', () => {
  const nodes = 50_000;
  const { order, back } = breakCycles(
    nodes,
    upTo(nodes - 1),
    upTo(nodes - 1).map((i) => i + 1),
    upTo(nodes),
  );
  expect(back).not.toContain(1);
  expect(order).toEqual(upTo(nodes));
});
