// What an attempt comes to, told when it starts: how long it holds its slots, whether and why it fails, and what strikes
// it after its work. Its duration against its fate (fates.ts), an outage of heartbeats and its timeout; the earliest wins.
// A dead writer holds its slots until somebody notices (liveness.ts).

import type { Fault, Heartbeats } from '../../../shared/scenario/scenario.ts';
import type { RetryDef } from '../../../shared/scenario/workload.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import { type Fate, FateStep, Fates } from './fates.ts';
import { Liveness } from './liveness.ts';
import { Outages } from './outages.ts';

const NO_TIMEOUT = Number.POSITIVE_INFINITY;

/** Why an attempt failed; also the `code` of a traced versionFailed. */
export const Failure = {
  none: 0,
  task: 1,
  timeout: 2,
  /** Told by its check; the version has failed with it. */
  check: 3,
  crash: 4,
  worker: 5,
  /** It woke and was told that its lease is over. */
  lease: 6,
  /** Nobody heard of it: its version is EXPIRED. */
  expired: 7,
} as const;

export class Attempts {
  /** Of the attempt last judged. */
  spanMs = 0;
  /** A Failure. */
  failure: number = Failure.none;
  /** False when it does its work and ends: then all below is as for nobody. */
  isStruck = false;
  /** Whether it came to open its versions. */
  opens = true;
  /** From the start to its last sign of life before it was taken for dead. */
  silentMs = Number.NaN;
  /** From the start to the moment at which a zombie that was taken for dead wakes; NaN for never. */
  wakesMs = Number.NaN;
  /** What strikes it after its work, or null. */
  later: Fate | null = null;
  /** From the start: when an outage of heartbeats makes it seem dead; Infinity for never. */
  seemsDeadMs = Number.POSITIVE_INFINITY;
  /** Its last moment before that outage. */
  silencedMs = Number.NaN;
  readonly liveness: Liveness;
  /** False when every attempt does its work and ends. */
  readonly isFateful: boolean;
  readonly #plan: RunPlan;
  readonly #fates: Fates;
  /** By task; equal ones are one, which the loop has at hand. */
  readonly #retries: readonly RetryDef[];
  readonly #timeoutMs: Float64Array;
  readonly #hasTimeouts: boolean;
  readonly #isCalm: boolean;
  readonly #silences: Outages;

  /** `losesWorkers`: several task runs share a worker, and losses are told to `judge`. */
  constructor(
    plan: RunPlan,
    faults: readonly Fault[],
    heartbeats: Heartbeats | null,
    hasCheck: (taskRun: number) => boolean,
    losesWorkers: boolean,
  ) {
    const { tasks } = plan.definitions;
    this.#plan = plan;
    this.#retries = sharedRetries(tasks);
    this.liveness = new Liveness(heartbeats);
    const own = losesWorkers ? faults.filter(({ kind }) => kind !== 'worker-loss') : faults;
    this.#fates = new Fates(plan, own, heartbeats?.everyMs ?? Number.POSITIVE_INFINITY, hasCheck);
    const outages = faults.filter(({ kind }) => kind === 'store-outage');
    this.#silences = new Outages(plan, heartbeats === null ? [] : outages, 'heartbeat');
    this.#timeoutMs = Float64Array.from(tasks, ({ timeoutMs }) => timeoutMs ?? NO_TIMEOUT);
    this.isFateful = this.#fates.isBinding || this.#silences.isBinding || losesWorkers;
    this.#hasTimeouts = this.#timeoutMs.some((ms) => ms < NO_TIMEOUT);
    this.#isCalm = !this.isFateful && !this.#hasTimeouts;
  }

  retriesOf(taskRun: number): RetryDef {
    return this.#retries[this.#plan.taskRuns.task[taskRun]];
  }

  draw(replication: number): void {
    this.#silences.draw(replication);
  }

  /** `lossMs`: when its worker is lost, from the start. Sets what is told above. */
  judge(
    replication: number,
    taskRun: number,
    attempt: number,
    startMs: number,
    durationMs: number,
    lossMs = Number.POSITIVE_INFINITY,
  ): void {
    this.spanMs = durationMs;
    this.failure = Failure.none;
    if (this.#isCalm && lossMs >= durationMs) return;
    if (this.isStruck) this.#forget();
    let fate = this.#fates.isBinding ? this.#fates.of(replication, taskRun, attempt, startMs, durationMs) : null;
    if (lossMs < durationMs && (fate === null || lossMs < fate.afterMs))
      fate = { kind: 'worker-loss', step: FateStep.heartbeat, afterMs: lossMs, sleepMs: 0 };
    if (fate !== null) this.#meet(fate, startMs);
    if (this.#silences.isBinding) this.#hearNothing(taskRun, startMs);
    const timeoutMs = this.#hasTimeouts ? this.#timeoutMs[this.#plan.taskRuns.task[taskRun]] : NO_TIMEOUT;
    if (this.spanMs <= timeoutMs) return;
    this.spanMs = timeoutMs;
    this.failure = Failure.timeout;
  }

  /** What the attempt before met. */
  #forget(): void {
    this.isStruck = false;
    this.opens = true;
    this.silentMs = Number.NaN;
    this.wakesMs = Number.NaN;
    this.later = null;
    this.seemsDeadMs = Number.POSITIVE_INFINITY;
  }

  #meet(fate: Fate, startMs: number): void {
    this.isStruck = true;
    if (fate.step > FateStep.end) {
      this.later = fate;
      return;
    }
    this.opens = fate.step > FateStep.open;
    if (fate.kind === 'task-failure') this.#fail(fate.afterMs, Failure.task);
    else if (fate.kind === 'zombie-writer') this.#sleep(fate, startMs);
    else this.#die(fate, startMs);
  }

  #fail(afterMs: number, failure: number): void {
    this.spanMs = afterMs;
    this.failure = failure;
  }

  #die({ kind, afterMs }: Fate, startMs: number): void {
    const failure = kind === 'worker-loss' ? Failure.worker : Failure.crash;
    const noticedMs = this.liveness.noticedMs(startMs, startMs + afterMs) - startMs;
    this.silentMs = afterMs;
    this.#fail(noticedMs, this.liveness.isWatched ? Failure.expired : failure);
  }

  /** One that wakes before it is missed goes on; one that wakes after its lease learns of it at its next beat. */
  #sleep({ afterMs, sleepMs }: Fate, startMs: number): void {
    const wakesMs = afterMs + sleepMs;
    const silentMs = startMs + afterMs;
    const expiredMs = this.liveness.expiredMs(startMs, silentMs) - startMs;
    if (startMs + wakesMs <= this.liveness.leaseEndMs(startMs, silentMs)) this.spanMs += sleepMs;
    else if (wakesMs < expiredMs) this.#fail(wakesMs, Failure.lease);
    else {
      this.#fail(expiredMs, Failure.expired);
      this.wakesMs = wakesMs;
    }
    this.silentMs = afterMs;
  }

  /** An outage longer than a lease: the first one that outlasts what is left of it. */
  #hearNothing(taskRun: number, startMs: number): void {
    const { liveness } = this;
    const silence = this.#silences.find(
      taskRun,
      (fromMs, toMs) => toMs > startMs && liveness.expiredMs(startMs, fromMs) < liveness.nextBeatMs(startMs, toMs),
    );
    if (silence === null) return;
    this.isStruck = true;
    const seemsDeadMs = liveness.expiredMs(startMs, silence.fromMs) - startMs;
    this.silencedMs = Math.max(0, silence.fromMs - startMs);
    if (seemsDeadMs >= this.spanMs) {
      this.seemsDeadMs = seemsDeadMs;
      return;
    }
    this.#fail(seemsDeadMs, Failure.expired);
    this.silentMs = this.silencedMs;
    this.wakesMs = liveness.nextBeatMs(startMs, silence.toMs) - startMs;
    this.later = null;
  }
}

function sharedRetries(tasks: readonly { readonly retries: RetryDef }[]): RetryDef[] {
  const known = new Map<string, RetryDef>();
  return tasks.map(({ retries }) => {
    const key = `${retries.times} ${retries.delayMs} ${retries.backoff} ${retries.capMs}`;
    const shared = known.get(key) ?? retries;
    known.set(key, shared);
    return shared;
  });
}

/** From the failed attempt's end to the next one's readiness. Exponential: doubled after every attempt, up to the cap. */
export function retryDelayMs({ delayMs, backoff, capMs }: RetryDef, failedAttempt: number): number {
  if (backoff === 'fixed') return delayMs;
  let ms = delayMs;
  for (let i = 1; i < failedAttempt && ms < capMs; i++) ms *= 2;
  return Math.min(ms, capMs);
}
