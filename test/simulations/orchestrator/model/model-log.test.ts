// The log of a play: read by the analyses it says what the play found, its segments add up, its versions keep the
// lifecycle, and tracing changes nothing.

import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import { type TaskRunTimes, taskRunTimes } from '../../../../shared/analysis/task-run-times.ts';
import { BLOCK_CAUSES, EventKind } from '../../../../shared/model/event.ts';
import type { Log } from '../../../../shared/model/log.ts';
import { logOfPlay } from '../../../../simulations/orchestrator/model/model-log.ts';
import { catalogOfPlan } from '../../../../simulations/orchestrator/model/plan-catalog.ts';
import { Trace } from '../../../../simulations/orchestrator/model/trace.ts';
import { logged as loggedPlay, playerOf } from './support/play.ts';

const DATASETS = { raw: 'hourly', clean: 'hourly', report: 'daily' };
const busy = (orchestrator: object) => ({
  start: '2025-03-01T00:00:00Z',
  horizon: '4d',
  orchestrator: { finalize: { service: '3s', publishDelay: { exponential: { mean: '20s' } } }, ...orchestrator },
  datasets: DATASETS,
  pools: { small: 3 },
  pipelines: {
    ingest: {
      schedule: '0 * * * *',
      activeRuns: 2,
      retries: { times: 6, delay: '1m' },
      tasks: {
        load: { duration: { lognormal: { median: '50m', sigma: 0.5 } }, pool: 'small', writes: 'raw' },
        clean: { duration: { exponential: { mean: '10m' } }, pool: 'small', after: 'load', writes: 'clean', slots: 2 },
      },
    },
    report: {
      schedule: '30 2 * * *',
      activeTasks: 2,
      tasks: {
        part: {
          duration: { exponential: { mean: '20m' } },
          reads: { dataset: 'clean', window: 'day' },
          map: 5,
          concurrency: 2,
        },
        sum: { duration: '5m', after: 'part', rule: 'all_done', writes: 'report' },
      },
    },
  },
  faults: [{ kind: 'task-failure', share: '15%' }],
});

const LOOP = { loop: { batch: 2, perTask: '400ms', idle: '5s' }, limits: { parallelism: 4 } };
const ORCHESTRATORS = [
  ['at once', { dispatch: '2s' }],
  ['a loop', LOOP],
  ['a loop and pods', { ...LOOP, executor: { kubernetes: { startUp: { exponential: { mean: '9s' } } } } }],
] as const;

function logged(orchestrator: object) {
  const { plan, player } = playerOf(busy(orchestrator));
  player.play(3);
  const untraced = structuredClone(player.times);
  const trace = new Trace();
  player.play(3, trace);
  const catalog = catalogOfPlan(plan.definitions);
  const header = { name: 'l', source: 'simulated', title: '', zone: 'UTC', landing: 'published' } as const;
  return { plan, player, untraced, log: logOfPlay({ header, catalog, plan, player, trace }) };
}

/** By task run: the segments from ready to its first start, in µs, and the causes among them. */
function blockedBefore(log: Log, { startedUs, readyUs }: TaskRunTimes) {
  const sumUs = new Float64Array(startedUs.length);
  const causes = new Set<string>();
  for (const { rows, kind, timeUs, taskRun, value, code } of log.chunks)
    for (let i = 0; i < rows; i++) {
      if (kind[i] !== EventKind.taskBlocked) continue;
      causes.add(BLOCK_CAUSES[code[i]]);
      const isWait = timeUs[i] > readyUs[taskRun[i]] && timeUs[i] <= startedUs[taskRun[i]];
      if (isWait) sumUs[taskRun[i]] += timeUs[i] - value[i];
    }
  return { sumUs, causes };
}

describe.each(ORCHESTRATORS)('the log of a play: %s', (name, orchestrator) => {
  const { plan, player, untraced, log } = logged(orchestrator);
  const times = taskRunTimes(log);

  it('is the same play as without tracing', () => {
    expect(player.times).toEqual(untraced);
  });

  it('says when each task run was ready, started, ended and landed', () => {
    const us = (ms: number): number => (plan.frame.startMs + ms) * 1_000;
    for (let i = 0; i < plan.taskRuns.count; i++) {
      expect(times.readyUs[i]).toBe(us(player.times.readyMs[i]));
      expect(times.startedUs[i]).toBe(us(player.times.startMs[i]));
      if (!Number.isNaN(player.times.startMs[i])) expect(times.endedUs[i]).toBe(us(player.times.finishMs[i]));
      if (plan.writes.offsets[i] < plan.writes.offsets[i + 1]) expect(times.landedUs[i]).toBe(us(player.landedMs(i)));
    }
  });

  it('has segments that add up to each start latency', () => {
    const { sumUs, causes } = blockedBefore(log, times);
    let waited = 0;
    for (let i = 0; i < plan.taskRuns.count; i++) {
      if (Number.isNaN(times.startedUs[i])) continue;
      expect(sumUs[i]).toBe(times.startedUs[i] - times.readyUs[i]);
      if (sumUs[i] > 0) waited++;
    }
    expect(waited).toBeGreaterThan(plan.taskRuns.count / 4);
    expect([...causes]).toEqual(expect.arrayContaining(['scheduler loop', 'pool', 'retry delay']));
    if (name === 'a loop and pods') expect(causes).toContain('start-up');
  });

  it('has no early read by those who wait, and every version keeps the lifecycle', () => {
    const report = checkOrdering(log, { toleranceMs: 0, limit: 5 });
    expect(report.reads).toBeGreaterThan(10);
    expect(report.versions).toBeGreaterThan(100);
    expect({ proved: report.proved, findings: report.findings.filter(({ grade }) => grade === 'proved') }).toEqual({
      proved: 0,
      findings: [],
    });
  });
});

it('has no heartbeat of a copy on a version that another copy failed before', () => {
  // Both copies crash before they finalize, at times of their own: the first failure is that of the version.
  const copies = (seed: number) => ({
    seed,
    orchestrator: { heartbeat: { every: '10s', timeout: '30s', scan: '20s' } },
    faults: [{ kind: 'crash', share: '60%', step: 'finalize' }],
    datasets: { d: 'daily' },
    pipelines: {
      p: {
        schedule: { at: '0s' },
        tasks: { t: { duration: { uniform: { low: '1m', high: '3m' } }, map: 2, writes: 'd' } },
      },
    },
  });
  for (let seed = 0; seed < 40; seed++) {
    const { log } = loggedPlay(copies(seed));
    const kinds = log.chunks.flatMap(({ kind, rows }) => Array.from(kind.subarray(0, rows)));
    const failedAt = kinds.indexOf(EventKind.versionFailed);
    if (failedAt >= 0) expect(kinds.indexOf(EventKind.versionHeartbeat, failedAt)).toBe(-1);
  }
});
