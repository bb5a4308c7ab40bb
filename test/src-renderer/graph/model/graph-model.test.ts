import { expect, test } from 'vitest';
import { EdgeKind, graphModel } from '../../../../src-renderer/graph/model/graph-model.ts';
import { NO_DOMAIN } from '../../../../src-renderer/graph/model/grouping.ts';
import { impactOf, reachOf } from '../../../../src-renderer/graph/model/reach.ts';
import { subModel } from '../../../../src-renderer/graph/model/sub-model.ts';
import { NODE, SMALL } from '../small-graph.ts';

const model = graphModel(SMALL);
const edges = Array.from(model.from, (from, i) => [from, model.to[i], model.edgeKind[i]]);

test('edges run the way data runs, and an undeclared read is one', () => {
  expect(edges).toEqual([
    [NODE.eventsRaw, NODE.events, EdgeKind.writes],
    [NODE.sessions, NODE.sessionsData, EdgeKind.writes],
    [NODE.userDaily, NODE.userDailyData, EdgeKind.writes],
    [NODE.events, NODE.sessions, EdgeKind.reads],
    [NODE.events, NODE.train, EdgeKind.readsUndeclared],
    [NODE.sessionsData, NODE.userDaily, EdgeKind.reads],
  ]);
});

test('adjacency holds each edge once on each side', () => {
  const out = Array.from(model.out.values.subarray(model.out.offsets[NODE.events], model.out.offsets[NODE.events + 1]));
  expect(out.map((edge) => model.to[edge])).toEqual([NODE.sessions, NODE.train]);
  expect(model.in.offsets.at(-1)).toBe(model.from.length);
});

test('a dataset stands with who writes it; without a writer, with most of its readers; else alone', () => {
  expect(model.groupNames[model.group[NODE.events]]).toBe('ingest');
  const unwritten = graphModel({ ...SMALL, writes: { pipeline: new Int32Array(), dataset: new Int32Array() } });
  expect(unwritten.groupNames[unwritten.group[NODE.events]]).toBe('features');
  expect(unwritten.groupNames[unwritten.group[NODE.userDailyData]]).toBe(NO_DOMAIN);
});

test('a focus is a model of its own that knows where its nodes come from', () => {
  const { model: part, whole } = subModel(model, reachOf(impactOf(SMALL), NODE.sessions, 'upstream'));
  expect(Array.from(whole)).toEqual([NODE.eventsRaw, NODE.sessions, NODE.events]);
  expect(part.name).toEqual(['ingest.events_raw', 'features.sessions', 'events']);
  expect(part.pipelineCount).toBe(2);
  expect(Array.from(part.from, (from, i) => [whole[from], whole[part.to[i]]])).toEqual([
    [NODE.eventsRaw, NODE.events],
    [NODE.events, NODE.sessions],
  ]);
});

test('both directions meet in the node', () => {
  const isIn = reachOf(impactOf(SMALL), NODE.sessions, 'both');
  expect(isIn[NODE.train]).toBe(0);
  expect(isIn.reduce((sum, value) => sum + value, 0)).toBe(6);
});

test('a group that loses all its nodes is not in the part', () => {
  const { model: part } = subModel(model, reachOf(impactOf(SMALL), NODE.userDaily, 'downstream'));
  expect(part.groupNames).toEqual(['features']);
  expect(Array.from(part.group)).toEqual([0, 0]);
});
