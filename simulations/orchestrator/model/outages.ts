// Times in which the metadata store takes no step of one kind: whoever comes with one waits until the outage is over.

import { hashText } from '../../../shared/base/hash.ts';
import { randomKey } from '../../../shared/base/random.ts';
import type { Fault, FaultStep } from '../../../shared/scenario/scenario.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { drawMs, joined } from './delay-columns.ts';
import { strikeTimes, struckTasks } from './fault-targets.ts';

interface Outage {
  /** By task. */
  readonly strikes: Uint8Array;
  readonly fromMs: number;
  readonly toMs: number;
}

export class Outages {
  /** False when there are none: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #plan: RunPlan;
  readonly #faults: readonly Fault[];
  /** By fault: the tasks that it strikes. */
  readonly #strikes: readonly Uint8Array[];
  /** Ascending by beginning. */
  #outages: readonly Outage[] = [];

  /** `faults`: of kind store-outage; those at `step` are taken. */
  constructor(plan: RunPlan, faults: readonly Fault[], step: FaultStep) {
    this.#plan = plan;
    this.#faults = faults.filter((fault) => fault.step === step);
    this.#strikes = this.#faults.map((fault) => struckTasks(plan, fault));
    this.isBinding = this.#faults.length > 0;
  }

  draw(replication: number): void {
    this.#outages = this.#faults
      .flatMap((fault, i) => outagesOf(fault, this.#strikes[i], this.#plan, replication))
      .sort((a, b) => a.fromMs - b.fromMs);
  }

  /** When a step that a task run could take at `atMs` is taken. */
  beginMs(taskRun: number, atMs: number): number {
    const task = this.#plan.taskRuns.task[taskRun];
    let beginMs = atMs;
    const outages = this.#outages;
    for (let i = 0; i < outages.length && outages[i].fromMs <= beginMs; i++)
      if (beginMs < outages[i].toMs && outages[i].strikes[task] !== 0) beginMs = outages[i].toMs;
    return beginMs;
  }

  /** The first outage that begins after `fromMs` or lasts into it and that `wanted` wants; or null. */
  find(taskRun: number, wanted: (fromMs: number, toMs: number) => boolean): Outage | null {
    const task = this.#plan.taskRuns.task[taskRun];
    return this.#outages.find(({ strikes, fromMs, toMs }) => strikes[task] !== 0 && wanted(fromMs, toMs)) ?? null;
  }
}

function outagesOf(fault: Fault, strikes: Uint8Array, plan: RunPlan, replication: number): Outage[] {
  const { of, timing, lasts } = fault;
  const key = randomKey(plan.frame.seed, 'store outage', hashText(`${of} ${timing.kind}`), replication);
  return strikeTimes(fault, plan, replication).map((fromMs, i) => ({
    strikes,
    fromMs,
    toMs: fromMs + (lasts === null ? 0 : drawMs(lasts, joined(key, i))),
  }));
}
