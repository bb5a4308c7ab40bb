import { describe, expect, it } from 'vitest';
import { graphView } from '../../../src-main/services/graph-view.ts';
import { SMALL_CATALOG, SMALL_LOG } from './small-company.ts';

const graph = graphView(SMALL_LOG, SMALL_CATALOG);
const namePairs = (from: Int32Array, to: Int32Array, names: readonly string[]): string[] =>
  Array.from(from, (pipeline, i) => `${graph.pipelines.name[pipeline]} ${names[to[i]]}`);

describe('graphView', () => {
  it("keeps the log's rows and puts what only the catalog knows after them", () => {
    expect(graph.pipelines.name).toEqual(['sessions', 'ingest', 'adhoc', 'report']);
    expect(graph.pipelines.namespace).toEqual(['prod', 'prod', 'lab', 'prod']);
    expect(graph.pipelines.domain).toEqual(['features', 'ingest', 'lab', 'finance']);
    expect(graph.datasets.name).toEqual(['sessions', 'scratch', 'raw']);
  });

  it('takes owners and schedules from the catalog, and says nothing where it knows nothing', () => {
    expect(graph.pipelines.owner).toEqual(['bob', 'ann', '', '']);
    expect(graph.pipelines.schedule).toEqual(['dataset trigger', '0 1 * * *', '', '@daily']);
  });

  it("counts the catalog's tasks, or the log's where there is no definition", () => {
    expect([...graph.pipelines.taskCount]).toEqual([2, 1, 1, 1]);
  });

  it('marks the pipelines with a deadline in this log', () => {
    expect([...graph.pipelines.hasDeadline]).toEqual([1, 0, 0, 0]);
  });

  it('draws each writer and reader once; a pair waits when any of its tasks does', () => {
    const { reads, writes } = graph;
    expect(namePairs(writes.pipeline, writes.dataset, graph.datasets.name)).toEqual([
      'ingest raw',
      'sessions sessions',
    ]);
    expect(namePairs(reads.pipeline, reads.dataset, graph.datasets.name)).toEqual(['sessions raw', 'report raw']);
    expect([...reads.declared]).toEqual([1, 0]);
  });

  it('draws waits between pipelines that no dataset carries', () => {
    expect(namePairs(graph.direct.from, graph.direct.to, graph.pipelines.name)).toEqual(['sessions report']);
  });
});
