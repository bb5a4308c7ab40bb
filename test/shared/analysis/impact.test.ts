import { describe, expect, it } from 'vitest';
import { datasetNode, focusNodes, impactGraph, reachedFrom } from '../../../shared/analysis/impact.ts';

/** a writes x, read by b; b writes y, read by c; c feeds d directly; e is alone. */
const graph = impactGraph({
  pipelines: 5,
  datasets: 2,
  writes: { pipeline: Int32Array.of(0, 1), dataset: Int32Array.of(0, 1) },
  reads: { pipeline: Int32Array.of(1, 2), dataset: Int32Array.of(0, 1) },
  direct: { from: Int32Array.of(2), to: Int32Array.of(3) },
});

describe('impact', () => {
  it('counts steps between pipelines, with a dataset on the way free', () => {
    expect(Array.from(reachedFrom(graph, 'downstream', [0]))).toEqual([0, 1, 2, 3, -1, 0, 1]);
    expect(Array.from(reachedFrom(graph, 'upstream', [3]))).toEqual([3, 2, 1, 0, -1, 2, 1]);
  });

  it('stops at the depth asked for', () => {
    expect(Array.from(reachedFrom(graph, 'downstream', [0], 1))).toEqual([0, 1, -1, -1, -1, 0, 1]);
    expect(Array.from(reachedFrom(graph, 'downstream', [0], 0))).toEqual([0, -1, -1, -1, -1, 0, -1]);
  });

  it('starts at a dataset as well', () => {
    const y = datasetNode(graph, 1);
    expect(Array.from(reachedFrom(graph, 'downstream', [y], 1))).toEqual([-1, -1, 1, -1, -1, -1, 0]);
    expect(Array.from(reachedFrom(graph, 'upstream', [y], 1))).toEqual([-1, 1, -1, -1, -1, 1, 0]);
  });

  it('focuses both directions to their own depths', () => {
    const focus = { nodes: [1], upstreamDepth: -1, downstreamDepth: 1 };
    expect(Array.from(focusNodes(graph, focus))).toEqual([0, 1, 1, 0, 0, 0, 1]);
    expect(Array.from(focusNodes(graph, { ...focus, upstreamDepth: 1 }))).toEqual([1, 1, 1, 0, 0, 1, 1]);
  });

  it('ends in a cycle', () => {
    const cycle = impactGraph({
      pipelines: 2,
      datasets: 0,
      writes: { pipeline: new Int32Array(), dataset: new Int32Array() },
      reads: { pipeline: new Int32Array(), dataset: new Int32Array() },
      direct: { from: Int32Array.of(0, 1), to: Int32Array.of(1, 0) },
    });
    expect(Array.from(reachedFrom(cycle, 'downstream', [0, 0]))).toEqual([0, 1]);
  });
});
