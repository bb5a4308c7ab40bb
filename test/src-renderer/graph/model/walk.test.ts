import { expect, test } from 'vitest';
import { neighbours, walk } from '../../../../src-renderer/graph/model/walk.ts';
import { sceneForView } from '../scene-of.ts';
import { NODE, SMALL } from '../small-graph.ts';

const scene = sceneForView(SMALL);
const at = (node: number) => ({ node, cameFrom: null });

test('right goes along an edge to what a node feeds, left goes back', () => {
  const there = walk(scene, at(NODE.eventsRaw), 'right');
  expect(there?.node).toBe(NODE.events);
  expect(walk(scene, at(NODE.events), 'left')?.node).toBe(NODE.eventsRaw);
});

test('up and down go among the nodes that one could have walked to', () => {
  const readers = neighbours(scene, NODE.events, 'right');
  expect(readers.toSorted()).toEqual([NODE.sessions, NODE.train]);
  const cameFrom = { node: NODE.events, arrow: 'right' as const };
  expect(walk(scene, { node: readers[0], cameFrom }, 'down')).toEqual({ node: readers[1], cameFrom });
  expect(walk(scene, { node: readers[1], cameFrom }, 'up')?.node).toBe(readers[0]);
  expect(walk(scene, { node: readers[1], cameFrom }, 'down')).toBeNull();
});

test('without a way to come from, up and down go to the next node above or below', () => {
  const { x, y } = scene.layout;
  const below = walk(scene, at(NODE.sessions), 'down') ?? walk(scene, at(NODE.sessions), 'up');
  expect(below).not.toBeNull();
  expect(x[below?.node ?? -1]).toBe(x[NODE.sessions]);
  expect(y[below?.node ?? -1]).not.toBe(y[NODE.sessions]);
});

test('where nothing is fed, right leads nowhere', () => {
  expect(walk(scene, at(NODE.userDailyData), 'right')).toBeNull();
});

test('the only one that could be walked to has neighbours above and below all the same', () => {
  const cameFrom = { node: NODE.sessions, arrow: 'right' as const };
  const onward =
    walk(scene, { node: NODE.sessionsData, cameFrom }, 'up') ??
    walk(scene, { node: NODE.sessionsData, cameFrom }, 'down');
  expect(onward?.cameFrom).toBeNull();
});
