// Every length of the layout, in world units. Heights are even, so that centres are whole numbers.

import { NodeKind } from './types.ts';

export const PIPELINE_WIDTH = 208;
export const PIPELINE_HEIGHT = 44;
export const DATASET_WIDTH = 168;
export const DATASET_HEIGHT = 24;

/** Between two nodes of a column. */
export const ROW_GAP = 14;
/** Between a pipeline's own datasets. */
export const DATASET_GAP = 6;
/** Between a pipeline and its own datasets. */
export const OUTPUT_GAP = 28;
/** Between layers: room for edges to bend. */
export const LAYER_GAP = 56;
/** Between the columns of one wrapped layer. */
export const COLUMN_GAP = 28;
/** Between connected components of a group. */
export const COMPONENT_GAP = 28;

export const GROUP_PADDING = 28;
/** Above the nodes of a group: room for its name. */
export const GROUP_HEADER = 56;
export const GROUP_GAP = 72;

/** Width over height that wrapping and packing aim at: a screen's. */
export const ASPECT = 1.6;

export const nodeWidth = (kind: number): number => (kind === NodeKind.pipeline ? PIPELINE_WIDTH : DATASET_WIDTH);
export const nodeHeight = (kind: number): number => (kind === NodeKind.pipeline ? PIPELINE_HEIGHT : DATASET_HEIGHT);
