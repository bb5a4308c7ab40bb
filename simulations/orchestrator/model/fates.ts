// What becomes of an attempt, told when it starts: task failures, crashes, lost workers and zombies strike it at a step
// or a time of its own, and the first strike counts. Draws are keyed by seed, fault, names, attempt and replication, so
// that a fate is the same whatever else happens. A step that an attempt does not reach strikes nobody: tasks that write
// nothing have no open, check, finalize and publish.

import { hashText, mix32 } from '../../../shared/base/hash.ts';
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

/** The kinds of a fault's timing, as small integers for the loop. */
const Timing = { share: 0, rate: 1, schedule: 2, once: 3 } as const;

interface FatedFault extends Fault {
  readonly kind: FateKind;
}

const isFated = (fault: Fault): fault is FatedFault => (FATE_KINDS as readonly string[]).includes(fault.kind);

export class Fates {
  /** False when nothing strikes attempts: then nobody need ask. */
  readonly isBinding: boolean;
  readonly #plan: RunPlan;
  readonly #faults: readonly FatedFault[];
  readonly #faultKey: Int32Array;
  /** By fault: a Timing, and its share or its mean gap in ms. */
  readonly #timing: Uint8Array;
  readonly #value: Float64Array;
  /** Faults that may strike each task. */
  readonly #ofTask: readonly (readonly number[])[];
  /** The same faults strike all tasks: nearly always so, and one thing less to look up. */
  readonly #ofAll: readonly number[] | null;
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
    this.#faultKey = Int32Array.from(this.#faults, ({ kind, of, step, timing }) =>
      hashText(`${kind === 'task-failure' ? '' : `${kind} `}${of} ${step} ${timing.kind}`),
    );
    this.#timing = Uint8Array.from(this.#faults, ({ timing }) => Timing[timing.kind]);
    this.#value = Float64Array.from(this.#faults, ({ timing }) => valueOf(timing));
    // Equal lists are one list: the loop reads one of them for every start.
    const lists = new Map<string, readonly number[]>();
    const strikes = this.#faults.map((fault) => struckTasks(plan, fault));
    this.#ofTask = plan.definitions.tasks.map((_, task) => {
      const list = strikes.flatMap((isStruck, i) => (isStruck[task] !== 0 ? [i] : []));
      const known = lists.get(list.join());
      if (known === undefined) lists.set(list.join(), list);
      return known ?? list;
    });
    this.#ofAll = lists.size === 1 ? this.#ofTask[0] : null;
    this.#once = this.#faults.map(
      (fault) => new Set(onceTaskRuns(plan, fault).filter((i) => plan.taskRuns.mapIndex[i] <= 0)),
    );
    this.#keys = this.isBinding ? taskRunKeys(plan, 'task failure') : new Int32Array(0);
    this.#beatMs = beatMs;
    this.#hasCheck = hasCheck;
  }

  /** The first that strikes an attempt, or null; nothing is made for an attempt that nothing strikes. */
  of(replication: number, taskRun: number, attempt: number, startMs: number, spanMs: number): Fate | null {
    const faults = this.#ofAll ?? this.#ofTask[this.#plan.taskRuns.task[taskRun]];
    const attemptMix = mix32(attempt);
    const replicationMix = mix32(replication);
    const ownKey = this.#keys[taskRun];
    let first: Fate | null = null;
    for (let i = 0; i < faults.length; i++) {
      const row = faults[i];
      // As `joined` goes on from a key with the attempt and the replication.
      const ofAttempt = mix32(Math.imul(ownKey ^ this.#faultKey[row], 31) ^ attemptMix);
      const key = mix32(Math.imul(ofAttempt, 31) ^ replicationMix);
      const value = this.#value[row];
      const timing = this.#timing[row];
      if (timing === Timing.share) {
        if (randomUnit(key, 0) >= value) continue;
      } else if (timing === Timing.rate) {
        // -log(u) >= 1 - u: nearly always enough to know that it is later.
        if (value * (1 - randomUnit(key, 0)) >= spanMs + 1) continue;
      } else if (timing === Timing.once && !this.#isOnce(row, taskRun, attempt)) continue;
      const fate = this.#strike(row, key, taskRun, startMs, spanMs);
      if (fate !== null && (first === null || isBefore(fate, first))) first = fate;
    }
    return first;
  }

  #isOnce(row: number, taskRun: number, attempt: number): boolean {
    const { timing } = this.#faults[row];
    return timing.kind === 'once' && timing.attempt === attempt && this.#once[row].has(taskRun);
  }

  /** Null when its step or time is not reached. */
  #strike(row: number, key: number, taskRun: number, startMs: number, spanMs: number): Fate | null {
    const { kind, timing, step, lasts } = this.#faults[row];
    const isTimed = timing.kind === 'rate' || timing.kind === 'schedule';
    const at: number = isTimed ? FateStep.heartbeat : FateStep[step];
    let afterMs = this.#afterMs(step, spanMs);
    if (timing.kind === 'rate') afterMs = Math.round(-timing.meanGapMs * Math.log(randomUnit(key, 0)));
    else if (timing.kind === 'schedule') afterMs = firstWithin(timing.atMs, startMs, spanMs);
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

const valueOf = (timing: Fault['timing']): number =>
  timing.kind === 'share' ? timing.share : timing.kind === 'rate' ? timing.meanGapMs : 0;

const isBefore = (fate: Fate, other: Fate): boolean =>
  fate.afterMs < other.afterMs || (fate.afterMs === other.afterMs && fate.step < other.step);

/** From the start to the first of the times that lies in it, or Infinity. */
function firstWithin(atMs: readonly number[], startMs: number, spanMs: number): number {
  for (const ms of atMs) if (ms >= startMs) return ms < startMs + spanMs ? ms - startMs : NEVER;
  return NEVER;
}
