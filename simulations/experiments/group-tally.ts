// What plays come to by task, by pipeline and by pool: where a scenario is small enough to be read so. Of larger ones only
// the pools are kept, for a histogram each of thousands of tasks would be most of the memory.

import { OUTCOME_NAMES } from '../../shared/model/event.ts';
import { NEVER_MADE } from '../orchestrator/model/trigger-gates.ts';
import type { Played } from '../orchestrator/played.ts';
import type { RunPlan } from '../orchestrator/run-plan/plan.ts';
import { type HistogramColumns, ValueHistogram } from './value-histogram.ts';

/** Scenarios with more tasks are not kept by task. */
export const GROUPED_TASKS_MAX = 100;

export interface GroupSizes {
  readonly tasks: number;
  readonly pipelines: number;
  readonly pools: number;
}

/** Of one task. */
export interface TaskTally {
  readonly latency: ValueHistogram;
  readonly poolWait: ValueHistogram;
  readonly elapsed: ValueHistogram;
  readonly turnaround: ValueHistogram;
}

export class GroupTally {
  /** Empty where there are too many. */
  readonly tasks: readonly TaskTally[];
  /** By task: attempts, then task runs by Outcome. */
  readonly counts: Float64Array;
  /** Time from a run's due time (of a triggered one: from its first task run's readiness) to its last end. */
  readonly runTimes: readonly ValueHistogram[];
  /** Of first attempts, by pool. */
  readonly poolWaits: readonly ValueHistogram[];

  constructor({ tasks, pipelines, pools }: GroupSizes) {
    const isGrouped = tasks <= GROUPED_TASKS_MAX;
    this.tasks = Array.from({ length: isGrouped ? tasks : 0 }, () => ({
      latency: new ValueHistogram(),
      poolWait: new ValueHistogram(),
      elapsed: new ValueHistogram(),
      turnaround: new ValueHistogram(),
    }));
    this.counts = new Float64Array(isGrouped ? tasks * TASK_COUNTS : 0);
    this.runTimes = Array.from({ length: isGrouped ? pipelines : 0 }, () => new ValueHistogram());
    this.poolWaits = Array.from({ length: pools }, () => new ValueHistogram());
  }

  /** By task: as `counts`. */
  countsOf(task: number): Float64Array {
    return this.counts.subarray(task * TASK_COUNTS, (task + 1) * TASK_COUNTS);
  }

  add(plan: RunPlan, { times }: Played, warmUpMs: number): void {
    const { taskRuns, definitions } = plan;
    const isGrouped = this.tasks.length > 0;
    for (let i = 0; i < taskRuns.count; i++) {
      if (times.outcome[i] === NEVER_MADE) continue;
      const task = taskRuns.task[i];
      if (isGrouped) {
        this.counts[task * TASK_COUNTS] += times.attempts[i];
        this.counts[task * TASK_COUNTS + 1 + times.outcome[i]]++;
      }
      if (Number.isNaN(times.startMs[i]) || times.readyMs[i] < warmUpMs) continue;
      const waitMs = times.grantedMs[i] - times.enqueuedMs[i];
      this.poolWaits[definitions.pool[task]].add(waitMs);
      if (isGrouped) this.#addTask(this.tasks[task], times, i, waitMs);
    }
    if (isGrouped) this.#addRuns(plan, times, warmUpMs);
  }

  #addTask(task: TaskTally, { readyMs, startMs, finishMs }: Played['times'], i: number, waitMs: number): void {
    task.latency.add(startMs[i] - readyMs[i]);
    task.poolWait.add(waitMs);
    if (Number.isNaN(finishMs[i])) return;
    task.elapsed.add(finishMs[i] - startMs[i]);
    task.turnaround.add(finishMs[i] - readyMs[i]);
  }

  #addRuns({ runs, taskRuns }: RunPlan, { readyMs, finishMs }: Played['times'], warmUpMs: number): void {
    const { offsets, values } = taskRuns.ofRun;
    for (let run = 0; run < runs.count; run++) {
      let fromMs = runs.dueMs[run];
      let endMs = Number.NEGATIVE_INFINITY;
      for (let k = offsets[run]; k < offsets[run + 1]; k++) {
        if (!(fromMs <= readyMs[values[k]]) && Number.isNaN(runs.dueMs[run])) fromMs = readyMs[values[k]];
        endMs = Math.max(endMs, finishMs[values[k]]);
      }
      // Math.max keeps NaN: a run with a task run that never ended has no end.
      if (endMs >= fromMs && fromMs >= warmUpMs) this.runTimes[runs.pipeline[run]].add(Math.round(endMs - fromMs));
    }
  }

  columns(): GroupColumns {
    return { counts: this.counts, histograms: this.#all().map((histogram) => histogram.columns()) };
  }

  absorb({ counts, histograms }: GroupColumns): void {
    for (let i = 0; i < counts.length; i++) this.counts[i] += counts[i];
    for (const [i, histogram] of this.#all().entries()) histogram.absorb(histograms[i]);
  }

  #all(): ValueHistogram[] {
    const ofTasks = this.tasks.flatMap(({ latency, poolWait, elapsed, turnaround }) => [
      latency,
      poolWait,
      elapsed,
      turnaround,
    ]);
    return [...ofTasks, ...this.runTimes, ...this.poolWaits];
  }
}

const TASK_COUNTS = 1 + OUTCOME_NAMES.length;

export interface GroupColumns {
  readonly counts: Float64Array;
  readonly histograms: readonly HistogramColumns[];
}
