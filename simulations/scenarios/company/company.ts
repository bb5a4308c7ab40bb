// Halyard as a workload that the model can play: the cast of its story, and around it as many other pipelines as are
// asked for. Deterministic from the seed.

import type { Workload } from '../../../shared/scenario/workload.ts';
import { type Deliverable, defineBackground } from './background.ts';
import { CAST_DATASETS, CAST_DELIVERABLES, CAST_PIPELINES } from './cast.ts';
import { type CompanySize, type PipelinePlan, planCompany } from './plan.ts';
import { POOLS } from './vocabulary.ts';

/** Pipelines of the cast, and its task runs on a night without backfills: one of them runs only when asked. */
const CAST_SIZE = {
  pipelines: CAST_PIPELINES.length,
  taskRuns: CAST_PIPELINES.reduce(
    (sum, { schedule, tasks }) => sum + (schedule.kind === 'manual' ? 0 : tasks.length),
    0,
  ),
};
/** The fewest that a company has: its cast and one more. */
export const SMALLEST = { pipelines: CAST_SIZE.pipelines + 1, taskRuns: CAST_SIZE.taskRuns + 1 } as const;

export interface PlannedCompany {
  readonly size: CompanySize;
  /** Pipelines beside the cast. */
  readonly plans: readonly PipelinePlan[];
}

export interface Company extends PlannedCompany {
  readonly workload: Workload;
  readonly deliverables: readonly Deliverable[];
}

/** What its pipelines are called and read, without their tasks: most of a company is those. Throws as `company` does. */
export function planSample(size: CompanySize): PlannedCompany {
  const { seed, pipelines, taskRuns } = size;
  const others = { seed, pipelines: pipelines - CAST_SIZE.pipelines, taskRuns: taskRuns - CAST_SIZE.taskRuns };
  if (others.pipelines < 1 || others.taskRuns < others.pipelines)
    throw new RangeError(`no company has ${pipelines} pipelines and ${taskRuns} task runs a night`);
  return { size, plans: planCompany(others) };
}

/** Exactly as many pipelines, and task runs on a night without backfills, as asked for; throws RangeError below SMALLEST. */
export function company(size: CompanySize): Company {
  const { plans } = planSample(size);
  const background = defineBackground(size.seed, plans);
  return {
    size,
    workload: {
      pools: POOLS,
      datasets: [...CAST_DATASETS, ...background.datasets],
      pipelines: [...CAST_PIPELINES, ...background.pipelines],
      taskOrder: null,
    },
    deliverables: [...CAST_DELIVERABLES, ...background.deliverables],
    plans,
  };
}
