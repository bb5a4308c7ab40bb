// A run plan as a reference day, where it is one: fixed times, finish and publish dependencies, pools; durations given.
// What a reference day cannot say is refused by name, never left out in silence.

import { GrowableInt32 } from '../../../shared/base/growable.ts';
import { err, ok, type Result } from '../../../shared/base/result.ts';
import type { Distribution } from '../../../shared/model/distribution.ts';
import { DAY_TIME_LIMIT_MS, type ReferenceDay } from '../../../shared/model/reference-day.ts';
import type { Orchestrator } from '../../../shared/scenario/scenario.ts';
import { type RunPlan, WaitKind } from './plan.ts';

/** Task i of the day is task run i of the plan. `durationMs` by task run; constant durations when left out. */
export function referenceDayOf(
  plan: RunPlan,
  orchestrator: Orchestrator,
  durationMs?: Int32Array,
): Result<ReferenceDay, string> {
  const reason = orchestratorReason(orchestrator) ?? planReason(plan) ?? (durationMs ? null : durationReason(plan));
  if (reason !== null) return err(reason);
  const { taskRuns, definitions: defs, runs } = plan;
  const ofTask = (column: Int32Array): Int32Array => taskRuns.task.map((task) => column[task]);
  const releaseMs = Int32Array.from(taskRuns.releaseMs);
  return ok({
    taskCount: taskRuns.count,
    pipeline: taskRuns.run.map((run) => runs.pipeline[run]),
    releaseMs,
    durationMs: durationMs ?? Int32Array.from(taskRuns.task, (task) => constantMs(defs.tasks[task].duration)),
    pool: ofTask(defs.pool),
    priority: ofTask(defs.priority),
    finalizeMs: Int32Array.from(taskRuns.task, (task) =>
      constantMs(defs.tasks[task].finalize ?? orchestrator.finalize.service),
    ),
    deadlineMs: Int32Array.from(taskRuns.deadlineMs, (ms) => (Number.isNaN(ms) ? -1 : ms)),
    poolSlots: defs.poolSlots.map((slots) => (slots < 0 ? Math.max(1, taskRuns.count) : slots)),
    ...dependencyRows(plan),
    publishMs: constantMs(orchestrator.finalize.publishDelay),
    dispatchMs: orchestrator.dispatchMs,
  });
}

function dependencyRows(plan: RunPlan): Pick<ReferenceDay, 'depTask' | 'depUpstream' | 'depKind'> {
  const { dependencies, runs, taskRuns } = plan;
  const depTask = new GrowableInt32();
  const depUpstream = new GrowableInt32();
  const depKind = new GrowableInt32();
  const add = (task: number, upstream: number, kind: number): void => {
    depTask.push(task);
    depUpstream.push(upstream);
    depKind.push(kind);
  };
  for (let taskRun = 0; taskRun < taskRuns.count; taskRun++) {
    for (let row = dependencies.offsets[taskRun]; row < dependencies.offsets[taskRun + 1]; row++)
      add(taskRun, dependencies.upstream[row], dependencies.kind[row] === WaitKind.publish ? 1 : 0);
    const run = taskRuns.run[taskRun];
    for (let row = runs.triggers.offsets[run]; row < runs.triggers.offsets[run + 1]; row++)
      add(taskRun, runs.triggers.values[row], 1);
  }
  return { depTask: depTask.finish(), depUpstream: depUpstream.finish(), depKind: new Uint8Array(depKind.finish()) };
}

const isConstant = (d: Distribution | null): boolean => d === null || d.kind === 'constant';
const isLong = (d: Distribution | null): boolean => d?.kind === 'constant' && d.valueMs >= DAY_TIME_LIMIT_MS;
const constantMs = (d: Distribution): number => (d.kind === 'constant' ? d.valueMs : 0);

function orchestratorReason(o: Orchestrator): string | null {
  if (o.loop !== null) return 'a scheduler loop';
  if (o.limits.parallelism !== null) return 'a limit on parallelism';
  if (o.executor.kind !== 'local' || o.executor.slots !== null) return 'an executor with limits of its own';
  if (!isNothing(o.executor.startUp)) return 'a start-up time';
  if (o.finalize.servers !== null && !isNothing(o.finalize.service)) return 'a queue at the finalize service';
  if (!isConstant(o.finalize.service) || !isConstant(o.finalize.publishDelay))
    return 'a finalize or publish time that varies';
  if (isLong(o.finalize.service) || isLong(o.finalize.publishDelay))
    return 'a finalize or publish time beyond 2^30 ms (12.4 days)';
  return null;
}

const isNothing = (d: Distribution): boolean => d.kind === 'constant' && d.valueMs === 0;

function planReason(plan: RunPlan): string | null {
  const { definitions: defs, runs, dependencies, open, dynamic, taskRuns, frame } = plan;
  if (dynamic.length > 0) return 'runs that are known only when they are triggered';
  if (open.taskRun.length > 0) return 'a wait for a partition that never comes';
  if (dependencies.group.some((group) => group >= 0)) return 'a wait for any of several partitions';
  if (dependencies.wait.some((wait) => wait >= 0 && defs.waits[wait].mode !== 'event')) return 'a wait that polls';
  if (frame.horizonMs >= DAY_TIME_LIMIT_MS) return 'a horizon beyond 2^30 ms (12.4 days)';
  if (taskRuns.releaseMs.some((ms) => ms >= DAY_TIME_LIMIT_MS)) return 'a release beyond 2^30 ms (12.4 days)';
  if (taskRuns.deadlineMs.some((ms) => ms > 2_147_483_647)) return 'a deadline beyond 2^31 ms (24.8 days)';
  const pipeline = defs.pipelines.find((p) => p.activeRuns !== null || p.activeTasks !== null);
  if (pipeline) return `a limit on runs or tasks of pipeline ${pipeline.name}`;
  if (runs.backfill.some((row) => row >= 0)) return 'a backfill';
  return defs.tasks.map(taskReason).find((reason) => reason !== null) ?? poolReason(plan);
}

type Task = RunPlan['definitions']['tasks'][number];

function taskReason(task: Task): string | null {
  if (task.slots !== 1) return `task ${task.name} takes ${task.slots} slots`;
  if (task.concurrency !== null) return `a limit on task ${task.name}`;
  if (task.rule !== 'all_success') return `the trigger rule of task ${task.name}`;
  if (task.timeoutMs !== null) return `the timeout of task ${task.name}`;
  if (isLong(task.finalize)) return `the finalize time of task ${task.name}, beyond 2^30 ms (12.4 days)`;
  return isConstant(task.finalize) ? null : `the finalize time of task ${task.name}, which varies`;
}

function poolReason({ definitions: { workload } }: RunPlan): string | null {
  const slowed = workload.pools.find(({ slowdown }) => slowdown.length > 0);
  if (slowed) return `the slowdown of pool ${slowed.name}`;
  const checked = workload.datasets.find(({ check }) => check !== null);
  return checked ? `the check of dataset ${checked.name}` : null;
}

function durationReason({ definitions: { tasks } }: RunPlan): string | null {
  const drawn = tasks.find(({ duration, stragglers }) => duration.kind !== 'constant' || stragglers !== null);
  return drawn ? `the duration of task ${drawn.name}, which varies: draw it first` : null;
}
