// Where the camera looks when a part of the graph comes on the stage: at all of it when that can be read, else at the
// node in focus with room on the side that was asked for.

import type { Direction } from '../model/reach.ts';
import { nodeRect, type Scene } from '../model/scene.ts';
import { INSETS } from '../view/camera.ts';
import { type Extent, fitted, type View } from '../view/view.ts';

/** Below this scale names cannot be read. */
const READABLE = 0.32;
/** Taken instead. */
const NEAR = 0.5;
/** Where the node stands, as a share of the screen's width. */
const NODE_AT: Readonly<Record<Direction, number>> = { upstream: 0.84, downstream: 0.16, both: 0.5 };

export function focusView(scene: Scene, node: number, direction: Direction, screen: Extent): View {
  const { width, height } = scene.layout;
  const whole = fitted({ x: 0, y: 0, width, height }, screen, INSETS);
  if (whole.scale >= READABLE) return whole;
  const rect = nodeRect(scene, node);
  return {
    scale: NEAR,
    x: screen.width * NODE_AT[direction] - (rect.x + rect.width / 2) * NEAR,
    y: screen.height / 2 - (rect.y + rect.height / 2) * NEAR,
  };
}
