// Blame adds up: on random plans with every part on, the segments of each task run and the times that its attempts ran
// are exactly the time from its release to its landing, without gap or overlap. And it names what counts: for about ten
// causes, taking the top cause away moves the landing.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_CAUSES, EventKind } from '../../../../shared/model/event.ts';
import { runs } from '../../../support/runs.ts';
import { logged } from './support/play.ts';
import { anyScenario } from './support/random-scenario.ts';

interface Piece {
  readonly fromUs: number;
  readonly toUs: number;
  readonly cause: string;
}

/** By task run: what it waited for and when it ran, in order of time. */
function piecesOf({ log, plan }: ReturnType<typeof logged>): Piece[][] {
  const pieces: Piece[][] = Array.from({ length: plan.taskRuns.count }, () => []);
  const started = new Map<string, number>();
  for (const { rows, kind, timeUs, taskRun, value, code, attempt } of log.chunks)
    for (let i = 0; i < rows; i++) {
      const key = `${taskRun[i]}/${attempt[i]}`;
      if (kind[i] === EventKind.taskBlocked)
        pieces[taskRun[i]].push({ fromUs: value[i], toUs: timeUs[i], cause: BLOCK_CAUSES[code[i]] });
      else if (kind[i] === EventKind.taskStarted) started.set(key, timeUs[i]);
      else if (kind[i] === EventKind.taskEnded && started.has(key)) {
        pieces[taskRun[i]].push({ fromUs: started.get(key) as number, toUs: timeUs[i], cause: 'run' });
        started.delete(key);
      }
    }
  for (const list of pieces) list.sort((a, b) => a.fromUs - b.fromUs || a.toUs - b.toUs);
  return pieces.map((list) => list.filter(({ fromUs, toUs }) => toUs > fromUs));
}

describe('blame', () => {
  it('adds up, piece after piece, from release to landing', () => {
    fc.assert(
      fc.property(anyScenario, (document) => {
        const all = logged(document);
        const { player, plan } = all;
        const us = (ms: number): number => (plan.frame.startMs + ms) * 1_000;
        for (const [i, pieces] of piecesOf(all).entries()) {
          const landedMs = player.landedMs(i);
          if (Number.isNaN(landedMs) || pieces.length === 0) continue;
          for (let k = 1; k < pieces.length; k++) expect([i, pieces[k].fromUs]).toEqual([i, pieces[k - 1].toUs]);
          expect([i, pieces[pieces.length - 1].toUs]).toEqual([i, us(landedMs)]);
          const isDue = !Number.isNaN(plan.runs.dueMs[plan.taskRuns.run[i]]);
          if (isDue) expect([i, pieces[0].fromUs]).toEqual([i, us(plan.taskRuns.releaseMs[i])]);
        }
      }),
      { numRuns: runs(30) },
    );
  });
});

const D = { d: { partitioned: 'daily' } };
const solo = (task: object, more: object = {}) => ({
  datasets: D,
  pipelines: { p: { schedule: { at: '0s' }, tasks: { t: { duration: '10s', writes: 'd', ...task } } } },
  ...more,
});
const crowd = (task: object, more: object = {}) => ({
  datasets: D,
  pipelines: {
    a: { schedule: { at: '0s' }, tasks: { busy: { duration: '10m', ...task } } },
    p: { schedule: { at: '1s' }, tasks: { t: { duration: '10s', writes: 'd', ...task } } },
  },
  ...more,
});

describe('the top cause', () => {
  it.each<[string, object, object]>([
    ['upstream', solo({}, { faults: [{ kind: 'late-source', of: 'p', once: {}, lasts: '10m' }] }), solo({})],
    [
      'trigger detection',
      {
        datasets: { ...D, e: 'daily' },
        pipelines: {
          a: { schedule: { at: '0s' }, tasks: { w: { duration: '61s', writes: 'e' } } },
          p: {
            schedule: { at: '0s' },
            tasks: { t: { duration: '1s', writes: 'd', reads: { dataset: 'e', wait: 'reschedule', every: '10m' } } },
          },
        },
      },
      {
        datasets: { ...D, e: 'daily' },
        pipelines: {
          a: { schedule: { at: '0s' }, tasks: { w: { duration: '61s', writes: 'e' } } },
          p: { schedule: { at: '0s' }, tasks: { t: { duration: '1s', writes: 'd', reads: 'e' } } },
        },
      },
    ],
    ['scheduler loop', solo({}, { orchestrator: { dispatch: '5m' } }), solo({})],
    [
      'pipeline limit',
      {
        datasets: D,
        pipelines: {
          p: { schedule: { at: '0s' }, activeTasks: 1, tasks: { x: '10m', t: { duration: '10s', writes: 'd' } } },
        },
      },
      {
        datasets: D,
        pipelines: { p: { schedule: { at: '0s' }, tasks: { x: '10m', t: { duration: '10s', writes: 'd' } } } },
      },
    ],
    ['task limit', solo({ map: 3, duration: '5m', concurrency: 1 }), solo({ map: 3, duration: '5m' })],
    ['pool', crowd({ pool: 'q' }, { pools: { q: 1 } }), crowd({ pool: 'q' }, { pools: { q: 2 } })],
    [
      'priority',
      {
        datasets: D,
        pools: { q: 1 },
        pipelines: {
          a: { schedule: { at: '0s' }, pool: 'q', tasks: { first: '5s' } },
          p: { schedule: { at: '1s' }, pool: 'q', tasks: { t: { duration: '10s', writes: 'd' } } },
          c: { schedule: { at: '2s' }, pool: 'q', priority: 9, tasks: { urgent: '10m' } },
        },
      },
      {
        datasets: D,
        pools: { q: 1 },
        pipelines: {
          a: { schedule: { at: '0s' }, pool: 'q', tasks: { first: '5s' } },
          p: { schedule: { at: '1s' }, pool: 'q', tasks: { t: { duration: '10s', writes: 'd' } } },
          c: { schedule: { at: '2s' }, pool: 'q', tasks: { urgent: '10m' } },
        },
      },
    ],
    [
      'executor',
      crowd({}, { orchestrator: { executor: { local: { slots: 1 } } } }),
      crowd({}, { orchestrator: { executor: { local: { slots: 2 } } } }),
    ],
    ['start-up', solo({}, { orchestrator: { executor: { local: { startUp: '3m' } } } }), solo({})],
    [
      'retry delay',
      solo({ retries: { times: 1, delay: '5m' } }, { faults: [{ kind: 'task-failure', of: 'p', once: {} }] }),
      solo({ retries: { times: 1, delay: '5m' } }),
    ],
    ['check', solo({}, { datasets: { d: { partitioned: 'daily', check: { duration: '5m' } } } }), solo({})],
    ['finalize queue', solo({}, { orchestrator: { finalize: { service: '5m' } } }), solo({})],
    ['publish', solo({}, { orchestrator: { finalize: { publishDelay: '5m' } } }), solo({})],
  ])('is %s, and without it the data lands earlier', (cause, withIt, without) => {
    const landing = (document: object) => {
      const all = logged(document);
      const { definitions, taskRuns } = all.plan;
      const i = taskRuns.task.findLastIndex((task) => definitions.tasks[task].writes.includes('d'));
      const sums = new Map<string, number>();
      for (const piece of piecesOf(all)[i])
        if (piece.cause !== 'run') sums.set(piece.cause, (sums.get(piece.cause) ?? 0) + piece.toUs - piece.fromUs);
      const top = [...sums].sort((a, b) => b[1] - a[1])[0]?.[0];
      return { top, landedMs: all.player.landedMs(i) };
    };
    const before = landing(withIt);
    expect(before.top).toBe(cause);
    expect(landing(without).landedMs).toBeLessThan(before.landedMs);
  });

  it('of several that bind at once is the one that is released last', () => {
    // The pool is full until 100 s, the task's own limit is reached until 60 s; then until 100 s and 160 s.
    const both = (first: string, other: string) =>
      logged({
        datasets: D,
        pools: { q: 1 },
        pipelines: {
          x: { schedule: { at: '0s' }, tasks: { other: { duration: other, pool: 'q' } } },
          p: { schedule: { at: ['0s', '1s'] }, tasks: { t: { duration: first, concurrency: 1 } } },
          y: { schedule: { at: '1s' }, tasks: { z: { duration: '1s', pool: 'q' } } },
        },
      });
    const limited = piecesOf(both('60s', '100s'));
    expect(limited[2].map(({ cause }) => cause)).toEqual(['task limit', 'run']);
    expect(limited[3].map(({ cause }) => cause)).toEqual(['pool', 'run']);
    const twice = (own: string, pool: string) =>
      piecesOf(
        logged({
          datasets: D,
          pools: { q: 2 },
          pipelines: {
            a: { schedule: { at: '0s' }, tasks: { wide: { duration: pool, pool: 'q' } } },
            p: { schedule: { at: ['0s', '1s'] }, tasks: { t: { duration: own, pool: 'q', concurrency: 1 } } },
          },
        }),
      )[2].filter(({ cause }) => cause !== 'run');
    expect(twice('60s', '100s').map(({ cause }) => cause)).toEqual(['pool']);
    expect(twice('160s', '100s').map(({ cause }) => cause)).toEqual(['task limit']);
  });
});
