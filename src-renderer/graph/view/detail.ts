// How much of a node is drawn, by its height on the screen. One place decides it, for the canvas and for the nodes that
// React Flow mounts on top of it.

import { nodeWidth, PIPELINE_HEIGHT } from '../layout/sizes.ts';
import { NodeKind } from '../layout/types.ts';

export const Detail = {
  /** Group boxes and the sums of edges between them. */
  groups: 0,
  /** Rectangles and straight edges. */
  rectangles: 1,
  /** Cards with their state mark, curved edges. */
  outlines: 2,
  /** And their names. */
  names: 3,
  /** And the second line. */
  full: 4,
} as const;
export type Detail = (typeof Detail)[keyof typeof Detail];

/** Node height in pixels from which each detail is drawn. */
const FROM_PX: readonly number[] = [0, 2.2, 9, 14, 35];

/** Height from which nodes are mounted. */
const MOUNT_PX = 22;

export function detailAt(scale: number): Detail {
  const height = PIPELINE_HEIGHT * scale;
  let detail: Detail = Detail.groups;
  for (let i = 0; i < FROM_PX.length; i++) if (height >= FROM_PX[i]) detail = i as Detail;
  return detail;
}

export const mountsNodes = (scale: number): boolean => PIPELINE_HEIGHT * scale >= MOUNT_PX;

const NAME_SIZE = 12;
/** Names are not drawn smaller than this on the screen, in pixels. */
const NAME_PX_MIN = 9.5;
const DATASET_NAME_SIZE_MAX = 17.5;
/** Width of a character of the mono face, per unit of type size. */
const MONO_ADVANCE = 0.6;

/** Where text begins and how much stays free after it, in world units. */
export const TEXT_X = 30;
export const TEXT_X_BARE = 10;
const TEXT_RIGHT = 8;

/** Type size of a name in world units: grows as one zooms out, so that it stays legible on the screen. */
export function nameSize(kind: number, scale: number): number {
  const size = Math.max(NAME_SIZE, NAME_PX_MIN / scale);
  return kind === NodeKind.pipeline ? size : Math.min(size - 0.5, DATASET_NAME_SIZE_MAX);
}

/** Characters of a name that a node has room for. */
export function nameRoom(kind: number, hasMark: boolean, scale: number): number {
  const room = nodeWidth(kind) - (hasMark ? TEXT_X : TEXT_X_BARE) - TEXT_RIGHT;
  return Math.floor(room / (nameSize(kind, scale) * MONO_ADVANCE));
}
