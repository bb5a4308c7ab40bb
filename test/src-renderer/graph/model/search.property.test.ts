// The list is the front of the whole ranking: asking for fewer finds gives the same ones, in the same order.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { graphModel } from '../../../../src-renderer/graph/model/graph-model.ts';
import { searchGraph } from '../../../../src-renderer/graph/model/search.ts';
import { sampleGraph } from '../sample-graph.ts';

const model = graphModel(sampleGraph({ seed: 3, pipelines: 150 }));

test('a shorter list is the front of a longer one, and every name with the text is marked', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('e', 'da', 'orders', 'raw_1', 'ingest.', 'users_daily', 'zz'),
      fc.integer({ min: 1, max: 40 }),
      (query, limit) => {
        const all = searchGraph(model, query, 10_000);
        expect(searchGraph(model, query, limit).shown).toEqual(all.shown.slice(0, limit));
        const missed = model.name.filter((name, node) => name.includes(query) && all.isIn[node] === 0);
        expect(missed).toEqual([]);
      },
    ),
  );
});
