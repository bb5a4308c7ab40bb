// Pipelines and tasks of the sample company with everything that they do not say left at none. Only defaults.

import type { PartitionMapping, PipelineDef, TaskDef, WaitDef } from '../../../shared/scenario/workload.ts';

export const EVENT: WaitDef = { mode: 'event', everyMs: 60_000, timeoutMs: null };
/** Reads whatever is there. */
export const UNCHECKED: WaitDef = { mode: 'none', everyMs: 60_000, timeoutMs: null };
export const SAME_PARTITION: PartitionMapping = { shift: { days: 0, ms: 0 }, select: { kind: 'same' }, any: false };

export function pipelineOf(
  given: Pick<PipelineDef, 'name' | 'domain' | 'owner' | 'tier' | 'schedule' | 'variation' | 'tasks'>,
): PipelineDef {
  return {
    tags: [],
    zone: 'UTC',
    partitionOf: 'interval',
    jitter: null,
    skipDays: [],
    catchUpFromMs: null,
    activeRuns: null,
    activeTasks: null,
    ...given,
  };
}

export function taskOf(given: Partial<TaskDef> & Pick<TaskDef, 'name' | 'priority'>): TaskDef {
  return {
    duration: { kind: 'constant', valueMs: 0 },
    stragglers: null,
    pool: 'default',
    slots: 1,
    after: [],
    rule: 'all_success',
    reads: [],
    writes: [],
    awaits: [],
    retries: { times: 0, delayMs: 0, backoff: 'fixed', capMs: 0 },
    timeoutMs: null,
    concurrency: null,
    map: null,
    notBeforeMs: 0,
    deadlineMs: null,
    finalize: null,
    dependsOnPast: false,
    waitForDownstream: false,
    ...given,
  };
}
