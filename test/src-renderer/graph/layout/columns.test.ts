// Layers that are cut into columns, and those that are not.

import { expect, test } from 'vitest';
import { layOut } from '../../../../src-renderer/graph/layout/lay-out.ts';
import { NodeKind } from '../../../../src-renderer/graph/layout/types.ts';

/** One group: a pipeline that feeds `readers` others, each of which feeds one more. */
function fan(readers: number) {
  const nodeCount = 1 + 2 * readers;
  const each = Array.from({ length: readers }, (_, i) => i);
  return layOut({
    nodeCount,
    kind: new Uint8Array(nodeCount).fill(NodeKind.pipeline),
    group: new Int32Array(nodeCount),
    groupCount: 1,
    rank: Int32Array.from({ length: nodeCount }, (_, i) => i),
    groupRank: Int32Array.of(0),
    from: Int32Array.from([...each.map(() => 0), ...each.map((i) => 1 + i)]),
    to: Int32Array.from([...each.map((i) => 1 + i), ...each.map((i) => 1 + readers + i)]),
  });
}

const columnsOf = ({ x }: { readonly x: Float64Array }): number => new Set(x).size;

test('a few readers of one stand below each other, not in a row as if each waited for the one before', () => {
  for (const readers of [2, 3, 6]) expect(columnsOf(fan(readers))).toBe(3);
});

test('a tall layer is cut, so that the whole is no strip', () => {
  expect(columnsOf(fan(60))).toBeGreaterThan(6);
});
