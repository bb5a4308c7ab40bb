// Who held the slots of a pool, and when it had no room: from the spans in which task runs ran. Inferred, for a pool
// may have been resized and a task run may hold its slots before it starts. A pool of unknown size is never full.

import { lastAtOrBefore } from '../../base/ascending.ts';
import { float64Column, int32Column, rowNumbers } from '../../base/columns.ts';
import { type Csr, csrBy } from '../../model/catalog.ts';
import type { TaskRunTimes } from '../task-run-times.ts';
import { HOLDER_TASK_RUNS_MAX, HOLDERS_MAX, type PoolHolder } from './chain.ts';
import { type NamedLog, rowsOf } from './log-catalog.ts';
import { isKnown } from './story.ts';
import type { Upstreams } from './upstreams.ts';

interface Span {
  readonly taskRun: number;
  readonly slots: number;
  readonly fromUs: number;
  readonly toUs: number;
}

/** Slots in use from each moment on, ascending. */
interface Use {
  readonly us: Float64Array;
  readonly used: Int32Array;
  /** Slots count from the grant on, not from the start. */
  readonly isByGrant: boolean;
}

export interface FromTo {
  readonly fromUs: number;
  readonly toUs: number;
}

export class PoolUse {
  readonly #log: NamedLog;
  readonly #times: TaskRunTimes;
  readonly #upstreams: Upstreams;
  readonly #uses = new Map<number, Use>();
  #members: Csr | null = null;

  constructor(log: NamedLog, times: TaskRunTimes, upstreams: Upstreams) {
    this.#log = log;
    this.#times = times;
    this.#upstreams = upstreams;
  }

  slotsOf(taskRun: number): number {
    return this.#upstreams.join.slotsOf(this.#log.taskRuns.task[taskRun]);
  }

  /** Slots of a pool; -1 when unknown. */
  sizeOf(pool: number): number {
    return pool < 0 ? -1 : this.#log.names.pools.slots[pool];
  }

  /**
   * Pieces of [fromUs, toUs) in which a task run would have found no room in its pool. It does not run itself in between.
   */
  fullFor(taskRun: number, { fromUs, toUs }: FromTo): FromTo[] {
    const pool = this.#log.taskRuns.pool[taskRun];
    const size = this.sizeOf(pool);
    if (size < 0 || !(fromUs < toUs)) return [];
    const room = size - this.slotsOf(taskRun);
    const { us, used, isByGrant } = this.#useOf(pool);
    const queuedUs = this.#times.queuedUs[taskRun];
    // From its own grant on it is among those who hold slots.
    const endUs = isByGrant && queuedUs < toUs && queuedUs >= fromUs ? queuedUs : toUs;
    const pieces: FromTo[] = [];
    let since = Number.NaN;
    for (let i = Math.max(0, lastAtOrBefore(us, fromUs)); i < us.length && us[i] < endUs; i++) {
      if (used[i] > room) {
        if (Number.isNaN(since)) since = Math.max(us[i], fromUs);
      } else if (!Number.isNaN(since)) {
        pieces.push({ fromUs: since, toUs: us[i] });
        since = Number.NaN;
      }
    }
    if (since < endUs) pieces.push({ fromUs: since, toUs: endUs });
    return pieces;
  }

  /** Pipelines whose task runs held slots of the pool in [fromUs, toUs), the most slots first. Without `except`. */
  holders(pool: number, { fromUs, toUs }: FromTo, except = -1): PoolHolder[] {
    if (pool < 0) return [];
    const { names, taskRuns } = this.#log;
    const byPipeline = new Map<number, Span[]>();
    for (const span of this.#spans(pool, fromUs, toUs)) {
      if (span.taskRun === except) continue;
      const pipeline = names.tasks.pipeline[taskRuns.task[span.taskRun]];
      byPipeline.set(pipeline, [...(byPipeline.get(pipeline) ?? []), span]);
    }
    const holders = Array.from(byPipeline, ([pipeline, spans]) => ({
      holder: {
        pipeline: names.pipelines.name[pipeline],
        slots: usedOver(spans, fromUs).reduce((most, { used }) => Math.max(most, used), 0),
        poolSlots: this.sizeOf(pool),
        taskRuns: spans
          .sort((a, b) => heldUs(b, fromUs, toUs) - heldUs(a, fromUs, toUs) || a.taskRun - b.taskRun)
          .slice(0, HOLDER_TASK_RUNS_MAX)
          .map(({ taskRun }) => taskRun),
      },
      slotUs: spans.reduce((sum, span) => sum + span.slots * heldUs(span, fromUs, toUs), 0),
    }));
    holders.sort((a, b) => b.slotUs - a.slotUs || (a.holder.pipeline < b.holder.pipeline ? -1 : 1));
    return holders.slice(0, HOLDERS_MAX).map(({ holder }) => holder);
  }

  /** Slots in use at a moment. */
  usedAt(pool: number, us: number): number {
    if (pool < 0) return -1;
    const use = this.#useOf(pool);
    const i = lastAtOrBefore(use.us, us);
    return i < 0 ? 0 : use.used[i];
  }

  /** Slots in use from each moment on, over the whole log; ascending. */
  steps(pool: number): { readonly us: Float64Array; readonly used: Int32Array } {
    const { us, used } = this.#useOf(pool);
    return { us, used };
  }

  /** Over the whole log, made once a pool. */
  #useOf(pool: number): Use {
    const known = this.#uses.get(pool);
    if (known !== undefined) return known;
    // Slots are held from the grant on, which is what `queued` is to an orchestrator. Where that would be more slots than
    // there are, the log means the entry into the queue by it, and what can be told is from the start on.
    const granted = this.#useFrom(pool, true);
    const size = this.sizeOf(pool);
    const use = granted.used.some((slots) => slots > size) ? this.#useFrom(pool, false) : granted;
    this.#uses.set(pool, use);
    return use;
  }

  #useFrom(pool: number, fromQueued: boolean): Use {
    const all = this.#spans(pool, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
    const { queuedUs, attempts } = this.#times;
    const spans = fromQueued
      ? all.map((span) =>
          attempts[span.taskRun] === 1 && queuedUs[span.taskRun] <= span.fromUs
            ? { ...span, fromUs: queuedUs[span.taskRun] }
            : span,
        )
      : all;
    const steps = usedOver(spans, Number.NEGATIVE_INFINITY);
    return {
      us: float64Column(steps.length, (i) => steps[i].us),
      used: int32Column(steps.length, (i) => steps[i].used),
      isByGrant: fromQueued,
    };
  }

  /** Spans of the pool's task runs that touch [fromUs, toUs). One that is not known to have ended goes on. */
  #spans(pool: number, fromUs: number, toUs: number): Span[] {
    this.#members ??= this.#membersByPool();
    const { startedUs, endedUs, attempts } = this.#times;
    const spans: Span[] = [];
    for (const taskRun of rowsOf(this.#members, pool)) {
      const endUs = Number.isNaN(endedUs[taskRun]) ? Number.POSITIVE_INFINITY : endedUs[taskRun];
      if (!(startedUs[taskRun] < toUs && endUs > fromUs)) continue;
      const slots = this.slotsOf(taskRun);
      if (attempts[taskRun] <= 1) spans.push({ taskRun, slots, fromUs: startedUs[taskRun], toUs: endUs });
      else this.#addAttempts(spans, taskRun, slots, fromUs, toUs);
    }
    return spans;
  }

  #addAttempts(spans: Span[], taskRun: number, slots: number, fromUs: number, toUs: number): void {
    for (const { started, ended } of this.#upstreams.story(taskRun).attempts) {
      const endUs = isKnown(ended) ? ended.us : Number.POSITIVE_INFINITY;
      if (started.us < toUs && endUs > fromUs) spans.push({ taskRun, slots, fromUs: started.us, toUs: endUs });
    }
  }

  #membersByPool(): Csr {
    const { pool } = this.#log.taskRuns;
    const members = rowNumbers(pool.length).filter((i) => pool[i] >= 0);
    return csrBy(
      members.map((i) => pool[i]),
      members,
      this.#log.names.pools.name.length,
    );
  }
}

const heldUs = (span: Span, fromUs: number, toUs: number): number =>
  Math.max(0, Math.min(span.toUs, toUs) - Math.max(span.fromUs, fromUs));

/** Slots in use from each moment on at which they change, ascending; those before `fromUs` count from there. */
function usedOver(spans: readonly Span[], fromUs: number): { readonly us: number; readonly used: number }[] {
  const changes = spans
    .flatMap((span) => [
      { us: Math.max(span.fromUs, fromUs), slots: span.slots },
      { us: span.toUs, slots: -span.slots },
    ])
    .sort((a, b) => a.us - b.us || a.slots - b.slots);
  const steps: { us: number; used: number }[] = [];
  let used = 0;
  for (const { us, slots } of changes) {
    used += slots;
    const last = steps.at(-1);
    if (last !== undefined && last.us === us) last.used = used;
    else steps.push({ us, used });
  }
  return steps;
}
