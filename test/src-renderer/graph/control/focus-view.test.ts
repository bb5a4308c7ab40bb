import { expect, test } from 'vitest';
import { focusView } from '../../../../src-renderer/graph/control/focus-view.ts';
import { nodeRect } from '../../../../src-renderer/graph/model/scene.ts';
import { screenRect } from '../../../../src-renderer/graph/view/view.ts';
import { sampleGraph } from '../sample-graph.ts';
import { sceneForView } from '../scene-of.ts';
import { NODE, SMALL } from '../small-graph.ts';

const SCREEN = { width: 1_000, height: 700 };

test('a part that can be read is shown whole', () => {
  const scene = sceneForView(SMALL);
  const box = screenRect(focusView(scene, NODE.train, 'upstream', SCREEN), { x: 0, y: 0, ...sizeOf(scene.layout) });
  expect(box.x >= 0 && box.x + box.width <= SCREEN.width).toBe(true);
});

test('in a large one the node is read first, with room on the side that was asked for', () => {
  const scene = sceneForView(sampleGraph({ seed: 1, pipelines: 400 }));
  const middle = (direction: 'upstream' | 'downstream'): number => {
    const box = screenRect(focusView(scene, 7, direction, SCREEN), nodeRect(scene, 7));
    return box.x + box.width / 2;
  };
  expect(middle('upstream')).toBeCloseTo(840);
  expect(middle('downstream')).toBeCloseTo(160);
});

const sizeOf = ({ width, height }: { width: number; height: number }) => ({ width, height });
