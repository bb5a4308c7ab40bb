// What a layout must be for any graph: nothing overlaps, nothing leaves its group, edges run left to right unless they
// close a cycle, and the same graph gives the same bytes whatever its ids are.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { layOut } from '../../../../src-renderer/graph/layout/lay-out.ts';
import { nodeHeight, nodeWidth } from '../../../../src-renderer/graph/layout/sizes.ts';
import type { Layout, LayoutInput } from '../../../../src-renderer/graph/layout/types.ts';
import { layoutInput } from '../../../../src-renderer/graph/model/layout-input.ts';
import { graphModels } from './arbitrary-graph.ts';

interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

const boxes = (input: LayoutInput, { x, y }: Layout): Box[] =>
  Array.from({ length: input.nodeCount }, (_, node) => ({
    left: x[node],
    top: y[node],
    right: x[node] + nodeWidth(input.kind[node]),
    bottom: y[node] + nodeHeight(input.kind[node]),
  }));

const groupBoxes = ({ groupX, groupY, groupWidth, groupHeight }: Layout): Box[] =>
  Array.from(groupX, (left, group) => ({
    left,
    top: groupY[group],
    right: left + groupWidth[group],
    bottom: groupY[group] + groupHeight[group],
  }));

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Pairs of places in the list whose boxes overlap. */
const overlaps = (list: readonly Box[]): [number, number][] =>
  list.flatMap((box, a) =>
    list.slice(a + 1).flatMap((other, i) => (overlap(box, other) ? [[a, a + 1 + i] as [number, number]] : [])),
  );

test('no two nodes and no two groups overlap', () => {
  fc.assert(
    fc.property(graphModels, (model) => {
      const input = layoutInput(model);
      const layout = layOut(input);
      expect(overlaps(boxes(input, layout))).toEqual([]);
      expect(overlaps(groupBoxes(layout))).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

test('every node stands inside its group, every group inside the whole', () => {
  fc.assert(
    fc.property(graphModels, (model) => {
      const input = layoutInput(model);
      const layout = layOut(input);
      const groups = groupBoxes(layout);
      boxes(input, layout).forEach((box, node) => {
        const group = groups[input.group[node]];
        expect(box.left > group.left && box.right < group.right).toBe(true);
        expect(box.top > group.top && box.bottom < group.bottom).toBe(true);
      });
      for (const group of groups) {
        expect(group.left >= 0 && group.top >= 0).toBe(true);
        expect(group.right <= layout.width && group.bottom <= layout.height).toBe(true);
      }
    }),
    { numRuns: 300 },
  );
});

test('an edge inside a group runs left to right unless it is marked as closing a cycle', () => {
  fc.assert(
    fc.property(graphModels, (model) => {
      const input = layoutInput(model);
      const layout = layOut(input);
      const nodes = boxes(input, layout);
      const inner = Array.from(input.from.keys()).filter(
        (edge) => input.group[input.from[edge]] === input.group[input.to[edge]],
      );
      const wrong = inner.filter(
        (edge) => layout.back[edge] === 0 && nodes[input.from[edge]].right >= nodes[input.to[edge]].left,
      );
      expect(wrong).toEqual([]);
      expect(layout.back.reduce((sum, back) => sum + back, 0)).toBeLessThanOrEqual(inner.length);
    }),
    { numRuns: 300 },
  );
});

test('without a cycle no edge is marked as closing one', () => {
  fc.assert(
    fc.property(graphModels, (model) => {
      const input = layoutInput(model);
      // Keeping only the edges that go up in name order leaves no cycle.
      const kept = input.from
        .map((_, edge) => edge)
        .filter((edge) => input.rank[input.from[edge]] < input.rank[input.to[edge]]);
      const layout = layOut({
        ...input,
        from: kept.map((edge) => input.from[edge]),
        to: kept.map((edge) => input.to[edge]),
      });
      expect(Array.from(layout.back)).not.toContain(1);
    }),
    { numRuns: 300 },
  );
});

test('the same graph gives the same bytes, whatever the order of its ids', () => {
  fc.assert(
    fc.property(graphModels, fc.integer(), (model, seed) => {
      const input = layoutInput(model);
      const layout = layOut(input);
      expect(layOut(input)).toEqual(layout);
      const shuffled = renumber(input, seed);
      const again = layOut(shuffled.input);
      shuffled.newId.forEach((id, node) => {
        expect([again.x[id], again.y[id]]).toEqual([layout.x[node], layout.y[node]]);
      });
    }),
    { numRuns: 300 },
  );
});

/** The same graph with its nodes in another order. Edges keep theirs. */
function renumber(input: LayoutInput, seed: number): { input: LayoutInput; newId: Int32Array } {
  const order = Array.from({ length: input.nodeCount }, (_, node) => node).sort(
    (a, b) => ((a * 7919 + seed) % 101) - ((b * 7919 + seed) % 101) || a - b,
  );
  const newId = new Int32Array(input.nodeCount);
  order.forEach((node, id) => {
    newId[node] = id;
  });
  return {
    newId,
    input: {
      ...input,
      kind: Uint8Array.from(order, (node) => input.kind[node]),
      group: Int32Array.from(order, (node) => input.group[node]),
      rank: Int32Array.from(order, (node) => input.rank[node]),
      from: input.from.map((node) => newId[node]),
      to: input.to.map((node) => newId[node]),
    },
  };
}
