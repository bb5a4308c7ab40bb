// What the painter is given: the scene as plain data (it may live in a worker), and one request per picture.

import type { Layout, LayoutInput } from '../layout/types.ts';
import type { Extent, View } from '../view/view.ts';
import type { Palette } from './pen.ts';

export interface Picture extends Omit<Layout, 'width' | 'height'> {
  readonly nodeCount: number;
  readonly kind: LayoutInput['kind'];
  readonly group: Int32Array;
  readonly groupCount: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly edgeKind: Uint8Array;
  /** By node: short name and second line. */
  readonly name: readonly string[];
  readonly note: readonly string[];
  /** Sums of the edges between groups. */
  readonly links: GroupLinks;
}

export interface GroupLinks {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly count: Int32Array;
}

/** By node of the scene: a pipeline's state, NO_STATE for datasets and when nothing is known of states. */
export type NodeStates = Uint8Array;
export const NO_STATE = 255;

export interface PaintRequest {
  readonly view: View;
  /** Of the picture, in CSS pixels. */
  readonly size: Extent;
  readonly pixelRatio: number;
  readonly palette: Palette;
  /** Boxes and nodes only, for the minimap. */
  readonly isMinimap: boolean;
  /** 1 by node that stays in full ink while others step back; null when all do. */
  readonly lit: Uint8Array | null;
}
