// How long an attempt runs and whether it fails: its duration against injected task failures, the hazard of a failure
// while it runs, and its timeout; the earliest wins. And how long the next attempt waits.
// Draws are keyed by seed, fault, names, attempt and replication.

import { hashText } from '../../../shared/base/hash.ts';
import { randomUnit } from '../../../shared/base/random.ts';
import { matchesLabel } from '../../../shared/scenario/checks/check-references.ts';
import type { Fault } from '../../../shared/scenario/scenario.ts';
import { labelOf, type RetryDef } from '../../../shared/scenario/workload.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { joined, taskRunKeys } from './delay-columns.ts';
import { onceTaskRuns } from './fault-targets.ts';

const NO_TIMEOUT = 1_073_741_823;

export class Attempts {
  /** Of the attempt last judged. */
  spanMs = 0;
  fails = false;
  readonly #plan: RunPlan;
  readonly #faults: readonly Fault[];
  readonly #faultKey: readonly number[];
  /** Faults that may strike each task. */
  readonly #ofTask: readonly (readonly number[])[];
  /** By fault: the task runs that a `once` strikes. */
  readonly #once: readonly ReadonlySet<number>[];
  readonly #timeoutMs: Int32Array;
  readonly #keys: Int32Array;
  readonly #isCalm: boolean;

  /** `faults`: of kind task-failure. */
  constructor(plan: RunPlan, faults: readonly Fault[]) {
    const { tasks, pipelines, pipelineOf } = plan.definitions;
    this.#plan = plan;
    this.#faults = faults;
    this.#faultKey = faults.map(({ of, step, timing }) => hashText(`${of} ${step} ${timing.kind}`));
    // Equal lists are one list: the loop reads one of them for every start.
    const lists = new Map<string, readonly number[]>();
    this.#ofTask = tasks.map(({ name }, task) => {
      const label = labelOf(pipelines[pipelineOf[task]].name, name);
      const list = faults.flatMap(({ of }, i) => (matchesLabel(of, label) ? [i] : []));
      const known = lists.get(list.join());
      if (known === undefined) lists.set(list.join(), list);
      return known ?? list;
    });
    this.#once = faults.map((fault) => new Set(onceTaskRuns(plan, fault)));
    this.#timeoutMs = Int32Array.from(tasks, ({ timeoutMs }) => Math.min(timeoutMs ?? NO_TIMEOUT, NO_TIMEOUT));
    this.#isCalm = faults.length === 0 && this.#timeoutMs.every((ms) => ms === NO_TIMEOUT);
    this.#keys = faults.length === 0 ? new Int32Array(0) : taskRunKeys(plan, 'task failure');
  }

  /** Sets `spanMs` and `fails`. */
  judge(replication: number, taskRun: number, attempt: number, durationMs: number): void {
    this.spanMs = durationMs;
    this.fails = false;
    if (this.#isCalm) return;
    const task = this.#plan.taskRuns.task[taskRun];
    const faults = this.#ofTask[task];
    for (let i = 0; i < faults.length; i++) this.#strike(faults[i], replication, taskRun, attempt);
    if (this.spanMs > this.#timeoutMs[task]) {
      this.spanMs = this.#timeoutMs[task];
      this.fails = true;
    }
  }

  #strike(fault: number, replication: number, taskRun: number, attempt: number): void {
    const { timing, step } = this.#faults[fault];
    const key = joined(joined(this.#keys[taskRun] ^ this.#faultKey[fault], attempt), replication);
    if (timing.kind === 'rate') {
      const afterMs = Math.round(-timing.meanGapMs * Math.log(randomUnit(key, 0)));
      if (afterMs < this.spanMs) this.#fail(afterMs);
    } else if (timing.kind === 'share' && randomUnit(key, 0) < timing.share)
      this.#fail(step === 'start' ? 0 : this.spanMs);
    else if (timing.kind === 'once' && timing.attempt === attempt && this.#once[fault].has(taskRun))
      this.#fail(step === 'start' ? 0 : this.spanMs);
  }

  #fail(afterMs: number): void {
    this.spanMs = afterMs;
    this.fails = true;
  }
}

/** From the failed attempt's end to the next one's readiness. Exponential: doubled after every attempt, up to the cap. */
export function retryDelayMs({ delayMs, backoff, capMs }: RetryDef, failedAttempt: number): number {
  if (backoff === 'fixed') return delayMs;
  let ms = delayMs;
  for (let i = 1; i < failedAttempt && ms < capMs; i++) ms *= 2;
  return Math.min(ms, capMs);
}
