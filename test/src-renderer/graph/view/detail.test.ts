import { expect, test } from 'vitest';
import { PIPELINE_HEIGHT } from '../../../../src-renderer/graph/layout/sizes.ts';
import { NodeKind } from '../../../../src-renderer/graph/layout/types.ts';
import { Detail, detailAt, mountsNodes, nameRoom, nameSize } from '../../../../src-renderer/graph/view/detail.ts';

test.each([
  [2.1, Detail.groups],
  [2.2, Detail.rectangles],
  [8.9, Detail.rectangles],
  [9, Detail.outlines],
  [14, Detail.names],
  [44, Detail.full],
])('a node %f px high is drawn with detail %i', (px, detail) => {
  expect(detailAt((px + 1e-9) / PIPELINE_HEIGHT)).toBe(detail);
});

test('nodes are mounted only where their names are drawn too', () => {
  for (let scale = 0.01; scale < 2; scale *= 1.1) {
    expect(mountsNodes(scale) && detailAt(scale) < Detail.names).toBe(false);
  }
});

test('a pipeline’s name is never smaller on the screen than can be read, and always fits its node', () => {
  for (let scale = 0.32; scale <= 2; scale *= 1.05) {
    expect(nameSize(NodeKind.pipeline, scale) * scale).toBeGreaterThanOrEqual(9.5 - 1e-9);
    const width = nameRoom(NodeKind.pipeline, true, scale) * nameSize(NodeKind.pipeline, scale) * 0.6;
    expect(width).toBeLessThanOrEqual(208 - 30 - 8);
  }
});
