// What a fault strikes: the tasks that its pattern names, the task runs of the one run that `once` means, and the times
// of a schedule or a rate. Nothing here depends on the play, so the same faults strike whatever else changes.

import { hashText } from '../../../shared/base/hash.ts';
import { randomKey, randomUnit } from '../../../shared/base/random.ts';
import { MS_PER_DAY } from '../../../shared/base/time.ts';
import { labelMatcher } from '../../../shared/scenario/checks/check-references.ts';
import type { Fault } from '../../../shared/scenario/scenario.ts';
import { labelOf } from '../../../shared/scenario/workload.ts';
import { partitionAt, partitionKey } from '../run-plan/partitions.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { Zones } from '../run-plan/zones.ts';

/** By task: 1 where the fault can strike. */
export function struckTasks({ definitions }: RunPlan, { of }: Fault): Uint8Array {
  const { tasks, pipelines, pipelineOf } = definitions;
  const isStruck = labelMatcher(of);
  return Uint8Array.from(tasks, ({ name }, task) =>
    isStruck(labelOf(pipelines[pipelineOf[task]].name, name)) ? 1 : 0,
  );
}

/** All task runs of struck tasks, ascending. */
export function struckTaskRuns(plan: RunPlan, fault: Fault): Int32Array {
  const isStruck = struckTasks(plan, fault);
  return Int32Array.from(plan.taskRuns.task, (_, i) => i).filter((i) => isStruck[plan.taskRuns.task[i]] !== 0);
}

/**
 * Task runs of the run that a `once` means: of each pipeline that the fault names, the first run for that partition key
 * (its scheduled one before a backfill's), or its first run when no key is written. Empty when there is none.
 */
export function onceTaskRuns(plan: RunPlan, fault: Fault): Int32Array {
  if (fault.timing.kind !== 'once') return new Int32Array(0);
  const { partition } = fault.timing;
  const all = struckTaskRuns(plan, fault);
  const { runs, taskRuns } = plan;
  const keys = partition === '' ? null : runKeys(plan, new Set(all.map((i) => taskRuns.run[i])));
  const chosen = new Map<number, number>();
  for (const i of all) {
    const run = taskRuns.run[i];
    if (keys !== null && keys.get(run)?.has(partition) !== true) continue;
    const known = chosen.get(runs.pipeline[run]);
    if (known === undefined || run < known) chosen.set(runs.pipeline[run], run);
  }
  return all.filter((i) => chosen.get(runs.pipeline[taskRuns.run[i]]) === taskRuns.run[i]);
}

/** The partitions that each run writes; of a run that writes none, its day. */
function runKeys({ taskRuns, runs, writes, partitions, definitions, frame }: RunPlan, wanted: ReadonlySet<number>) {
  const { datasets } = definitions.workload;
  const zones = new Zones(frame.startMs, frame.startMs + frame.horizonMs + MS_PER_DAY);
  const keys = new Map<number, Set<string>>();
  for (const run of wanted) {
    const own = new Set<string>();
    for (let row = taskRuns.ofRun.offsets[run]; row < taskRuns.ofRun.offsets[run + 1]; row++) {
      const taskRun = taskRuns.ofRun.values[row];
      for (let i = writes.offsets[taskRun]; i < writes.offsets[taskRun + 1]; i++) {
        const p = writes.partition[i];
        own.add(partitionKey(datasets[partitions.dataset[p]].unit, partitions.index[p]));
      }
    }
    if ([...own].every((key) => key === '')) {
      const clock = zones.clock(definitions.pipelines[runs.pipeline[run]].zone);
      own.add(partitionKey('day', partitionAt('day', clock, runs.anchorMs[run])));
    }
    keys.set(run, own);
  }
  return keys;
}

/** When a fault strikes: the times of its schedule, or a Poisson process over the horizon. Ascending ms. */
export function strikeTimes({ kind, of, timing }: Fault, { frame }: RunPlan, replication: number): number[] {
  if (timing.kind === 'schedule') return [...timing.atMs];
  if (timing.kind !== 'rate') return [];
  const key = randomKey(frame.seed, kind, hashText(of), replication);
  const times: number[] = [];
  let atMs = 0;
  for (let i = 0; ; i++) {
    atMs -= timing.meanGapMs * Math.log(randomUnit(key, i));
    if (atMs >= frame.horizonMs) return times;
    times.push(Math.round(atMs));
  }
}
