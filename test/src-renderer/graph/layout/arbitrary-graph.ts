// Random small graphs for property tests: pipelines and datasets in a few groups, any edges between kinds that occur,
// cycles, self loops, doubled edges and lonely nodes included.

import * as fc from 'fast-check';
import type { GraphView } from '../../../../shared/api/views.ts';
import { type GraphModel, graphModel } from '../../../../src-renderer/graph/model/graph-model.ts';

const pairs = (a: number, b: number) =>
  a === 0 || b === 0
    ? fc.constant<[number, number][]>([])
    : fc.array(fc.tuple(fc.nat({ max: a - 1 }), fc.nat({ max: b - 1 })), { maxLength: 2 * (a + b) });

export const graphViews: fc.Arbitrary<GraphView> = fc
  .record({ pipelines: fc.nat({ max: 40 }), datasets: fc.nat({ max: 40 }), groups: fc.integer({ min: 1, max: 6 }) })
  .chain(({ pipelines, datasets, groups }) =>
    fc
      .record({
        domain: fc.array(fc.nat({ max: groups - 1 }), { minLength: pipelines, maxLength: pipelines }),
        writes: pairs(pipelines, datasets),
        reads: pairs(pipelines, datasets),
        direct: pairs(pipelines, pipelines),
      })
      .map((drawn) => viewOf(datasets, drawn)),
  );

interface Drawn {
  readonly domain: readonly number[];
  readonly writes: readonly [number, number][];
  readonly reads: readonly [number, number][];
  readonly direct: readonly [number, number][];
}

const first = (rows: readonly [number, number][]): Int32Array => Int32Array.from(rows, (row) => row[0]);
const second = (rows: readonly [number, number][]): Int32Array => Int32Array.from(rows, (row) => row[1]);

function viewOf(datasets: number, { domain, writes, reads, direct }: Drawn): GraphView {
  return {
    pipelines: {
      namespace: domain.map(() => ''),
      name: domain.map((group, i) => `d${group}.p${i}`),
      domain: domain.map((group) => (group === 0 ? '' : `d${group}`)),
      owner: domain.map(() => ''),
      schedule: domain.map(() => ''),
      taskCount: new Int32Array(domain.length).fill(1),
      hasDeadline: new Uint8Array(domain.length),
    },
    datasets: {
      namespace: Array.from({ length: datasets }, () => ''),
      name: Array.from({ length: datasets }, (_, i) => `t${i}`),
    },
    writes: { pipeline: first(writes), dataset: second(writes) },
    reads: { pipeline: first(reads), dataset: second(reads), declared: new Uint8Array(reads.length).fill(1) },
    direct: { from: first(direct), to: second(direct) },
  };
}

export const graphModels: fc.Arbitrary<GraphModel> = graphViews.map(graphModel);
