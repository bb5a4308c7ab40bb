import { describe, expect, it } from 'vitest';
import type { TaskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { pipelineView } from '../../../src-main/services/pipeline-view.ts';
import { SMALL_CATALOG, SMALL_LOG } from './small-company.ts';

const unknown = (): Float64Array => new Float64Array(5).fill(Number.NaN);
const TIMES: TaskRunTimes = {
  readyUs: unknown(),
  queuedUs: unknown(),
  startedUs: Float64Array.of(300e6, 100e6, 500e6, Number.NaN, 400e6),
  endedUs: unknown(),
  finalizedUs: unknown(),
  publishedUs: unknown(),
  landedUs: unknown(),
  outcome: new Uint8Array(5),
  attempts: new Uint8Array(5),
  evidence: new Uint8Array(5),
};
const view = (pipeline: number) => pipelineView(SMALL_LOG, SMALL_CATALOG, TIMES, pipeline);

describe('pipelineView', () => {
  it('joins definition and runs by name', () => {
    expect(view(0)).toEqual({
      pipeline: 0,
      namespace: 'prod',
      name: 'sessions',
      domain: 'features',
      owner: 'bob',
      schedule: 'dataset trigger',
      tasks: [
        // Run 3 of the log never started, so it comes after run 0.
        {
          task: 1,
          name: 'split',
          pool: 'default',
          upstream: ['ingest.load'],
          reads: ['raw'],
          writes: [],
          taskRuns: [0, 3],
        },
        {
          task: 3,
          name: 'join',
          pool: 'spark',
          upstream: ['sessions.split'],
          reads: ['raw'],
          writes: ['sessions'],
          taskRuns: [4],
        },
      ],
    });
  });

  it('shows a pipeline that no catalog defines by its runs', () => {
    expect(view(2)).toMatchObject({ name: 'adhoc', owner: '', tasks: [{ task: 2, name: 'query', taskRuns: [2] }] });
  });

  it('shows a defined pipeline that did not run, with no runs', () => {
    expect(view(3)).toMatchObject({
      name: 'report',
      tasks: [{ task: -1, name: 'report', upstream: ['sessions.join'], taskRuns: [] }],
    });
  });

  it('refuses a row that the graph does not have', () => {
    expect(() => view(4)).toThrow('there is no pipeline 4: the graph has 4');
  });
});
