import { expect, test } from 'vitest';
import { structureOf } from '../../../../src-renderer/graph/layout/structure.ts';
import { graphModel } from '../../../../src-renderer/graph/model/graph-model.ts';
import { layoutInput } from '../../../../src-renderer/graph/model/layout-input.ts';
import { SMALL } from '../small-graph.ts';

const input = layoutInput(graphModel(SMALL));

test('the same graph has the same name', () => {
  expect(structureOf(layoutInput(graphModel(SMALL)))).toBe(structureOf(input));
});

test.each([
  ['an edge', { to: input.to.with(0, 6) }],
  ['a group', { group: input.group.with(1, 0) }],
  ['the order of names', { rank: input.rank.toReversed() }],
])('another %s gives another name', (_, change) => {
  expect(structureOf({ ...input, ...change })).not.toBe(structureOf(input));
});
