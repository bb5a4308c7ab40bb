// Limits beside pools, and tasks of several slots: worked out by hand.

import { describe, expect, it } from 'vitest';
import { played } from './support/play.ts';

const starts = (document: object): number[] => Array.from(played(document).player.times.startMs, (ms) => ms / 1_000);
const once = (tasks: object, more: object = {}) => ({ schedule: { at: '0s' }, tasks, ...more });
const THREE = { t: { duration: '10s', map: 3 } };

describe.each([
  ['without a loop', {}],
  ['with a loop that sees everything at once', { loop: { fixed: '1ms', idle: '1ms' } }],
])('limits %s', (_, loop) => {
  const rounded = (document: object): number[] => starts(document).map((s) => Math.round(s));

  it('parallelism', () => {
    const orchestrator = { ...loop, limits: { parallelism: 2 } };
    expect(rounded({ orchestrator, pipelines: { a: once(THREE) } })).toEqual([0, 0, 10]);
  });

  it('active tasks of a pipeline', () => {
    const pipelines = { a: once(THREE, { activeTasks: 1 }), b: once({ u: '10s' }) };
    expect(rounded({ orchestrator: { ...loop }, pipelines })).toEqual([0, 10, 20, 0]);
  });

  it('concurrency of a task over all runs', () => {
    const a = { schedule: { at: ['0s', '1s', '2s'] }, tasks: { t: { duration: '10s', concurrency: 1 } } };
    expect(rounded({ orchestrator: { ...loop }, pipelines: { a } })).toEqual([0, 10, 20]);
  });

  it('active runs: a run keeps its place while it waits', () => {
    const tasks = { first: '10s', second: { duration: '10s', after: 'first' } };
    const a = { schedule: { at: ['0s', '1s', '2s'] }, activeRuns: 2, tasks };
    expect(rounded({ orchestrator: { ...loop }, pipelines: { a } })).toEqual([0, 10, 1, 11, 20, 30]);
  });

  it('a task of several slots waits for all of them, and others pass it', () => {
    const tasks = {
      narrow: { duration: '10s', pool: 'p', priority: 9 },
      wide: { duration: '10s', pool: 'p', slots: 2, priority: 5 },
      other: { duration: '10s', pool: 'p', priority: 1 },
    };
    expect(rounded({ orchestrator: { ...loop }, pools: { p: 2 }, pipelines: { a: once(tasks) } })).toEqual([0, 10, 0]);
  });

  it('worker slots and start-up time', () => {
    const executor = { celery: { workers: 1, concurrency: 2, startUp: '3s' } };
    expect(rounded({ orchestrator: { ...loop, executor }, pipelines: { a: once(THREE) } })).toEqual([3, 3, 16]);
  });
});

describe('a pool that slows down as it fills', () => {
  it('gives each task run the pace of its start', () => {
    const pools = {
      p: {
        slots: 4,
        slowdown: [
          { at: '50%', factor: 1 },
          { at: '100%', factor: 2 },
        ],
      },
    };
    const { finishMs } = played({ pools, pipelines: { a: once({ t: { duration: '10s', pool: 'p', map: 5 } }) } }).player
      .times;
    // With 1 and 2 of 4 in use 10 s, with 3 of 4 15 s, with 4 of 4 20 s; the fifth starts at 10 s beside the third and
    // fourth, once both others have ended.
    expect(Array.from(finishMs)).toEqual([10_000, 10_000, 15_000, 20_000, 25_000]);
  });
});

it('a task run that waits to be tried again because of its data goes on though all others of its run have ended', () => {
  // `t` ends at 10 s, its check fails at 11 s, and before the next loop sees it `u` ends and its run is over.
  const { player } = played({
    datasets: { d: { partitioned: 'daily', check: { duration: '1s', passes: '0%' } } },
    orchestrator: { loop: { fixed: '5s', idle: '1s' } },
    pipelines: {
      p: {
        schedule: { at: ['0s', '1m'] },
        activeRuns: 1,
        tasks: { t: { duration: '10s', writes: 'd', retries: { times: 1, delay: '0s' } }, u: '12s' },
      },
    },
  });
  expect(player.stopped).toBeNull();
  expect(Array.from(player.times.attempts)).toEqual([2, 1, 2, 1]);
  expect(player.endMs).toBeLessThan(120_000);
});
