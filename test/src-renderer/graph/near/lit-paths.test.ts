import { expect, test } from 'vitest';
import { litPaths, ownEdges } from '../../../../src-renderer/graph/near/lit-paths.ts';
import { sceneForView } from '../scene-of.ts';
import { NODE, SMALL } from '../small-graph.ts';

const scene = sceneForView(SMALL);

test('a node’s edges are those that leave and enter it; an undeclared read is apart and says so', () => {
  const { waits, undeclared, labels } = litPaths(scene, NODE.events);
  expect([waits.count, undeclared.count, labels.length]).toEqual([2, 1, 1]);
  expect(waits.path.match(/M/g)).toHaveLength(2);
});

test('a path begins at the right side of one node and ends at the left side of the other', () => {
  const { x, y } = scene.layout;
  const { path } = litPaths(scene, NODE.train).undeclared;
  expect(path.startsWith(`M${x[NODE.events] + 168} ${y[NODE.events] + 12}C`)).toBe(true);
  expect(path.endsWith(` ${x[NODE.train]} ${y[NODE.train] + 22}`)).toBe(true);
});

test('an edge from a node to itself is counted once', () => {
  const looped = { ...SMALL, direct: { from: Int32Array.of(3), to: Int32Array.of(3) } };
  expect(ownEdges(sceneForView(looped), NODE.train)).toHaveLength(2);
});
