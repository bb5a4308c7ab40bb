// What the layout takes and gives: plain numbers and typed arrays, so that both cross a worker's border whole.
// Must never hold a name or a DOM type.

/** Node `i` is a pipeline or a dataset in a group. Edge `i` runs from `from[i]` to `to[i]`. */
export interface LayoutInput {
  readonly nodeCount: number;
  /** A NodeKind by node. */
  readonly kind: Uint8Array;
  readonly group: Int32Array;
  readonly groupCount: number;
  /** The node's place when all nodes are sorted by name: breaks every tie, so ids never show in the picture. */
  readonly rank: Int32Array;
  /** The group's place when groups are sorted by name. */
  readonly groupRank: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Boxes in world units (1 unit is 1 CSS pixel at scale 1). A node's size follows from its kind. */
export interface Layout {
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly groupX: Float64Array;
  readonly groupY: Float64Array;
  readonly groupWidth: Float64Array;
  readonly groupHeight: Float64Array;
  readonly width: number;
  readonly height: number;
  /** 1 on edges inside a group that close a cycle and so may run right to left. */
  readonly back: Uint8Array;
}

export const NodeKind = { pipeline: 0, dataset: 1 } as const;
export type NodeKind = (typeof NodeKind)[keyof typeof NodeKind];

/** A box without a place. */
export interface Size {
  readonly width: number;
  readonly height: number;
}
