import { expect, test } from 'vitest';
import { graphModel } from '../../../../src-renderer/graph/model/graph-model.ts';
import { searchGraph } from '../../../../src-renderer/graph/model/search.ts';
import { SMALL } from '../small-graph.ts';

const model = graphModel(SMALL);
const names = (query: string, limit = 10): string[] =>
  searchGraph(model, query, limit).shown.map((found) =>
    found.kind === 'node' ? model.name[found.node] : `domain ${model.groupNames[found.group]}`,
  );

test('nothing typed finds nothing', () => {
  expect(searchGraph(model, '  ', 10)).toMatchObject({ shown: [], total: 0 });
});

test('a whole name comes first, then a part’s beginning', () => {
  expect(names('events').slice(0, 2)).toEqual(['events', 'ingest.events_raw']);
});

test('a domain is found by its name, after the best node', () => {
  expect(names('features')).toContain('domain features');
});

test('every word must be there, in any order and case', () => {
  expect(names('DAILY feat')).toEqual(['features.user_daily', 'features.user_daily']);
});

test('letters in order find a name when little else does', () => {
  expect(names('fusrdly')[0]).toBe('features.user_daily');
});

test('the total and the marks count matches beyond the list', () => {
  const answer = searchGraph(model, 'a', 1);
  expect(answer.shown).toHaveLength(1);
  expect(answer.total).toBe(model.name.filter((name) => name.includes('a')).length + 1);
  expect(Array.from(answer.isIn)).toEqual(model.name.map((name) => (name.includes('a') ? 1 : 0)));
});
