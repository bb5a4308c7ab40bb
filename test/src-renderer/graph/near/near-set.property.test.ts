// Never more than 250 mounted nodes, the selected one among them, and small steps lead to what is wanted.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isSameList, NODES_MAX, nearNodes, stepTowards } from '../../../../src-renderer/graph/near/near-set.ts';
import { mountsNodes } from '../../../../src-renderer/graph/view/detail.ts';
import { worldRect } from '../../../../src-renderer/graph/view/view.ts';
import { sampleGraph } from '../sample-graph.ts';
import { sceneForView } from '../scene-of.ts';

const scene = sceneForView(sampleGraph({ seed: 2, pipelines: 1_000 }));
const views = fc.record({
  x: fc.integer({ min: -9_000, max: 500 }),
  y: fc.integer({ min: -5_000, max: 500 }),
  scale: fc.double({ min: 0.05, max: 2, noNaN: true }),
});
const SCREEN = { width: 2_560, height: 1_440 };
const selections = fc.option(fc.nat({ max: scene.model.nodeCount - 1 }));

test('at most 250, and the selected one is there', () => {
  fc.assert(
    fc.property(views, selections, (view, selected) => {
      const near = nearNodes(scene, view, SCREEN, selected);
      expect(near.length).toBeLessThanOrEqual(NODES_MAX);
      expect(near.length === 0 || selected === null || near.includes(selected)).toBe(true);
      expect(near).toEqual([...new Set(near)].sort((a, b) => a - b));
    }),
  );
});

test('when they fit, all that are in view are mounted; far away none', () => {
  fc.assert(
    fc.property(views, selections, (view, selected) => {
      const near = new Set(nearNodes(scene, view, SCREEN, selected));
      const seen = scene.hit.nodesIn(worldRect(view, SCREEN));
      fc.pre(seen.length < NODES_MAX || !mountsNodes(view.scale));
      const wanted = selected === null ? seen : [...seen, selected];
      expect(near).toEqual(new Set(mountsNodes(view.scale) ? wanted : []));
    }),
  );
});

test('steps of fifty arrive', () => {
  const lists = fc.uniqueArray(fc.nat({ max: 400 }), { maxLength: 250 }).map((list) => list.sort((a, b) => a - b));
  fc.assert(
    fc.property(lists, lists, (from, wanted) => {
      let now: readonly number[] = from;
      for (let step = 0; step < 6 && now !== wanted; step++) {
        const next = stepTowards(now, wanted, 50);
        const before = new Set(now);
        expect(next.filter((node) => !before.has(node)).length).toBeLessThanOrEqual(50);
        now = next;
      }
      expect(isSameList(now, wanted)).toBe(true);
    }),
  );
});
