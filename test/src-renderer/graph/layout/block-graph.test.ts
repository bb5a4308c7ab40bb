import { expect, test } from 'vitest';
import { blocksOf } from '../../../../src-renderer/graph/layout/block-graph.ts';
import { layOut } from '../../../../src-renderer/graph/layout/lay-out.ts';
import { OUTPUT_GAP, PIPELINE_WIDTH } from '../../../../src-renderer/graph/layout/sizes.ts';
import { graphModel } from '../../../../src-renderer/graph/model/graph-model.ts';
import { layoutInput } from '../../../../src-renderer/graph/model/layout-input.ts';
import { NODE, SMALL } from '../small-graph.ts';

test('a pipeline and what only it writes are one block, its outputs to its right', () => {
  const input = layoutInput(graphModel(SMALL));
  const blocks = blocksOf(input);
  expect(blocks.count).toBe(4);
  expect(blocks.of[NODE.events]).toBe(blocks.of[NODE.eventsRaw]);
  const { x } = layOut(input);
  expect(x[NODE.events]).toBe(x[NODE.eventsRaw] + PIPELINE_WIDTH + OUTPUT_GAP);
});

test('a dataset with two writers is a block of its own', () => {
  const twoWriters = { ...SMALL, writes: { pipeline: Int32Array.of(0, 1, 2, 3), dataset: Int32Array.of(0, 1, 2, 2) } };
  const blocks = blocksOf(layoutInput(graphModel(twoWriters)));
  expect(blocks.count).toBe(5);
  expect(blocks.of[NODE.userDailyData]).not.toBe(blocks.of[NODE.userDaily]);
});

test('thirty outputs stand in columns, none outside of their block', () => {
  const many = {
    ...SMALL,
    datasets: { namespace: Array.from({ length: 30 }, () => ''), name: Array.from({ length: 30 }, (_, i) => `t${i}`) },
    writes: { pipeline: new Int32Array(30), dataset: Int32Array.from({ length: 30 }, (_, i) => i) },
    reads: { pipeline: new Int32Array(), dataset: new Int32Array(), declared: new Uint8Array() },
  };
  const input = layoutInput(graphModel(many));
  const { x } = layOut(input);
  expect(new Set(x.slice(4)).size).toBe(4);
});
