// Data from outside that comes late: a struck task run does not start before it is there. Of a run with a due time the
// lateness counts from the task's release, of a triggered one from its triggers. A share draws for each task run, `once`
// takes those of one run; a schedule or a rate are times at which the source goes away: whoever is due while it is away
// gets its data when it is back. Drawn before a play, by seed, fault, names and replication.

import { hashText } from '../../../shared/base/hash.ts';
import { randomKey, randomUnit } from '../../../shared/base/random.ts';
import type { Fault } from '../../../shared/scenario/scenario.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { drawMs, joined, taskRunKeys } from './delay-columns.ts';
import { onceTaskRuns, strikeTimes, struckTaskRuns, struckTasks } from './fault-targets.ts';

const SECOND_DRAW = 1;

interface Absence {
  readonly fault: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export class LateSources {
  /** False when nothing is ever late: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #plan: RunPlan;
  readonly #faults: readonly Fault[];
  /** By fault: the task runs that are drawn one by one; none where the fault strikes in time. */
  readonly #struck: readonly Int32Array[];
  /** By fault: struck tasks. */
  readonly #tasks: readonly Uint8Array[];
  readonly #keys: Int32Array;
  /** By task run. */
  readonly #extraMs: Float64Array;
  #absences: Absence[] = [];
  /** Whether anything is late in the play that was drawn. */
  isAnyLate = false;

  /** `faults`: of kind late-source. */
  constructor(plan: RunPlan, faults: readonly Fault[]) {
    this.isBinding = faults.length > 0;
    this.#plan = plan;
    this.#faults = faults;
    this.#extraMs = new Float64Array(this.isBinding ? plan.taskRuns.count : 0);
    this.#keys = this.isBinding ? taskRunKeys(plan, 'late source') : new Int32Array(0);
    this.#tasks = faults.map((fault) => struckTasks(plan, fault));
    this.#struck = faults.map((fault) => {
      if (fault.timing.kind === 'once') return onceTaskRuns(plan, fault);
      return fault.timing.kind === 'share' ? struckTaskRuns(plan, fault) : new Int32Array(0);
    });
  }

  draw(replication: number): void {
    this.#extraMs.fill(0);
    this.#absences = this.#faults.flatMap((fault, i) => this.#absencesOf(fault, i, replication));
    this.isAnyLate = this.#absences.length > 0;
    for (const [i, fault] of this.#faults.entries()) this.#drawFault(fault, this.#struck[i], replication);
  }

  /** Not before this, whatever else is there; 0 for a triggered run, whose triggers are later. */
  releaseMs(taskRun: number): number {
    const { runs, taskRuns } = this.#plan;
    const isDue = !Number.isNaN(runs.dueMs[taskRuns.run[taskRun]]);
    return isDue ? this.thereMs(taskRun, taskRuns.releaseMs[taskRun]) : 0;
  }

  /** When everything that comes from outside is there for a task run whose dependencies are met at `readyMs`. */
  thereMs(taskRun: number, readyMs: number): number {
    const { runs, taskRuns } = this.#plan;
    const isDue = !Number.isNaN(runs.dueMs[taskRuns.run[taskRun]]);
    const fromMs = isDue ? taskRuns.releaseMs[taskRun] : readyMs;
    let thereMs = fromMs + this.#extraMs[taskRun];
    for (const absence of this.#absences)
      if (this.#tasks[absence.fault][taskRuns.task[taskRun]] !== 0 && absence.fromMs <= fromMs)
        if (fromMs < absence.toMs) thereMs = Math.max(thereMs, absence.toMs);
    return Math.max(readyMs, thereMs);
  }

  #drawFault({ timing, kind, of, lasts }: Fault, taskRuns: Int32Array, replication: number): void {
    if (lasts === null) return;
    const name = hashText(`${kind} ${of}`);
    for (const taskRun of taskRuns) {
      const key = joined(this.#keys[taskRun] ^ name, replication);
      if (timing.kind === 'share' && randomUnit(key, 0) >= timing.share) continue;
      const lateMs = drawMs(lasts, joined(key, SECOND_DRAW));
      this.#extraMs[taskRun] = Math.max(this.#extraMs[taskRun], lateMs);
      this.isAnyLate = true;
    }
  }

  #absencesOf(fault: Fault, row: number, replication: number): Absence[] {
    const { of, lasts } = fault;
    const key = randomKey(this.#plan.frame.seed, 'source away', hashText(of), replication);
    return strikeTimes(fault, this.#plan, replication).map((fromMs, i) => ({
      fault: row,
      fromMs,
      toMs: fromMs + (lasts === null ? 0 : drawMs(lasts, joined(key, i))),
    }));
  }
}
