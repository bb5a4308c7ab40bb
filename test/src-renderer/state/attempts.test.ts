// Attempts of a task run as the screens tell them apart: words and durations, and the rows of the inspector.

import { describe, expect, it } from 'vitest';
import type { PipelineView } from '../../../shared/api/views.ts';
import { Outcome } from '../../../shared/model/event.ts';
import { isFirstRow, runRows } from '../../../src-renderer/inspector/run-rows.ts';
import { attemptsOf, ranText } from '../../../src-renderer/state/attempts.ts';
import { timelineOf } from '../timeline/sample-timeline.ts';

const SECOND = 1_000_000;
const { failed, success, unknown } = Outcome;
/** One of which a rerun hours later was asked for, one that ran once, one that failed twice, one with a single try known. */
const timeline = timelineOf(
  [
    {
      pipeline: 0,
      task: 0,
      ready: 0,
      start: 11 * SECOND,
      end: 24_086 * SECOND,
      attempts: [
        [1, 11 * SECOND, 2_801 * SECOND],
        [2, 21_373 * SECOND, 24_086 * SECOND],
      ],
    },
    { pipeline: 0, task: 1, ready: 0, start: 5 * SECOND, end: 8 * SECOND },
    {
      pipeline: 0,
      task: 2,
      start: 1 * SECOND,
      end: 90 * SECOND,
      attempts: [
        [1, 1 * SECOND, 11 * SECOND, failed],
        [2, 31 * SECOND, 41 * SECOND, failed],
        [3, 61 * SECOND, 90 * SECOND],
      ],
    },
    { pipeline: 0, task: 3, start: 60 * SECOND, end: 70 * SECOND, attempts: [[2, 60 * SECOND, 70 * SECOND]] },
  ],
  30_000 * SECOND,
);
const words = (taskRun: number): string[] =>
  attemptsOf(timeline, taskRun).map((attempt) => `${attempt.label}: ${ranText(attempt)}`);

describe('attempts', () => {
  it('tells a rerun after a success apart from a retry after a failure', () => {
    expect(words(0)).toEqual(['first attempt: ran 46 min 30 s', 'rerun: ran 45 min 13 s']);
    expect(words(1)).toEqual([]);
    expect(words(2)).toEqual(['first attempt: failed after 10 s', 'retry: failed after 10 s', 'retry 2: ran 29 s']);
  });

  it('says no more than the number of one whose attempt before is not told', () => {
    expect(words(3)).toEqual(['attempt 2: ran 10 s']);
    expect(ranText({ startedUs: 5, endedUs: Number.NaN, outcome: unknown })).toBe('no end known');
    expect(ranText({ startedUs: Number.NaN, endedUs: Number.NaN, outcome: success })).toBe('');
  });
});

describe('rows of the inspector', () => {
  const task = (name: string, taskRun: number): PipelineView['tasks'][number] => ({
    task: taskRun,
    name,
    pool: '',
    upstream: [],
    reads: [],
    writes: [],
    taskRuns: [taskRun],
  });
  const tasks = ['train', 'check', 'load', 'send'].map(task);
  const facts = { pipeline: 0, namespace: '', name: 'recs', domain: '', owner: '', schedule: '' };
  const rows = runRows({ ...facts, tasks }, timeline);
  const minutes = (row: (typeof rows)[number]): number => (row.endedUs - row.startedUs) / SECOND / 60;

  it('has one an attempt, none of which runs from the first start to the last end', () => {
    const train = rows.filter(({ taskRun }) => taskRun === 0);
    expect(train.map((row) => [row.attempt?.label, minutes(row), isFirstRow(row)])).toEqual([
      ['first attempt', 46.5, true],
      ['rerun', expect.closeTo(45.2, 1), false],
    ]);
    expect(train.map((row) => row.waitMs)).toEqual([11_000, Number.NaN]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(rows.length);
  });

  it('counts task runs, not attempts', () => {
    expect(rows).toHaveLength(7);
    expect(rows.filter(isFirstRow)).toHaveLength(4);
  });
});
