// Infers when a task run was ready (MODEL: the last upstream's end), where the pipeline's order of tasks is known: the
// first tasks when their pipeline run started, the others when the last run of every upstream task had ended.
// Unknown stays unknown: an upstream that no event is of, one that has not ended, or one that ended only after the
// task had started (then another trigger rule was at work).

import { csrBy } from '../../../shared/model/catalog.ts';
import type { LineageCatalog } from './lineage-catalog.ts';
import type { LineageRuns, TaskRun } from './lineage-runs.ts';

export interface Ready {
  /** NaN when it cannot be inferred. */
  readonly readyUs: number;
  /** The task run that was last, or -1. */
  readonly last: number;
}

const UNKNOWN: Ready = { readyUs: Number.NaN, last: -1 };

/** By task run. */
export function inferReady({ pipelineRuns, taskRuns }: LineageRuns, { catalog, ordered }: LineageCatalog): Ready[] {
  const { task, upstream } = catalog.dependencies;
  const { offsets, values } = csrBy(task, upstream, catalog.tasks.name.length);
  const lastOf = lastRuns(taskRuns);
  return taskRuns.map((taskRun) => {
    const [first] = taskRun.attempts;
    const { top } = pipelineRuns[taskRun.pipelineRun];
    if (!ordered.has(taskRun.task) || first.number !== 1) return UNKNOWN;
    const upstreams = [...values.subarray(offsets[taskRun.task], offsets[taskRun.task + 1])];
    const ends = upstreams.map((upstream) => lastOf.get(instanceKey(taskRun.pipelineRun, upstream)) ?? UNKNOWN);
    const ready = ends.length === 0 ? { readyUs: top.startUs, last: -1 } : ends.reduce(later);
    return ready.readyUs <= first.run.startUs ? ready : UNKNOWN;
  });
}

const instanceKey = (pipelineRun: number, task: number): string => `${pipelineRun} ${task}`;

/** When the last run of each task ended, in each pipeline run. */
function lastRuns(taskRuns: readonly TaskRun[]): Map<string, Ready> {
  const lastOf = new Map<string, Ready>();
  for (const [row, { pipelineRun, task, attempts }] of taskRuns.entries()) {
    const key = instanceKey(pipelineRun, task);
    const end = { readyUs: attempts.at(-1)?.run.endUs ?? Number.NaN, last: row };
    const known = lastOf.get(key);
    lastOf.set(key, known === undefined ? end : later(known, end));
  }
  return lastOf;
}

/** The later of two ends; unknown when either is. */
function later(a: Ready, b: Ready): Ready {
  if (Number.isNaN(a.readyUs) || Number.isNaN(b.readyUs)) return UNKNOWN;
  return b.readyUs > a.readyUs ? b : a;
}
