// One night of the sample company as a reference day: how long everything takes on that date. Durations are
// log-normal by task, move together inside a domain (bad nights are bad together) and have stragglers.
// A night without a date is the calm one: every task takes its usual time.

import { randomKey, randomNormal, randomUnit } from '../../../shared/base/random.ts';
import { MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '../../../shared/base/time.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import type { CompanyDefinitions } from './definitions.ts';
import type { PipelinePlan } from './plan.ts';

const PUBLISH_MS = 2 * MS_PER_SECOND;
const DISPATCH_MS = 12 * MS_PER_SECOND;
/** The last task writes the dataset, which takes longer than a step. */
const WRITE_FACTOR = 5;
const STRAGGLER_SHARE = 0.004;
/** Pools whose tasks are heavy, and how much. */
const POOL_FACTOR: Readonly<Record<string, number>> = { default: 1, spark: 1.3, features: 1, gpu: 1.2 };

export interface NightPlan {
  /** `2025-12-24`, or null for the calm night. */
  readonly date: string | null;
  /** When each pipeline starts by the clock, ms from midnight; 0 for triggered ones. */
  readonly releaseMs: Int32Array;
  /** By task; -1 for none. */
  readonly deadlineMs: Int32Array;
}

export function nightOf(
  seed: number,
  plans: readonly PipelinePlan[],
  defs: CompanyDefinitions,
  night: NightPlan,
): ReferenceDay {
  const { tasks, pools, dependencies } = defs.tables;
  const taskCount = tasks.name.length;
  const durationMs = new Int32Array(taskCount);
  const finalizeMs = new Int32Array(taskCount);
  const releaseMs = new Int32Array(taskCount);
  for (const plan of plans) {
    const first = defs.firstTask[plan.id];
    const last = defs.lastTask[plan.id];
    const mood = nightFactor(seed, plan, night.date);
    for (let task = first; task <= last; task++) {
      const factor = mood * (POOL_FACTOR[pools.name[tasks.pool[task]]] ?? 1);
      durationMs[task] = Math.round(factor * taskMs(seed, plan.name, tasks.name[task], night.date));
    }
    durationMs[last] *= WRITE_FACTOR;
    releaseMs.fill(night.releaseMs[plan.id], first, last + 1);
    finalizeMs[last] = finalizeTime(seed, plan.name);
  }
  return {
    taskCount,
    pipeline: tasks.pipeline,
    releaseMs,
    durationMs,
    pool: tasks.pool,
    priority: tasks.priority,
    finalizeMs,
    deadlineMs: night.deadlineMs,
    poolSlots: pools.slots,
    depTask: dependencies.task,
    depUpstream: dependencies.upstream,
    depKind: dependencies.kind,
    publishMs: PUBLISH_MS,
    dispatchMs: DISPATCH_MS,
  };
}

/** Sources come in cron bursts: most at the full hour, some at the half, some every ten minutes. */
export function sourceReleaseMs(seed: number, pipeline: string): number {
  const key = randomKey(seed, 'cron', pipeline);
  const hour = Math.floor(4.5 * randomUnit(key, 0)) * MS_PER_HOUR;
  const u = randomUnit(key, 1);
  if (u < 0.4) return hour;
  if (u < 0.6) return hour + 30 * MS_PER_MINUTE;
  return hour + Math.floor(randomUnit(key, 2) * 12) * 5 * MS_PER_MINUTE;
}

function nightFactor(seed: number, plan: PipelinePlan, date: string | null): number {
  if (date === null) return 1;
  const domain = randomNormal(randomKey(seed, 'night', date, plan.domain.name), 0);
  const own = randomNormal(randomKey(seed, 'night', date, plan.name), 0);
  return Math.exp(0.07 * domain + 0.14 * own);
}

function taskMs(seed: number, pipeline: string, task: string, date: string | null): number {
  const usual = 62 * MS_PER_SECOND * Math.exp(0.8 * randomNormal(randomKey(seed, 'usual', pipeline, task), 0));
  if (date === null) return usual;
  const key = randomKey(seed, 'duration', pipeline, task, date);
  const straggler = randomUnit(key, 1) < STRAGGLER_SHARE ? 4 : 1;
  return usual * straggler * Math.exp(0.22 * randomNormal(key, 0));
}

const finalizeTime = (seed: number, pipeline: string): number =>
  Math.round((2 + 40 * randomUnit(randomKey(seed, 'finalize', pipeline), 0)) * MS_PER_SECOND);
