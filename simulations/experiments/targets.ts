// Targets of a scenario against plays: each counts its trials (task runs, partitions, plays) and how many of them met it.

import { formatDuration } from '../../shared/base/time.ts';
import { matchesLabel } from '../../shared/scenario/checks/check-references.ts';
import type { Target } from '../../shared/scenario/scenario.ts';
import { labelOf } from '../../shared/scenario/workload.ts';
import type { ModelPlayer } from '../orchestrator/model/play-model.ts';
import type { RunPlan } from '../orchestrator/run-plan/plan.ts';
import { type Interval, wilson } from './intervals.ts';

/** One thing to meet: a start latency target with three quantiles makes three. */
export interface TargetRow {
  readonly name: string;
  /** The share of trials that must meet it. */
  readonly wanted: number;
}

export interface TargetVerdict extends TargetRow, Interval {
  readonly trials: number;
  readonly met: number;
  /** met / trials, with its Wilson interval as low and high. */
  readonly share: number;
  /** pass and fail by the share itself; `unknown` without trials. Whether it is certain, low and high tell. */
  readonly verdict: 'pass' | 'fail' | 'unknown';
}

export function targetRows(targets: readonly Target[]): TargetRow[] {
  return targets.flatMap((target): TargetRow[] => {
    switch (target.kind) {
      case 'startLatency':
        return target.quantiles.map(({ q, maxMs }) => ({
          name: `start latency p${Math.round(q * 1_000) / 10} of ${target.of} within ${formatDuration(maxMs)}`,
          wanted: q,
        }));
      case 'landing':
        return [{ name: `landing of ${target.dataset}`, wanted: target.share }];
      case 'makespan':
        return [{ name: `makespan within ${formatDuration(target.maxMs)}`, wanted: 1 }];
    }
  });
}

/** Adds one play's trials to `trials` and `met`, by target row. */
export class TargetCounter {
  readonly #targets: readonly Target[];
  readonly #plan: RunPlan;
  /** By target: task runs that are its trials; empty for the makespan. */
  readonly #taskRuns: readonly Int32Array[];
  readonly #warmUpMs: number;

  constructor(targets: readonly Target[], plan: RunPlan, warmUpMs: number) {
    this.#targets = targets;
    this.#plan = plan;
    this.#warmUpMs = warmUpMs;
    this.#taskRuns = targets.map((target) => trialsOf(target, plan));
  }

  count(player: ModelPlayer, makespanMs: number, trials: Float64Array, met: Float64Array): void {
    let row = 0;
    for (const [i, target] of this.#targets.entries()) {
      if (target.kind === 'makespan') {
        trials[row]++;
        if (makespanMs <= target.maxMs) met[row]++;
        row++;
      } else if (target.kind === 'landing') this.#countLandings(i, row++, player, trials, met);
      else for (const { maxMs } of target.quantiles) this.#countStarts(i, row++, maxMs, player, trials, met);
    }
  }

  #countStarts(
    target: number,
    row: number,
    maxMs: number,
    { times }: ModelPlayer,
    trials: Float64Array,
    met: Float64Array,
  ): void {
    for (const taskRun of this.#taskRuns[target]) {
      const latencyMs = times.startMs[taskRun] - times.readyMs[taskRun];
      if (Number.isNaN(latencyMs) || times.readyMs[taskRun] < this.#warmUpMs) continue;
      trials[row]++;
      if (latencyMs <= maxMs) met[row]++;
    }
  }

  #countLandings(target: number, row: number, player: ModelPlayer, trials: Float64Array, met: Float64Array): void {
    const { deadlineMs } = this.#plan.taskRuns;
    for (const taskRun of this.#taskRuns[target]) {
      trials[row]++;
      // Never landed is NaN, and not met.
      if (player.landedMs(taskRun) <= deadlineMs[taskRun]) met[row]++;
    }
  }
}

export function targetVerdicts(rows: readonly TargetRow[], trials: Float64Array, met: Float64Array): TargetVerdict[] {
  return rows.map((row, i) => {
    const share = met[i] / trials[i];
    const verdict = trials[i] === 0 ? 'unknown' : share >= row.wanted ? 'pass' : 'fail';
    return { ...row, trials: trials[i], met: met[i], share, ...wilson(met[i], trials[i]), verdict };
  });
}

function trialsOf(target: Target, plan: RunPlan): Int32Array {
  const { taskRuns, definitions: defs, partitions, writes } = plan;
  const all = Int32Array.from(taskRuns.task, (_, i) => i);
  if (target.kind === 'makespan') return new Int32Array(0);
  if (target.kind === 'startLatency') {
    const selected = defs.tasks.map(({ name }, task) =>
      matchesLabel(target.of, labelOf(defs.pipelines[defs.pipelineOf[task]].name, name)),
    );
    return target.of === '*' ? all : all.filter((i) => selected[taskRuns.task[i]]);
  }
  const dataset = defs.workload.datasets.findIndex(({ name }) => name === target.dataset);
  return all.filter((i) => {
    if (Number.isNaN(taskRuns.deadlineMs[i])) return false;
    const written = writes.partition.subarray(writes.offsets[i], writes.offsets[i + 1]);
    return written.some((partition) => partitions.dataset[partition] === dataset);
  });
}
