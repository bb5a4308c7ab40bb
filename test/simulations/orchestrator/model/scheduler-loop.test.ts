// The scheduler's loop: its arithmetic, and behaviour that was published of real ones.

import { describe, expect, it } from 'vitest';
import { nearestRank } from '../../../../shared/base/quantile.ts';
import { mean, played } from './support/play.ts';

const startsByTask = (document: object): Record<string, number[]> => {
  const { plan, player } = played(document);
  const starts: Record<string, number[]> = {};
  plan.taskRuns.task.forEach((task, i) => {
    const { name } = plan.definitions.tasks[task];
    (starts[name] ??= []).push(player.times.startMs[i] / 1_000);
  });
  return starts;
};

const LOOP_OF_ONE_SECOND = { loop: { batch: 16, fixed: '1s', idle: '1s' } };
const once = (tasks: object) => ({ schedule: { at: '0s' }, tasks });

describe('loop arithmetic', () => {
  it.each([
    ['that costs a second', LOOP_OF_ONE_SECOND],
    ['that costs nothing and comes every second', { loop: { batch: 16, idle: '1s' } }],
  ])('1,000 ready at once, 16 a loop %s', (_, orchestrator) => {
    const tasks = { t: { duration: '10s', map: 1_000 } };
    const waits = Float64Array.from(startsByTask({ orchestrator, pipelines: { burst: once(tasks) } }).t).sort();
    expect([nearestRank(waits, 0.5), nearestRank(waits, 0.99), waits[999]]).toEqual([31, 61, 62]);
    expect(mean(waits)).toBeCloseTo(30.752, 9);
  });

  it('two schedulers take two batches', () => {
    const orchestrator = { loop: { ...LOOP_OF_ONE_SECOND.loop, schedulers: 2 } };
    const { t } = startsByTask({ orchestrator, pipelines: { burst: once({ t: { duration: '10s', map: 64 } }) } });
    expect(Math.max(...t)).toBe(1);
  });

  it('a considered task costs its time, an idle loop sleeps on its grid', () => {
    const orchestrator = { loop: { batch: 10, perTask: '100ms', idle: '1s' } };
    const pipelines = {
      burst: once({ t: { duration: '1m', map: 20 } }),
      late: { schedule: { at: '3500ms' }, tasks: { l: '1m' } },
    };
    const { t, l } = startsByTask({ orchestrator, pipelines });
    expect([...new Set(t)]).toEqual([0, 1]);
    // The loop at 2 s finds nothing and costs nothing: it comes every second from there.
    expect(l).toEqual([4]);
  });
});

describe('published behaviour', () => {
  it('a large low-numbered backlog of a full pool starves another pool', () => {
    const document = (batch: number) => ({
      orchestrator: { loop: { batch, fixed: '1s', idle: '1s' } },
      pools: { small: 1, free: 100 },
      pipelines: {
        a_backlog: once({ slow: { duration: '1m', pool: 'small', map: 100 } }),
        b_quick: once({ quick: { duration: '1s', pool: 'free', map: 5 } }),
      },
    });
    expect(Math.max(...startsByTask(document(1_000)).quick)).toBe(0);
    // 100 in the backlog, 16 examined: one of it starts a minute, and the others are seen when fewer than 16 are left.
    expect(Math.min(...startsByTask(document(16)).quick)).toBeGreaterThan(80 * 60);
  });

  it('a small batch lets a low priority start before a high one, a large one does not', () => {
    const document = (batch: number) => ({
      orchestrator: { loop: { batch, fixed: '1s', idle: '1s' } },
      pools: { p: 4 },
      pipelines: {
        a: once({ low: { duration: '1m', pool: 'p', priority: 1, map: 4 } }),
        b: once({ high: { duration: '1m', pool: 'p', priority: 9, map: 4 } }),
      },
    });
    const small = startsByTask(document(4));
    expect(Math.max(...small.low)).toBeLessThan(Math.min(...small.high));
    const large = startsByTask(document(8));
    expect(Math.max(...large.high)).toBeLessThan(Math.min(...large.low));
  });

  it('one pod a loop makes 1,000 tasks take 1,000 loops', () => {
    const orchestrator = { loop: { fixed: '1s', idle: '1s' }, executor: { kubernetes: { podsPerLoop: 1 } } };
    const { t } = startsByTask({ orchestrator, pipelines: { burst: once({ t: { duration: '1s', map: 1_000 } }) } });
    expect(t.sort((a, b) => a - b)).toEqual(Array.from({ length: 1_000 }, (_, i) => i));
  });

  it('creates and examines only so many runs a loop', () => {
    const pipelines = Object.fromEntries(
      Array.from({ length: 50 }, (_, i) => [`p${String(i).padStart(2, '0')}`, once({ t: '1s' })]),
    );
    const created = startsByTask({ orchestrator: { loop: { create: 10, fixed: '1s', idle: '1s' } }, pipelines }).t;
    expect(created.map((s) => Math.floor(s))).toEqual(Array.from({ length: 50 }, (_, i) => Math.floor(i / 10)));
    const examined = startsByTask({ orchestrator: { loop: { examine: 5, fixed: '1s', idle: '1s' } }, pipelines }).t;
    expect(examined).toEqual(Array.from({ length: 50 }, (_, i) => Math.floor(i / 5)));
  });
});
