// Cuts the time of one link into parts. What the log tells of a wait is taken as it is; a gap is filled with what can be
// inferred (a full pool, the time from queued to started, a retry), and what is left is unknown.
// From ready to queued with room in the pool is the scheduler's loop, up to LOOP_MAX_MS; of a task run that looks for its
// data by itself it is the looking, up to LOOK_MAX_MS. Nothing tells more than that.

import { MS_PER_MINUTE, US_PER_MS } from '../../base/time.ts';
import { BLOCK_CAUSES, Evidence, Outcome } from '../../model/event.ts';
import type { ChainPart, PartCause } from './chain.ts';
import type { Known } from './event-index.ts';
import type { NamedLog } from './log-catalog.ts';
import type { PoolUse } from './pool-use.ts';
import { type Attempt, isKnown, type Output, type Story } from './story.ts';

const LOOP_MAX_MS = MS_PER_MINUTE;
const LOOK_MAX_MS = 10 * MS_PER_MINUTE;

export interface LinkSpan {
  readonly story: Story;
  /** The attempt that let the next link go. */
  readonly attempt: number;
  /** The version whose publish did, or -1. */
  readonly version: number;
  readonly from: Known;
  readonly to: Known;
  /** Nobody in the log let it go: what it waited for before it was ready came from outside. */
  readonly isFirst: boolean;
  /** Its run was there before its data, so it looked for them. */
  readonly looks: boolean;
  /** Whether to say who held the slots: it takes a look at all task runs of the pool. */
  readonly namesHolders: boolean;
}

export class PartCutter {
  readonly #log: NamedLog;
  readonly #pools: PoolUse;

  constructor(log: NamedLog, pools: PoolUse) {
    this.#log = log;
    this.#pools = pools;
  }

  /** Parts from the link's beginning to its end, without a gap; none for a link of no length. */
  cut(span: LinkSpan): ChainPart[] {
    return new LinkCut(span, this.#log, this.#pools).parts();
  }
}

class LinkCut {
  readonly #span: LinkSpan;
  readonly #log: NamedLog;
  readonly #pools: PoolUse;
  readonly #parts: ChainPart[] = [];
  #at: Known;

  constructor(span: LinkSpan, log: NamedLog, pools: PoolUse) {
    this.#span = span;
    this.#log = log;
    this.#pools = pools;
    this.#at = span.from;
  }

  parts(): ChainPart[] {
    const { story, attempt } = this.#span;
    let before: Attempt | null = null;
    for (const one of story.attempts.filter(({ number }) => number <= attempt)) {
      this.#wait(one.started, (to) => this.#fillWait(one, before, to));
      const isVain = one.number < attempt && one.outcome !== Outcome.success;
      this.#add(one.ended, isVain ? 'failed attempt' : 'run');
      before = one;
    }
    // It still runs where the log ends.
    if (before !== null && isKnown(before.started) && !isKnown(before.ended) && this.#span.version < 0)
      this.#add(this.#span.to, 'run');
    const output = story.outputs.find(({ version }) => version === this.#span.version);
    this.#wait(this.#span.to, (to) => this.#fillOutput(before, output, to));
    this.#add(this.#span.to, 'unknown', Evidence.unknown);
    return this.#parts;
  }

  /** Goes on to `to` with one part, at least as uncertain as its ends. Never back, never beyond the link. */
  #add(to: Known, cause: PartCause, floor: Evidence = Evidence.recorded): void {
    const end = to.us > this.#span.to.us ? this.#span.to : to;
    if (!(end.us > this.#at.us)) return;
    const evidence = Math.max(this.#at.evidence, end.evidence, floor) as Evidence;
    const isForSlots = cause === 'pool' || cause === 'priority';
    const span = { fromUs: this.#at.us, toUs: end.us };
    const { taskRun } = this.#span.story;
    const pool = this.#log.taskRuns.pool[taskRun];
    this.#parts.push({
      cause,
      ...span,
      evidence: cause === 'unknown' ? Evidence.unknown : evidence,
      pool: isForSlots && pool >= 0 ? this.#log.names.pools.name[pool] : '',
      holders: isForSlots && this.#span.namesHolders ? this.#pools.holders(pool, span, taskRun) : [],
    });
    this.#at = end;
  }

  /** To `until`: what the log tells of its waits, and what `fill` makes of the gaps. */
  #wait(until: Known, fill: (to: Known) => void): void {
    if (!isKnown(until)) return;
    for (const wait of this.#span.story.waits) {
      if (wait.toUs <= this.#at.us) continue;
      if (wait.fromUs >= until.us) break;
      if (wait.fromUs > this.#at.us) fill({ us: wait.fromUs, evidence: wait.evidence });
      const to = wait.toUs > until.us ? until : { us: wait.toUs, evidence: wait.evidence };
      this.#add(to, this.#causeOf(wait.cause), wait.evidence);
    }
    if (this.#at.us < until.us) fill(until);
  }

  /** Of the first link, what it waited for outside of the log is its source. */
  #causeOf(cause: number): PartCause {
    const name = BLOCK_CAUSES[cause] ?? 'unknown';
    return name === 'upstream' && this.#span.isFirst ? 'source' : name;
  }

  #fillWait(attempt: Attempt, before: Attempt | null, to: Known): void {
    if (before !== null) this.#fillRetry(attempt, to);
    // Attempts that the log does not have came before it: how that time was spent is not known.
    else if (attempt.number > 1) this.#add(to, 'unknown');
    else this.#fillFirstWait(attempt, to);
    this.#fillReadyWait(attempt, to);
  }

  /** Whoever is queued was ready: without a word of that, it is what is known. */
  #fillFirstWait({ queued }: Attempt, to: Known): void {
    const { story, isFirst } = this.#span;
    const { ready } = story;
    if (isKnown(ready)) {
      const until = ready.us < to.us ? ready : to;
      this.#add(until, isFirst ? 'source' : 'trigger detection', isFirst ? Evidence.inferred : Evidence.recorded);
    } else if (isFirst) this.#add(queued.us < to.us ? queued : to, 'unknown');
  }

  #fillRetry(attempt: Attempt, to: Known): void {
    const again = Number.isNaN(attempt.againUs) ? attempt.queued : { us: attempt.againUs, evidence: Evidence.inferred };
    const until = again.us < to.us ? again : Number.isNaN(again.us) ? to : again;
    this.#add(until.us > to.us ? to : until, 'retry delay', Evidence.inferred);
  }

  /** It is ready and does not start: no room in the pool, else the loop until it is queued, else its start. */
  #fillReadyWait(attempt: Attempt, to: Known): void {
    const { taskRun } = this.#span.story;
    const from = this.#at.us;
    let wasFull = false;
    for (const full of this.#pools.fullFor(taskRun, { fromUs: from, toUs: to.us })) {
      const since: Known = { us: full.fromUs, evidence: Evidence.inferred };
      // There was room for a moment, and others got it.
      if (wasFull) this.#add(since, 'priority', Evidence.inferred);
      else this.#fillRoom(attempt, since);
      this.#add({ us: full.toUs, evidence: Evidence.inferred }, 'pool', Evidence.inferred);
      wasFull = true;
    }
    this.#fillRoom(attempt, to);
  }

  #fillRoom({ queued }: Attempt, to: Known): void {
    const canTell = this.#pools.sizeOf(this.#log.taskRuns.pool[this.#span.story.taskRun]) >= 0;
    if (queued.us > this.#at.us) {
      const until = queued.us < to.us ? queued : to;
      const { looks } = this.#span;
      const isShort = until.us - this.#at.us <= (looks ? LOOK_MAX_MS : LOOP_MAX_MS) * US_PER_MS;
      const cause = looks ? 'trigger detection' : 'scheduler loop';
      this.#add(until, canTell && isShort ? cause : 'unknown', Evidence.inferred);
    }
    this.#add(to, isKnown(queued) ? 'start-up' : 'unknown', Evidence.inferred);
  }

  /** From its end to the publish: the check, the finalize, the publish. */
  #fillOutput(attempt: Attempt | null, output: Output | undefined, to: Known): void {
    // Still running, or its end was never seen.
    if (attempt === null || !isKnown(attempt.ended)) return;
    const { checked, finalized, published } = output ?? { checked: to, finalized: to, published: to };
    const steps = [
      ['check', output === undefined ? attempt.ended : checked],
      ['finalize queue', output === undefined ? attempt.ended : finalized],
      ['publish', published],
    ] as const;
    for (const [cause, at] of steps) if (isKnown(at)) this.#add(at.us > to.us ? to : at, cause);
  }
}
