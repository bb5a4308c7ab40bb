// What holds of every play, on random scenarios with every part on: nothing starts before it may, slots are never given
// twice, attempts and versions that begin also end, and a change moves only what it reaches.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventKind, Outcome } from '../../../../shared/model/event.ts';
import { NEVER_MADE } from '../../../../simulations/orchestrator/model/trigger-gates.ts';
import { unfinishedWaits } from '../../../../simulations/orchestrator/model/unfinished.ts';
import { taskRunName } from '../../../../simulations/orchestrator/run-plan/check-plan.ts';
import { runs } from '../../../support/runs.ts';
import { logged, type Played, played } from './support/play.ts';
import { anyScenario } from './support/random-scenario.ts';

type Logged = ReturnType<typeof logged>;

interface Attempt {
  readonly taskRun: number;
  readonly attempt: number;
  readonly startUs: number;
  readonly endUs: number;
}

const ENDS: readonly number[] = [
  EventKind.versionFinalized,
  EventKind.versionFailed,
  EventKind.versionExpired,
  EventKind.versionSuperseded,
];

/** Attempts from their start to their first end, while which they have their slots. */
function attemptsOf({ log }: Logged): Attempt[] {
  const startUs = new Map<string, number>();
  const attempts: Attempt[] = [];
  for (const { rows, kind, taskRun, attempt, timeUs } of log.chunks)
    for (let i = 0; i < rows; i++) {
      const key = `${taskRun[i]}/${attempt[i]}`;
      if (kind[i] === EventKind.taskStarted) {
        expect(startUs.has(key)).toBe(false);
        startUs.set(key, timeUs[i]);
      }
      const from = startUs.get(key);
      if (kind[i] !== EventKind.taskEnded || from === undefined || Number.isNaN(from)) continue;
      attempts.push({ taskRun: taskRun[i], attempt: attempt[i], startUs: from, endUs: timeUs[i] });
      startUs.set(key, Number.NaN);
    }
  for (const [key, from] of startUs) expect([key, from]).toEqual([key, Number.NaN]);
  return attempts;
}

/** The most slots that were in use at once, by pool. Who ends makes room for who starts. */
function mostUsed({ plan }: Logged, attempts: readonly Attempt[]): number[] {
  const { pool, slots, poolSlots } = plan.definitions;
  const changes = attempts.flatMap(({ taskRun, startUs, endUs }) => {
    const task = plan.taskRuns.task[taskRun];
    if (endUs === startUs) return [];
    const row = { pool: pool[task], by: slots[task] };
    return [
      { ...row, atUs: startUs },
      { pool: row.pool, by: -row.by, atUs: endUs },
    ];
  });
  changes.sort((a, b) => a.atUs - b.atUs || a.by - b.by);
  const used = Array.from(poolSlots, () => 0);
  const most = used.slice();
  for (const { pool: p, by } of changes) {
    used[p] += by;
    most[p] = Math.max(most[p], used[p]);
  }
  expect(used).toEqual(used.map(() => 0));
  return most;
}

describe('on any scenario', () => {
  it('nobody starts before it is ready and has its slots, and tries follow each other', () => {
    fc.assert(
      fc.property(anyScenario, (document) => {
        const all = logged(document);
        const { readyMs, enqueuedMs, grantedMs, startMs, finishMs } = all.player.times;
        for (const [i, ms] of startMs.entries()) {
          if (Number.isNaN(ms)) continue;
          const release = all.plan.taskRuns.releaseMs[i];
          for (const [before, after] of [
            [release, readyMs[i]],
            [readyMs[i], ms],
            [enqueuedMs[i], grantedMs[i]],
            [grantedMs[i], ms],
            [ms, finishMs[i]],
          ])
            if (!Number.isNaN(before) && !Number.isNaN(after)) expect(after).toBeGreaterThanOrEqual(before);
        }
        const lastEnd = new Map<number, Attempt>();
        for (const attempt of attemptsOf(all).sort((a, b) => a.startUs - b.startUs || a.attempt - b.attempt)) {
          const before = lastEnd.get(attempt.taskRun);
          expect(attempt.attempt).toBeGreaterThan(before?.attempt ?? 0);
          expect(attempt.startUs).toBeGreaterThanOrEqual(before?.endUs ?? Number.NEGATIVE_INFINITY);
          lastEnd.set(attempt.taskRun, attempt);
        }
      }),
      { numRuns: runs(15) },
    );
  });

  it('slots, task runs, attempts and versions are conserved', () => {
    fc.assert(
      fc.property(anyScenario, (document) => {
        const all = logged(document);
        const { player, plan, log } = all;
        const attempts = attemptsOf(all);
        for (const [pool, most] of mostUsed(all, attempts).entries())
          if (plan.definitions.poolSlots[pool] >= 0) expect(most).toBeLessThanOrEqual(plan.definitions.poolSlots[pool]);
        const { outcome, attempts: tries } = player.times;
        const made = Array.from(outcome, (code, i) => (code === NEVER_MADE ? -1 : i)).filter((i) => i >= 0);
        const open = made.filter((i) => outcome[i] === Outcome.unknown);
        expect(unfinishedWaits(plan, player, made.length)).toHaveLength(open.length);
        const tried = new Int32Array(outcome.length);
        for (const { taskRun } of attempts) tried[taskRun]++;
        // A held partition's taker takes its try with it; what was skipped has none.
        for (const i of made) if (outcome[i] === Outcome.success) expect(tried[i]).toBe(tries[i]);
        // A poking reader may hold the one slot that its writer's copies need: then their version stays open.
        const { run, task } = plan.taskRuns;
        const unended = new Set(open.map((i) => `${run[i]} ${task[i]}`));
        for (const [version, ends] of endsOfVersions(log).entries()) {
          const { number, owner } = log.versions;
          if (number[version] === 0) expect(ends).toBe(0);
          else if (unended.has(`${run[owner[version]]} ${task[owner[version]]}`)) expect(ends).toBeLessThanOrEqual(1);
          else expect([version, ends]).toEqual([version, 1]);
        }
      }),
      { numRuns: runs(15) },
    );
  });
});

/** By version: how often it ended. */
function endsOfVersions(log: Logged['log']): Int32Array {
  const ends = new Int32Array(log.versions.number.length);
  for (const { rows, kind, version } of log.chunks)
    for (let i = 0; i < rows; i++) if (ENDS.includes(kind[i]) && version[i] >= 0) ends[version[i]]++;
  return ends;
}

const PARTS = ['readyMs', 'enqueuedMs', 'grantedMs', 'startMs', 'finishMs', 'finalMs', 'attempts', 'outcome'] as const;

/** Times, tries and outcome of each task run by its name. */
const byName = ({ plan, player }: Played): Map<string, string> =>
  new Map(
    Array.from(plan.taskRuns.task, (_, i) => [
      `${taskRunName(plan, i)} ${plan.taskRuns.mapIndex[i]}`,
      PARTS.map((part) => player.times[part][i]).join(' '),
    ]),
  );

/** Names of task runs of `before` that `after` plays otherwise, or not at all. */
function moved(before: object, after: object): string[] {
  const there = byName(played(after));
  return [...byName(played(before))].flatMap(([name, times]) => (there.get(name) === times ? [] : [name]));
}

/** Without what all share: a loop, workers, servers of the finalize service, limits, a fault that strikes whoever is first. */
const apart = anyScenario.map((document) => {
  const { finalize, heartbeat } = document.orchestrator as { finalize: object; heartbeat?: object };
  const alone = { ...finalize, servers: 'none' };
  const faults = document.faults.map((fault) => ({ ...fault, of: 'ingest.*' }));
  return { ...document, faults, orchestrator: { finalize: alone, ...(heartbeat === undefined ? {} : { heartbeat }) } };
});

const lone = (pool: string) => ({
  schedule: '7 * * * *',
  tasks: { one: { duration: '20m', pool, map: 2, writes: 'lone' } },
});
interface Parts {
  readonly datasets: object;
  readonly pools: object;
  readonly pipelines: object;
}

const joined = (document: Parts, pool: string) => ({
  ...document,
  datasets: { lone: 'hourly', ...document.datasets },
  pools: { own: 1, ...document.pools },
  pipelines: { alone: lone(pool), ...document.pipelines, zone: lone(pool) },
});

describe('a change moves only what it reaches', () => {
  it('pipelines that share nothing with others leave them where they are', () => {
    fc.assert(
      fc.property(apart, (document) => {
        expect(moved(document, joined(document, 'own'))).toEqual([]);
      }),
      { numRuns: runs(10) },
    );
  });

  it('a longer task moves itself, where nobody waits for what it writes or for its slots', () => {
    fc.assert(
      fc.property(apart, (document) => {
        const { report } = document.pipelines;
        const tasks = { sum: { ...report.tasks.sum, duration: '17m' } };
        const after = { ...document, pipelines: { ...document.pipelines, report: { ...report, tasks } } };
        expect(moved(document, after).filter((name) => !name.startsWith('report.sum'))).toEqual([]);
      }),
      { numRuns: runs(10) },
    );
  });

  it('and what is shared is reached: by a pool, by the loop', () => {
    const isMoved = (arbitrary: fc.Arbitrary<Parts>, pool: string): boolean =>
      fc.check(
        fc.property(arbitrary, (document) => moved(document, joined(document, pool)).length === 0),
        { numRuns: 40, endOnFailure: true },
      ).failed;
    expect(isMoved(apart, 'small')).toBe(true);
    expect(isMoved(anyScenario, 'own')).toBe(true);
  });
});
