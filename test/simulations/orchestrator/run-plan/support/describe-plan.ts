// A run plan as lines of text: each task run with its times, what it reads and writes, and what it waits for.

import { WAIT_MODES } from '../../../../../shared/scenario/workload.ts';
import { taskRunName } from '../../../../../simulations/orchestrator/run-plan/check-plan.ts';
import { partitionKey } from '../../../../../simulations/orchestrator/run-plan/partitions.ts';
import { RunKind, type RunPlan, WaitKind } from '../../../../../simulations/orchestrator/run-plan/plan.ts';

const nameOf = (kinds: Readonly<Record<string, number>>, kind: number): string =>
  Object.keys(kinds).find((name) => kinds[name] === kind) ?? '?';

export function describePlan(plan: RunPlan): string {
  const lines: string[] = [];
  for (let run = 0; run < plan.runs.count; run++) {
    lines.push(describeRun(plan, run));
    const { offsets, values } = plan.runs.triggers;
    for (const taskRun of values.subarray(offsets[run], offsets[run + 1]))
      lines.push(`  triggered by ${label(plan, taskRun)}`);
    for (const taskRun of plan.taskRuns.ofRun.values.subarray(
      plan.taskRuns.ofRun.offsets[run],
      plan.taskRuns.ofRun.offsets[run + 1],
    ))
      lines.push(...describeTaskRun(plan, taskRun));
  }
  for (const { pipeline, runCount, datasets } of plan.dynamic)
    lines.push(
      `dynamic: ${plan.definitions.pipelines[pipeline].name} up to ${runCount} runs by all of ${datasets.map((d) => plan.definitions.workload.datasets[d].name).join(', ')}`,
    );
  return `${lines.join('\n')}\n`;
}

function describeRun({ runs, definitions, frame }: RunPlan, run: number): string {
  const due = Number.isNaN(runs.dueMs[run]) ? 'when triggered' : `due ${runs.dueMs[run]}`;
  const anchor = new Date(runs.anchorMs[run]).toISOString();
  const tick = new Date(frame.startMs + runs.nominalMs[run]).toISOString();
  return `${definitions.pipelines[runs.pipeline[run]].name} ${nameOf(RunKind, runs.kind[run])} tick ${tick} for ${anchor}, ${due}`;
}

export const label = (plan: RunPlan, taskRun: number): string => {
  const index = plan.taskRuns.mapIndex[taskRun];
  const backfill = plan.runs.backfill[plan.taskRuns.run[taskRun]] >= 0 ? ' backfill' : '';
  return `${taskRunName(plan, taskRun)}${index < 0 ? '' : `[${index}]`}${backfill}`;
};

function partitionLabel({ partitions, definitions }: RunPlan, partition: number): string {
  const { name, unit } = definitions.workload.datasets[partitions.dataset[partition]];
  return `${name}[${partitionKey(unit, partitions.index[partition])}]`;
}

function describeTaskRun(plan: RunPlan, taskRun: number): string[] {
  const { dependencies, reads, writes, open, taskRuns } = plan;
  const partitions = (access: RunPlan['reads']): string =>
    [...access.partition.subarray(access.offsets[taskRun], access.offsets[taskRun + 1])]
      .map((id) => partitionLabel(plan, id))
      .join(' ');
  const lines = [
    `  ${label(plan, taskRun)} from ${taskRuns.releaseMs[taskRun]}${Number.isNaN(taskRuns.deadlineMs[taskRun]) ? '' : ` by ${taskRuns.deadlineMs[taskRun]}`}`,
  ];
  if (partitions(reads) !== '') lines.push(`    reads ${partitions(reads)}`);
  if (partitions(writes) !== '') lines.push(`    writes ${partitions(writes)}`);
  for (let row = dependencies.offsets[taskRun]; row < dependencies.offsets[taskRun + 1]; row++)
    lines.push(`    ${describeWait(plan, row)}`);
  open.taskRun.forEach((id, i) => {
    if (id === taskRun) lines.push(`    open: ${partitionLabel(plan, open.partition[i])}`);
  });
  return lines;
}

function describeWait(plan: RunPlan, row: number): string {
  const { upstream, kind, wait, partition, group } = plan.dependencies;
  const how = wait[row] < 0 ? '' : ` by ${WAIT_MODES.find((mode) => mode === plan.definitions.waits[wait[row]].mode)}`;
  const what = partition[row] < 0 ? '' : ` of ${partitionLabel(plan, partition[row])}`;
  const any = group[row] < 0 ? '' : ` or group ${group[row]}`;
  return `waits for ${nameOf(WaitKind, kind[row])}${what} ${label(plan, upstream[row])}${how}${any}`;
}
