// What becomes of an attempt, told when it starts: task failures, crashes, lost workers and zombies strike it at a step
// or a time of its own, and the first strike counts. Draws are keyed by seed, fault, names, attempt and replication, so
// that a fate is the same whatever else happens. A step that an attempt does not reach strikes nobody: tasks that write
// nothing have no open, check, finalize and publish.

import { hashText } from '../../../shared/base/hash.ts';
import { randomUnit } from '../../../shared/base/random.ts';
import type { Fault, FaultStep } from '../../../shared/scenario/scenario.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { drawMs, joined, taskRunKeys } from './delay-columns.ts';
import { onceTaskRuns, struckTasks } from './fault-targets.ts';

/** In the order in which an attempt takes them. A time of its own is as a heartbeat. */
export const FateStep = { start: 0, open: 1, heartbeat: 2, end: 3, check: 4, finalize: 5, publish: 6 } as const;

const FATE_KINDS = ['task-failure', 'crash', 'worker-loss', 'zombie-writer'] as const;
type FateKind = (typeof FATE_KINDS)[number];

export interface Fate {
  readonly kind: FateKind;
  /** A FateStep. */
  readonly step: number;
  /** From the start; at the end of its work for later steps. */
  readonly afterMs: number;
  /** A zombie's. */
  readonly sleepMs: number;
}

const SECOND_DRAW = 1;
/** From the start on, when nothing says how often it beats. */
const NEVER = Number.POSITIVE_INFINITY;

interface FatedFault extends Fault {
  readonly kind: FateKind;
}

const isFated = (fault: Fault): fault is FatedFault => (FATE_KINDS as readonly string[]).includes(fault.kind);

export class Fates {
  /** False when nothing strikes attempts: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #plan: RunPlan;
  readonly #faults: readonly FatedFault[];
  readonly #faultKey: readonly number[];
  /** Faults that may strike each task. */
  readonly #ofTask: readonly (readonly number[])[];
  /** By fault: the task runs that a `once` strikes. */
  readonly #once: readonly ReadonlySet<number>[];
  readonly #keys: Int32Array;
  readonly #beatMs: number;
  readonly #hasCheck: (taskRun: number) => boolean;

  /** `beatMs`: between heartbeats, Infinity without. `hasCheck`: whether a task run's data is checked. */
  constructor(plan: RunPlan, faults: readonly Fault[], beatMs: number, hasCheck: (taskRun: number) => boolean) {
    this.#plan = plan;
    this.#faults = faults.filter(isFated);
    this.isBinding = this.#faults.length > 0;
    this.#faultKey = this.#faults.map(({ kind, of, step, timing }) =>
      hashText(`${kind === 'task-failure' ? '' : `${kind} `}${of} ${step} ${timing.kind}`),
    );
    // Equal lists are one list: the loop reads one of them for every start.
    const lists = new Map<string, readonly number[]>();
    const strikes = this.#faults.map((fault) => struckTasks(plan, fault));
    this.#ofTask = plan.definitions.tasks.map((_, task) => {
      const list = strikes.flatMap((isStruck, i) => (isStruck[task] !== 0 ? [i] : []));
      const known = lists.get(list.join());
      if (known === undefined) lists.set(list.join(), list);
      return known ?? list;
    });
    this.#once = this.#faults.map(
      (fault) => new Set(onceTaskRuns(plan, fault).filter((i) => plan.taskRuns.mapIndex[i] <= 0)),
    );
    this.#keys = this.isBinding ? taskRunKeys(plan, 'task failure') : new Int32Array(0);
    this.#beatMs = beatMs;
    this.#hasCheck = hasCheck;
  }

  /** The first that strikes an attempt, or null. */
  of(replication: number, taskRun: number, attempt: number, startMs: number, spanMs: number): Fate | null {
    const faults = this.#ofTask[this.#plan.taskRuns.task[taskRun]];
    let first: Fate | null = null;
    for (let i = 0; i < faults.length; i++) {
      const fate = this.#strike(faults[i], replication, taskRun, attempt, startMs, spanMs);
      if (fate === null) continue;
      const isFirst =
        first === null || fate.afterMs < first.afterMs || (fate.afterMs === first.afterMs && fate.step < first.step);
      if (isFirst) first = fate;
    }
    return first;
  }

  #strike(
    row: number,
    replication: number,
    taskRun: number,
    attempt: number,
    startMs: number,
    spanMs: number,
  ): Fate | null {
    const { kind, timing, step, lasts } = this.#faults[row];
    const key = joined(joined(this.#keys[taskRun] ^ this.#faultKey[row], attempt), replication);
    const isTimed = timing.kind === 'rate' || timing.kind === 'schedule';
    const at: number = isTimed ? FateStep.heartbeat : FateStep[step];
    let afterMs = NEVER;
    if (timing.kind === 'rate') afterMs = Math.round(-timing.meanGapMs * Math.log(randomUnit(key, 0)));
    else if (timing.kind === 'schedule') afterMs = firstWithin(timing.atMs, startMs, spanMs);
    else if (timing.kind === 'share' && randomUnit(key, 0) < timing.share) afterMs = this.#afterMs(step, spanMs);
    else if (timing.kind === 'once' && timing.attempt === attempt && this.#once[row].has(taskRun))
      afterMs = this.#afterMs(step, spanMs);
    if (isTimed ? afterMs >= spanMs : afterMs > spanMs || !this.#reaches(taskRun, at)) return null;
    return { kind, step: at, afterMs, sleepMs: lasts === null ? 0 : drawMs(lasts, joined(key, SECOND_DRAW)) };
  }

  #afterMs(step: FaultStep, spanMs: number): number {
    if (step === 'start' || step === 'open') return 0;
    return step === 'heartbeat' ? this.#beatMs : spanMs;
  }

  #reaches(taskRun: number, step: number): boolean {
    if (step === FateStep.start || step === FateStep.heartbeat || step === FateStep.end) return true;
    const { offsets } = this.#plan.writes;
    if (offsets[taskRun] === offsets[taskRun + 1]) return false;
    return step !== FateStep.check || this.#hasCheck(taskRun);
  }
}

/** From the start to the first of the times that lies in it, or Infinity. */
function firstWithin(atMs: readonly number[], startMs: number, spanMs: number): number {
  for (const ms of atMs) if (ms >= startMs) return ms < startMs + spanMs ? ms - startMs : NEVER;
  return NEVER;
}
