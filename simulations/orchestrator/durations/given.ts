// Durations that are given and not drawn, as those of a night that is played again: the same in every replication, for
// every attempt. Nothing is hashed for them, which for a hundred thousand tasks takes longer than to play them.

import { float64Column } from '../../../shared/base/columns.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { type DurationSampler, LONG_MS, wholeMs } from './sampler.ts';

/** Every task takes what it takes, in every run and every night. */
export const isGiven = ({ definitions: { tasks, pipelines } }: RunPlan): boolean =>
  tasks.every(({ duration, stragglers }) => duration.kind === 'constant' && stragglers === null) &&
  pipelines.every(({ variation, correlation }) => variation.run <= 0 && variation.night <= 0 && !correlation);

/** `plan`: one that isGiven. */
export const givenDurations = (plan: RunPlan): DurationSampler => new GivenDurations(plan);

class GivenDurations implements DurationSampler {
  readonly #task: Int32Array;
  /** By task. */
  readonly #valueMs: Float64Array;

  constructor({ taskRuns, definitions: { tasks } }: RunPlan) {
    this.#task = taskRuns.task;
    this.#valueMs = float64Column(tasks.length, (task) => {
      const { duration } = tasks[task];
      if (duration.kind !== 'constant') throw new RangeError('a duration that is drawn is not given');
      return wholeMs(duration.valueMs);
    });
  }

  fill(_replication: number, into: Int32Array): void {
    for (let i = 0; i < this.#task.length; i++) into[i] = Math.min(LONG_MS, this.#valueMs[this.#task[i]]);
  }

  attemptMs(_replication: number, taskRun: number): number {
    return this.#valueMs[this.#task[taskRun]];
  }
}
