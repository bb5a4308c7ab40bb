// Celery workers that are lost with all that runs on them, and come back: each time of a schedule or a rate (of the whole
// fleet) takes one worker, drawn by seed, fault, time and replication. What it is handed while it is away waits for it.
// Where every task run has a worker of its own (local, Kubernetes) a loss is that task run's fate (fates.ts).

import { hashText } from '../../../shared/base/hash.ts';
import { randomKey, randomUnit } from '../../../shared/base/random.ts';
import type { Fault, Orchestrator } from '../../../shared/scenario/scenario.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { drawMs, joined } from './delay-columns.ts';
import { strikeTimes, struckTasks } from './fault-targets.ts';

interface Loss {
  readonly worker: number;
  /** By task. */
  readonly strikes: Uint8Array;
  readonly fromMs: number;
  readonly toMs: number;
}

const SECOND_DRAW = 1;

export class WorkerLosses {
  /** False when no worker is shared, or none is lost: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #plan: RunPlan;
  readonly #faults: readonly Fault[];
  readonly #workers: number;
  /** By fault: the tasks that it strikes. */
  readonly #strikes: readonly Uint8Array[];
  /** Ascending by beginning. */
  #losses: readonly Loss[] = [];

  /** `faults`: of kind worker-loss. */
  constructor(plan: RunPlan, { executor }: Orchestrator, faults: readonly Fault[]) {
    this.#plan = plan;
    this.#faults = executor.kind === 'celery' ? faults : [];
    this.#workers = executor.kind === 'celery' ? executor.workers : 0;
    this.#strikes = this.#faults.map((fault) => struckTasks(plan, fault));
    this.isBinding = this.#faults.length > 0;
  }

  draw(replication: number): void {
    this.#losses = this.#faults
      .flatMap((fault, i) => this.#lossesOf(fault, this.#strikes[i], replication))
      .sort((a, b) => a.fromMs - b.fromMs);
  }

  /** When a worker that a row was handed to is there. */
  backMs(worker: number, nowMs: number): number {
    let backMs = nowMs;
    for (const loss of this.#losses)
      if (loss.worker === worker && loss.fromMs <= backMs && backMs < loss.toMs) backMs = loss.toMs;
    return backMs;
  }

  /** From now to the worker's next loss that strikes this task run; Infinity for none. */
  lossMs(worker: number, taskRun: number, nowMs: number): number {
    const task = this.#plan.taskRuns.task[taskRun];
    const next = this.#losses.find(
      (loss) => loss.worker === worker && loss.fromMs >= nowMs && loss.strikes[task] !== 0,
    );
    return next === undefined ? Number.POSITIVE_INFINITY : next.fromMs - nowMs;
  }

  #lossesOf(fault: Fault, strikes: Uint8Array, replication: number): Loss[] {
    const { of, lasts, timing } = fault;
    const key = randomKey(this.#plan.frame.seed, 'lost worker', hashText(`${of} ${timing.kind}`), replication);
    return strikeTimes(fault, this.#plan, replication).map((fromMs, i) => ({
      worker: Math.floor(randomUnit(key, i) * this.#workers),
      strikes,
      fromMs,
      toMs: fromMs + (lasts === null ? 0 : drawMs(lasts, joined(joined(key, i), SECOND_DRAW))),
    }));
  }
}
