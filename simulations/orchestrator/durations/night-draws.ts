// Whole nights of history as blocks: for each night of the plan one observed night is drawn, and every task takes its
// time of that night, so what was slow together stays slow together. A task that the drawn night does not know falls
// back to its own distribution.

import { int32Column } from '../../../shared/base/columns.ts';
import { randomKey, randomUnit } from '../../../shared/base/random.ts';
import { MS_PER_DAY } from '../../../shared/base/time.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { Zones } from '../run-plan/zones.ts';
import type { DurationHistory } from './history.ts';

export class NightDraws {
  readonly #plan: RunPlan;
  readonly #history: DurationHistory | null;
  /** Label of each task in the history, or -1. */
  readonly #labelOf: Int32Array;
  /** By run: the date that it is for, in its pipeline's zone (days since the epoch). */
  readonly #day: Int32Array;
  /** By run: the observed night drawn for it. */
  readonly #night: Int32Array;

  constructor(plan: RunPlan, history: DurationHistory | null, labels: readonly string[]) {
    this.#plan = plan;
    this.#history = history !== null && history.nights.length > 0 ? history : null;
    const known = new Map(this.#history?.labels.map((label, id) => [label, id]));
    this.#labelOf = Int32Array.from(labels, (label) => known.get(label) ?? -1);
    this.#day = daysOf(plan);
    this.#night = new Int32Array(plan.runs.count);
  }

  dayOf(run: number): number {
    return this.#day[run];
  }

  prepare(replication: number): void {
    const history = this.#history;
    if (history === null) return;
    const drawn = new Map<number, number>();
    for (let run = 0; run < this.#night.length; run++) {
      const day = this.#day[run];
      let night = drawn.get(day);
      if (night === undefined) {
        const u = randomUnit(randomKey(this.#plan.frame.seed, 'observed night', day, replication), 0);
        night = Math.floor(u * history.nights.length);
        drawn.set(day, night);
      }
      this.#night[run] = night;
    }
  }

  /** The observed time in ms, or -1. Where the night saw the task several times, one of them, by the key. */
  observedMs(taskRun: number, task: number, key: number): number {
    const history = this.#history;
    if (history === null || this.#labelOf[task] < 0) return -1;
    const cell = this.#night[this.#plan.taskRuns.run[taskRun]] * history.labels.length + this.#labelOf[task];
    const from = history.offsets[cell];
    const count = history.offsets[cell + 1] - from;
    if (count === 0) return -1;
    return history.valuesMs[count === 1 ? from : from + Math.floor(randomUnit(key, 0) * count)];
  }
}

function daysOf({ runs, definitions, frame }: RunPlan): Int32Array {
  let firstMs = frame.startMs;
  for (const ms of runs.anchorMs) firstMs = Math.min(firstMs, ms);
  const zones = new Zones(firstMs, frame.startMs + frame.horizonMs);
  return int32Column(runs.count, (run) => {
    const { zone } = definitions.pipelines[runs.pipeline[run]];
    return Math.floor(zones.clock(zone).localOf(runs.anchorMs[run]) / MS_PER_DAY);
  });
}
