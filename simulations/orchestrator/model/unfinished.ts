// What the task runs wait for that a play has left without an end: by name, those first that wait for something which is
// not itself an unfinished task run. For people: a play that never ends is a scenario that says something else than meant.

import { Outcome } from '../../../shared/model/event.ts';
import { labelOf } from '../../../shared/scenario/workload.ts';
import { isByMarker } from '../run-plan/messages.ts';
import { partitionKey } from '../run-plan/partitions.ts';
import { type RunPlan, WaitKind } from '../run-plan/plan.ts';
import { Phase } from './model-rows.ts';
import type { ModelPlayer } from './play-model.ts';

export interface UnfinishedWait {
  /** Its label and its run. */
  readonly taskRun: string;
  readonly waitsFor: string;
}

interface Reason {
  readonly text: string;
  /** It waits for nothing but another unfinished task run. */
  readonly isBehind: boolean;
}

/** Of the player's last play, at most `max`. */
export function unfinishedWaits(plan: RunPlan, player: ModelPlayer, max: number): UnfinishedWait[] {
  const rows: { readonly taskRun: number; readonly reason: Reason }[] = [];
  for (let taskRun = 0; taskRun < plan.taskRuns.count; taskRun++)
    if (player.times.outcome[taskRun] === Outcome.unknown)
      rows.push({ taskRun, reason: reasonOf(plan, player, taskRun) });
  rows.sort((a, b) => Number(a.reason.isBehind) - Number(b.reason.isBehind) || a.taskRun - b.taskRun);
  return rows.slice(0, max).map(({ taskRun, reason }) => ({ taskRun: nameOf(plan, taskRun), waitsFor: reason.text }));
}

function reasonOf(plan: RunPlan, player: ModelPlayer, taskRun: number): Reason {
  const { definitions: d, taskRuns } = plan;
  const task = taskRuns.task[taskRun];
  const own = (text: string): Reason => ({ text, isBehind: false });
  switch (player.phaseOf(taskRun)) {
    case Phase.waiting:
    case Phase.poking:
    case Phase.sensing:
      return unmet(plan, player, taskRun);
    case Phase.held: {
      const { partition, writer } = player.heldBy(taskRun);
      return own(`${partitionName(plan, partition)}, held by ${writer < 0 ? 'nobody' : nameOf(plan, writer)}`);
    }
    case Phase.dispatch:
    case Phase.queued: {
      const slots = d.slots[task] === 1 ? 'a slot' : `${d.slots[task]} slots`;
      return own(`${slots} of the pool ${d.workload.pools[d.pool[task]].name}, or a limit on what runs beside it`);
    }
    case Phase.starting:
      return own('the executor');
    default:
      return own('its own end: the play was stopped before');
  }
}

function unmet(plan: RunPlan, player: ModelPlayer, taskRun: number): Reason {
  const { dependencies: d, open, runs, taskRuns } = plan;
  const isNever = open.taskRun.indexOf(taskRun);
  if (isNever >= 0)
    return { text: `${partitionName(plan, open.partition[isNever])}, which nothing writes`, isBehind: false };
  let behind: Reason | null = null;
  const upstreams = Array.from({ length: d.offsets[taskRun + 1] - d.offsets[taskRun] }, (_, i) => {
    const row = d.offsets[taskRun] + i;
    const partition = d.partition[row];
    const isPublish = d.kind[row] === WaitKind.publish;
    return { upstream: d.upstream[row], isPublish, partition, byMarker: isMarked(plan, partition) };
  });
  const run = taskRuns.run[taskRun];
  const { offsets, values, byMarker: triggersByMarker } = runs.triggers;
  for (let row = offsets[run]; row < offsets[run + 1]; row++) {
    const byMarker = triggersByMarker[row] === 1;
    upstreams.push({ upstream: values[row], isPublish: true, partition: -1, byMarker });
  }
  for (const { upstream, isPublish, partition, byMarker } of upstreams) {
    const message = player.messages.rowOf(upstream, byMarker);
    const isUnfinished = player.times.outcome[upstream] === Outcome.unknown;
    if (!isUnfinished && (!isPublish || !Number.isNaN(player.toldMs(message)))) continue;
    const what = partition < 0 ? '' : ` of ${partitionName(plan, partition)}`;
    const text = `${isPublish ? `the publish${what} by` : 'the end of'} ${nameOf(plan, upstream)}${whyNot(player, upstream)}`;
    if (!isUnfinished) return { text, isBehind: false };
    behind ??= { text, isBehind: true };
  }
  return behind ?? { text: 'what its trigger rule wants of its upstreams', isBehind: false };
}

const isMarked = ({ partitions, definitions }: RunPlan, partition: number): boolean =>
  partition >= 0 && isByMarker(definitions.workload.datasets[partitions.dataset[partition]]);

const whyNot = ({ times }: ModelPlayer, upstream: number): string => {
  if (times.outcome[upstream] === Outcome.unknown) return ', which has not ended';
  return times.outcome[upstream] === Outcome.success ? ', which was lost' : ', which has failed';
};

function nameOf({ definitions: d, taskRuns, runs, frame }: RunPlan, taskRun: number): string {
  const task = taskRuns.task[taskRun];
  const label = labelOf(d.pipelines[d.pipelineOf[task]].name, d.tasks[task].name);
  const copy = taskRuns.mapIndex[taskRun] < 0 ? '' : ` [${taskRuns.mapIndex[taskRun]}]`;
  return `${label}${copy} of ${new Date(frame.startMs + runs.nominalMs[taskRuns.run[taskRun]]).toISOString()}`;
}

function partitionName({ partitions, definitions }: RunPlan, partition: number): string {
  const { name, unit } = definitions.workload.datasets[partitions.dataset[partition]];
  return `${name}[${partitionKey(unit, partitions.index[partition])}]`;
}
