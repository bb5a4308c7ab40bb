// Targets of a scenario against plays: each counts its trials (task runs, partitions, plays) and how many of them met it.

import { rowNumbers } from '../../shared/base/columns.ts';
import { formatDuration, MS_PER_MINUTE } from '../../shared/base/time.ts';
import { labelMatcher } from '../../shared/scenario/checks/check-references.ts';
import type { Target } from '../../shared/scenario/scenario.ts';
import { labelOf } from '../../shared/scenario/workload.ts';
import { NEVER_MADE } from '../orchestrator/model/trigger-gates.ts';
import type { Played } from '../orchestrator/played.ts';
import type { PlannedLandings, RunPlan } from '../orchestrator/run-plan/plan.ts';
import { type Interval, wilson } from './intervals.ts';
import { TARGET_MEASURES } from './replication-table.ts';

/** One thing to meet: a start latency target with three quantiles makes three. */
export interface TargetRow {
  readonly name: string;
  /** The share of trials that must meet it. */
  readonly wanted: number;
  /** What a trial is: one a night, or task runs that share a night. */
  readonly of: 'nights' | 'task runs';
}

export interface TargetVerdict extends Omit<TargetRow, 'of'>, Interval {
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
          name: `start latency p${Math.round(q * 1_000) / 10} of ${ofText(target.of)} within ${formatDuration(maxMs)}`,
          wanted: q,
          of: 'task runs',
        }));
      case 'landing':
        return [{ name: `landing of ${target.dataset} ${dueText(target.due)}`, wanted: target.share, of: 'nights' }];
      case 'makespan':
        return [{ name: `makespan within ${formatDuration(target.maxMs)}`, wanted: 1, of: 'nights' }];
    }
  });
}

const ofText = (pattern: string): string => (pattern === '*' ? 'all tasks' : pattern);

type Due = Extract<Target, { kind: 'landing' }>['due'];

function dueText(due: Due): string {
  if (due.kind === 'within') return `within ${formatDuration(due.ms)}`;
  const minutes = Math.floor(due.clockMs / MS_PER_MINUTE);
  const clock = [Math.floor(minutes / 60), minutes % 60].map((part) => `${part}`.padStart(2, '0')).join(':');
  return `by ${clock} ${due.zone}`;
}

/** Counts one play's trials of every target row. */
export class TargetCounter {
  readonly #targets: readonly Target[];
  readonly #plan: RunPlan;
  /** By target: task runs that are trials of a start latency target; empty for others. */
  readonly #taskRuns: readonly Int32Array[];
  readonly #warmUpMs: number;
  readonly #counts: Float64Array;

  constructor(targets: readonly Target[], plan: RunPlan, warmUpMs: number) {
    this.#targets = targets;
    this.#plan = plan;
    this.#warmUpMs = warmUpMs;
    this.#taskRuns = targets.map((target) => trialsOf(target, plan));
    this.#counts = new Float64Array(targetRows(targets).length * TARGET_MEASURES);
  }

  /**
   * The task runs whose landings are all that the open target rows look at; null when one of them looks at more than
   * landings. `open`: by target row.
   */
  landingsOf(open: readonly boolean[]): Int32Array | null {
    const landings: number[] = [];
    let row = 0;
    for (const [i, target] of this.#targets.entries()) {
      const rows = target.kind === 'startLatency' ? target.quantiles.length : 1;
      const isOpen = open.slice(row, row + rows).includes(true);
      row += rows;
      if (!isOpen) continue;
      if (target.kind !== 'landing') return null;
      landings.push(...(this.#plan.landings.find((each) => each.target === i)?.writers.values ?? []));
    }
    return Int32Array.from(landings);
  }

  /** Of each target row its TargetMeasures; good until the next call. */
  count(played: Played, makespanMs: number): Float64Array {
    let at = 0;
    for (const [i, target] of this.#targets.entries()) {
      if (target.kind === 'makespan') {
        this.#set(at, 1, makespanMs <= target.maxMs ? 1 : 0, makespanMs - target.maxMs);
        at += TARGET_MEASURES;
      } else if (target.kind === 'landing') {
        this.#countLandings(i, at, played);
        at += TARGET_MEASURES;
      } else {
        for (const { maxMs } of target.quantiles) {
          this.#countStarts(this.#taskRuns[i], at, maxMs, played);
          at += TARGET_MEASURES;
        }
      }
    }
    return this.#counts;
  }

  #countStarts(taskRuns: Int32Array, at: number, maxMs: number, { times }: Played): void {
    let trials = 0;
    let met = 0;
    for (const taskRun of taskRuns) {
      const latencyMs = times.startMs[taskRun] - times.readyMs[taskRun];
      if (Number.isNaN(latencyMs) || times.readyMs[taskRun] < this.#warmUpMs) continue;
      trials++;
      if (latencyMs <= maxMs) met++;
    }
    this.#set(at, trials, met, Number.NaN);
  }

  #countLandings(target: number, at: number, played: Played): void {
    const landings = this.#plan.landings.find((row) => row.target === target);
    let trials = 0;
    let met = 0;
    let latestMs = Number.NEGATIVE_INFINITY;
    for (const [trial, deadlineMs] of landings?.deadlineMs.entries() ?? []) {
      const landedMs = this.#landedMs(landings, trial, played);
      if (landedMs === null) continue;
      trials++;
      // Never landed is NaN: not met, and NaN from then on.
      if (landedMs <= deadlineMs) met++;
      latestMs = Math.max(latestMs, landedMs - deadlineMs);
    }
    this.#set(at, trials, met, trials === 0 ? Number.NaN : latestMs);
  }

  /** When the last copy landed, NaN for never; null for a run that was never made. */
  #landedMs(landings: PlannedLandings | undefined, trial: number, played: Played): number | null {
    if (landings === undefined) return null;
    const { writers, byMarker } = landings;
    let landedMs = 0;
    for (let i = writers.offsets[trial]; i < writers.offsets[trial + 1]; i++) {
      if (played.times.outcome[writers.values[i]] === NEVER_MADE) return null;
      landedMs = Math.max(landedMs, played.landedMs(writers.values[i], byMarker));
    }
    return landedMs;
  }

  #set(at: number, trials: number, met: number, latestMs: number): void {
    this.#counts[at] = trials;
    this.#counts[at + 1] = met;
    this.#counts[at + 2] = latestMs;
  }
}

export function targetVerdicts(rows: readonly TargetRow[], trials: Float64Array, met: Float64Array): TargetVerdict[] {
  return rows.map(({ name, wanted }, i) => {
    const share = met[i] / trials[i];
    const verdict = trials[i] === 0 ? 'unknown' : share >= wanted ? 'pass' : 'fail';
    return { name, wanted, trials: trials[i], met: met[i], share, ...wilson(met[i], trials[i]), verdict };
  });
}

/** Of a start latency target. */
function trialsOf(target: Target, { taskRuns, definitions: defs }: RunPlan): Int32Array {
  if (target.kind !== 'startLatency') return new Int32Array(0);
  const all = rowNumbers(taskRuns.count);
  if (target.of === '*') return all;
  const isSelected = labelMatcher(target.of);
  const selected = defs.tasks.map(({ name }, task) =>
    isSelected(labelOf(defs.pipelines[defs.pipelineOf[task]].name, name)),
  );
  return all.filter((i) => selected[taskRuns.task[i]]);
}
