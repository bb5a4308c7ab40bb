// Blocks: a pipeline together with the datasets that only it writes is one thing to place, its outputs beside it on
// the right. Halves the graph and keeps the commonest edge short. A dataset with no writer in its group, or several,
// is a block of its own.

import { type Csr, csrBy } from '../../../shared/model/catalog.ts';
import {
  DATASET_GAP,
  DATASET_HEIGHT,
  DATASET_WIDTH,
  OUTPUT_GAP,
  PIPELINE_HEIGHT,
  PIPELINE_WIDTH,
  ROW_GAP,
} from './sizes.ts';
import { sortBy, upTo } from './sorting.ts';
import { type LayoutInput, NodeKind } from './types.ts';

/** Outputs in one column of a block; more open another column. */
const OUTPUT_ROWS = 8;

export interface Blocks {
  readonly count: number;
  /** Block of each node. */
  readonly of: Int32Array;
  /** The first node of each block: its pipeline, or its only dataset. */
  readonly head: Int32Array;
  /** The other nodes of each block, by name. */
  readonly outputs: Csr;
  readonly width: Float64Array;
  readonly height: Float64Array;
  readonly group: Int32Array;
  readonly rank: Int32Array;
}

export function blocksOf(input: LayoutInput): Blocks {
  const { nodeCount, kind, rank } = input;
  const owner = solePipeline(input);
  const of = new Int32Array(nodeCount);
  const head: number[] = [];
  for (let node = 0; node < nodeCount; node++) {
    if (owner[node] >= 0) continue;
    of[node] = head.length;
    head.push(node);
  }
  const owned = sortBy(upTo(nodeCount), rank, rank).filter((node) => owner[node] >= 0);
  for (const node of owned) of[node] = of[owner[node]];
  const outputs = csrBy(
    owned.map((node) => of[node]),
    owned,
    head.length,
  );
  const width = new Float64Array(head.length);
  const height = new Float64Array(head.length);
  for (let block = 0; block < head.length; block++) {
    const outputCount = outputs.offsets[block + 1] - outputs.offsets[block];
    width[block] = kind[head[block]] === NodeKind.dataset ? DATASET_WIDTH : pipelineBlockWidth(outputCount);
    height[block] = kind[head[block]] === NodeKind.dataset ? DATASET_HEIGHT : pipelineBlockHeight(outputCount);
  }
  return {
    count: head.length,
    of,
    head: Int32Array.from(head),
    outputs,
    width,
    height,
    group: Int32Array.from(head, (node) => input.group[node]),
    rank: Int32Array.from(head, (node) => rank[node]),
  };
}

/** Places the nodes of a block whose top left corner is (left, top). */
export function placeBlock(
  blocks: Blocks,
  block: number,
  left: number,
  top: number,
  x: Float64Array,
  y: Float64Array,
): void {
  const { head, outputs, height } = blocks;
  const from = outputs.offsets[block];
  const count = outputs.offsets[block + 1] - from;
  const headHeight = count === 0 ? height[block] : PIPELINE_HEIGHT;
  x[head[block]] = left;
  y[head[block]] = top + (height[block] - headHeight) / 2;
  const rows = Math.min(count, OUTPUT_ROWS);
  const columnTop = top + (height[block] - outputsHeight(rows)) / 2;
  for (let i = 0; i < count; i++) {
    const column = Math.floor(i / OUTPUT_ROWS);
    x[outputs.values[from + i]] = left + PIPELINE_WIDTH + OUTPUT_GAP + column * (DATASET_WIDTH + ROW_GAP);
    y[outputs.values[from + i]] = columnTop + (i % OUTPUT_ROWS) * (DATASET_HEIGHT + DATASET_GAP);
  }
}

/** The one pipeline of the same group that writes a dataset, or -1. */
function solePipeline(input: LayoutInput): Int32Array {
  const { kind, group, from, to } = input;
  const writer = new Int32Array(input.nodeCount).fill(-1);
  const shared = new Uint8Array(input.nodeCount);
  for (let edge = 0; edge < from.length; edge++) {
    if (kind[from[edge]] !== NodeKind.pipeline || kind[to[edge]] !== NodeKind.dataset) continue;
    if (writer[to[edge]] >= 0 && writer[to[edge]] !== from[edge]) shared[to[edge]] = 1;
    writer[to[edge]] = from[edge];
  }
  return writer.map((pipeline, node) =>
    pipeline < 0 || shared[node] === 1 || group[pipeline] !== group[node] ? -1 : pipeline,
  );
}

const outputsHeight = (rows: number): number => rows * (DATASET_HEIGHT + DATASET_GAP) - DATASET_GAP;

function pipelineBlockWidth(outputCount: number): number {
  const columns = Math.ceil(outputCount / OUTPUT_ROWS);
  return columns === 0 ? PIPELINE_WIDTH : PIPELINE_WIDTH + OUTPUT_GAP + columns * (DATASET_WIDTH + ROW_GAP) - ROW_GAP;
}

const pipelineBlockHeight = (outputCount: number): number =>
  Math.max(PIPELINE_HEIGHT, outputsHeight(Math.min(outputCount, OUTPUT_ROWS)));
