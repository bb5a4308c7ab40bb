import { expect, test } from 'vitest';
import { flowOrder } from '../../../../src-renderer/graph/layout/flow-order.ts';
import { columnsOfGroups, estimatedHeight } from '../../../../src-renderer/graph/layout/group-columns.ts';
import { ASPECT } from '../../../../src-renderer/graph/layout/sizes.ts';
import { upTo } from '../../../../src-renderer/graph/layout/sorting.ts';

test('groups follow the flow of data, not their names', () => {
  // 2 -> 1 -> 0
  expect(Array.from(flowOrder(3, Int32Array.of(2, 1), Int32Array.of(1, 0), upTo(3)))).toEqual([2, 1, 0]);
});

test('in a cycle the stronger direction wins', () => {
  // Three edges 1 -> 0, one 0 -> 1.
  expect(Array.from(flowOrder(2, Int32Array.of(1, 1, 1, 0), Int32Array.of(0, 0, 0, 1), upTo(2)))).toEqual([1, 0]);
});

test('groups without edges stand in the order of their names', () => {
  expect(Array.from(flowOrder(3, new Int32Array(), new Int32Array(), Int32Array.of(2, 0, 1)))).toEqual([1, 2, 0]);
});

test('equal groups fill columns of one height, and the whole has the shape of a screen', () => {
  const needs = {
    area: new Float64Array(12).fill(160_000),
    widthMin: new Float64Array(12).fill(200),
    heightMin: new Float64Array(12).fill(100),
  };
  const { columns } = columnsOfGroups(upTo(12), needs);
  const heights = columns.map(({ groups, width }) => estimatedHeight(groups, width, needs));
  const width = columns.reduce((sum, column) => sum + column.width, 0);
  expect(columns.flatMap(({ groups }) => groups)).toEqual(Array.from(upTo(12)));
  expect(Math.max(...heights) / Math.min(...heights)).toBeLessThan(1.05);
  expect(Math.abs(Math.log(width / Math.max(...heights) / ASPECT))).toBeLessThan(0.1);
});

test('a wide group keeps its width', () => {
  const needs = {
    area: Float64Array.of(500_000, 500_000),
    widthMin: Float64Array.of(3_000, 100),
    heightMin: Float64Array.of(100, 100),
  };
  const { columns } = columnsOfGroups(upTo(2), needs);
  expect(columns.find(({ groups }) => groups.includes(0))?.width).toBeGreaterThanOrEqual(3_000);
});
