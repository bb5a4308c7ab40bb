// The index finds what a plain look at every box finds.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { nodeRect } from '../../../../src-renderer/graph/model/scene.ts';
import { sampleGraph } from '../sample-graph.ts';
import { sceneForView } from '../scene-of.ts';

const scene = sceneForView(sampleGraph({ seed: 5, pipelines: 200 }));
const { layout, model } = scene;
const nodes = Array.from({ length: model.nodeCount }, (_, node) => node);
const inX = fc.integer({ min: -100, max: layout.width + 100 });
const inY = fc.integer({ min: -100, max: layout.height + 100 });

test('the node under a point is the one whose box holds it', () => {
  fc.assert(
    fc.property(inX, inY, (x, y) => {
      const held = nodes.filter((node) => {
        const box = nodeRect(scene, node);
        return x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;
      });
      expect(scene.hit.nodeAt(x, y, 0)).toBe(held[0] ?? null);
    }),
    { numRuns: 300 },
  );
});

test('nodes in a rectangle are those whose boxes touch it', () => {
  fc.assert(
    fc.property(inX, inY, fc.nat({ max: 2_000 }), fc.nat({ max: 2_000 }), (x, y, width, height) => {
      const touched = nodes.filter((node) => {
        const box = nodeRect(scene, node);
        return box.x <= x + width && box.x + box.width >= x && box.y <= y + height && box.y + box.height >= y;
      });
      expect(scene.hit.nodesIn({ x, y, width, height }).sort((a, b) => a - b)).toEqual(touched);
    }),
  );
});
