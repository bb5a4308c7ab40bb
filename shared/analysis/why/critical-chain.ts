// The critical chain of a landing, backwards: the attempt that made it, the last dependency that made that one ready, and
// so on to a task run that nobody in the log let go. One step a link; each link reads its own story and those of what it
// waited for, so the work follows the chain and its dependencies, not the log.

import { US_PER_MS } from '../../base/time.ts';
import type { Catalog } from '../../model/catalog.ts';
import { Evidence, Outcome } from '../../model/event.ts';
import { type Log, taskRunLabel, versionLabel } from '../../model/log.ts';
import type { TaskRunTimes } from '../task-run-times.ts';
import type { ChainLink, ChainPart, CriticalChain } from './chain.ts';
import { EventIndex, type Known } from './event-index.ts';
import { PartCutter } from './link-parts.ts';
import { PoolUse } from './pool-use.ts';
import { isKnown, type Story, UNKNOWN_TIME } from './story.ts';
import { attemptAt, type Upstream, Upstreams } from './upstreams.ts';

/** More links than any night has: a log whose dependencies go round ends here. */
const LINKS_MAX = 100_000;

/** A moment that a chain leads to: a landing, or an end. */
export interface Goal {
  readonly taskRun: number;
  readonly at: Known;
  /** The version that landed, or -1. */
  readonly version: number;
  readonly attempt: number;
}

/** What lets a link go: an upstream, or (null) its schedule or something outside the log. */
interface Before {
  readonly upstream: Upstream | null;
  readonly from: Known;
  readonly evidence: Evidence;
  readonly beginsBecause: string;
}

export class ChainReader {
  readonly upstreams: Upstreams;
  readonly pools: PoolUse;
  readonly #log: Log;
  readonly #events: EventIndex;
  readonly #cutter: PartCutter;
  readonly #byClock: Uint8Array;
  #asked: { readonly taskRun: number; readonly limitUs: number; readonly came: readonly Upstream[] } = NOT_ASKED;

  /** `times` and `events` must be of this log. */
  constructor(log: Log, catalog: Catalog, times: TaskRunTimes, events = new EventIndex(log)) {
    this.#log = log;
    this.#events = events;
    this.upstreams = new Upstreams(log, catalog, events);
    this.pools = new PoolUse(log, times, this.upstreams);
    this.#cutter = new PartCutter(log, this.pools);
    this.#byClock = Uint8Array.from(catalog.pipelines.schedule, (text) => (isClock(text) ? 1 : 0));
  }

  story(taskRun: number): Story {
    return this.upstreams.story(taskRun);
  }

  /**
   * The first landing of a task run: the versions of its first attempt that landed, the last of them (of one dataset, when
   * it is named). A task run that writes nothing lands when it first ends well. Null when it has not.
   */
  landingOf(taskRun: number, dataset = -1): Goal | null {
    const story = this.story(taskRun);
    const landed = story.outputs
      .filter(({ version }) => dataset < 0 || this.#log.versions.dataset[version] === dataset)
      .map((output) => ({
        at: this.#log.landing === 'finalized' ? output.finalized : output.published,
        version: output.version,
        attempt: attemptAt(story, output.opened.us),
      }))
      .filter(({ at }) => isKnown(at));
    if (landed.length > 0) {
      const attempt = landed.reduce((least, one) => Math.min(least, one.attempt), Number.POSITIVE_INFINITY);
      const first = landed.filter((one) => one.attempt === attempt);
      return { taskRun, ...first.reduce((a, b) => (b.at.us > a.at.us ? b : a)) };
    }
    const ended = story.attempts.find(({ outcome, ended: at }) => outcome === Outcome.success && isKnown(at));
    if (ended === undefined || story.outputs.length > 0) return null;
    return { taskRun, at: ended.ended, version: -1, attempt: ended.number };
  }

  chain(goal: Goal): CriticalChain {
    const links: ChainLink[] = [];
    const seen = new Set<number>();
    let next = goal;
    let beginsBecause = '';
    while (links.length < LINKS_MAX) {
      seen.add(next.taskRun);
      const before = this.#before(next, seen);
      links.push(this.#link(next, before));
      beginsBecause = before.beginsBecause;
      if (before.upstream === null) break;
      const { taskRun, at, version, attempt } = before.upstream;
      next = { taskRun, at, version, attempt };
    }
    links.reverse();
    const fromUs = links[0].fromUs;
    const unknownUs = links.flatMap(({ parts }) => parts).reduce((sum, part) => sum + unknownOf(part), 0);
    const { us: toUs } = goal.at;
    return {
      links,
      fromUs,
      toUs,
      sumMs: (toUs - fromUs) / US_PER_MS,
      unknownMs: unknownUs / US_PER_MS,
      beginsBecause,
    };
  }

  /** The last link of a chain alone: what led to a moment of one task run since it was let go. */
  linkOf(goal: Goal, namesHolders = true): ChainLink {
    return this.#link(goal, this.#before(goal, new Set([goal.taskRun])), namesHolders);
  }

  #link(goal: Goal, { upstream, from, evidence }: Before, namesHolders = true): ChainLink {
    const { taskRun, attempt, version, at } = goal;
    const isFirst = upstream === null;
    const looks = upstream !== null && upstream.by === 'publish' && this.#isByClock(taskRun);
    return {
      taskRun,
      label: taskRunLabel(this.#log, taskRun),
      attempt,
      wrote: version < 0 ? '' : versionLabel(this.#log, version),
      fromUs: from.us,
      toUs: at.us,
      letGoBy: upstream === null ? 'schedule' : upstream.by,
      evidence,
      parts: this.#cutter.cut({
        story: this.story(taskRun),
        attempt,
        version,
        from,
        to: at,
        isFirst,
        looks,
        namesHolders,
      }),
    };
  }

  #before(goal: Goal, seen: ReadonlySet<number>): Before {
    const story = this.story(goal.taskRun);
    const limitUs = readyLimit(story, goal.at.us);
    const due = this.#dueOf(story, limitUs);
    const last = this.#lastUpstream(story, limitUs, seen);
    if (last === null) return this.#beginning(story, due, goal);
    // By its schedule, its run was not there yet when the last of its dependencies came.
    if (this.#isByClock(goal.taskRun) && isKnown(due) && due.us > last.at.us)
      return { upstream: null, from: due, evidence: due.evidence, beginsBecause: '' };
    const isTold = story.readyBy === last.taskRun;
    return {
      upstream: last,
      from: last.at,
      evidence: isTold ? Evidence.recorded : Evidence.inferred,
      beginsBecause: '',
    };
  }

  #beginning(story: Story, due: Known, goal: Goal): Before {
    const label = taskRunLabel(this.#log, story.taskRun);
    if (isKnown(due)) return { upstream: null, from: due, evidence: due.evidence, beginsBecause: '' };
    const first = story.attempts[0];
    const known = [story.ready, first?.queued ?? UNKNOWN_TIME, first?.started ?? UNKNOWN_TIME].find(isKnown);
    const from = known !== undefined && known.us <= goal.at.us ? known : goal.at;
    return {
      upstream: null,
      from,
      evidence: Evidence.unknown,
      beginsBecause: `nothing in the log tells when ${label} was due, or what it waited for`,
    };
  }

  /** When a task run's pipeline run was there for it, at or before a moment; or since when it is told to have waited. */
  #dueOf({ taskRun, waits, created }: Story, limitUs: number): Known {
    const run = this.#log.taskRuns.run[taskRun];
    const { us, evidence } = this.#events.created;
    const known: Known[] = [
      { us: us[run], evidence: evidence[run] as Evidence },
      created,
      { us: this.#log.runs.nominalEndUs[run], evidence: Evidence.inferred },
    ];
    const due = known.find((one) => one.us <= limitUs && one.us > 0) ?? UNKNOWN_TIME;
    const [wait] = waits;
    if (wait === undefined || wait.fromUs > limitUs || wait.fromUs >= due.us) return due;
    return { us: wait.fromUs, evidence: wait.evidence };
  }

  /** Everything that had let a task run go by a moment; the list of the last asked is kept. */
  cameBefore(taskRun: number, limitUs: number): readonly Upstream[] {
    if (this.#asked.taskRun !== taskRun || this.#asked.limitUs !== limitUs) {
      const came = this.upstreams.of(taskRun, limitUs).filter(({ at }) => at.us <= limitUs);
      this.#asked = { taskRun, limitUs, came };
    }
    return this.#asked.came;
  }

  #lastUpstream({ taskRun, readyBy }: Story, limitUs: number, seen: ReadonlySet<number>): Upstream | null {
    const came = this.cameBefore(taskRun, limitUs);
    const told = readyBy < 0 ? null : this.#toldUpstream(readyBy, came, limitUs);
    const last = told ?? came.reduce<Upstream | null>((a, b) => (a === null || b.at.us > a.at.us ? b : a), null);
    return last === null || seen.has(last.taskRun) ? null : last;
  }

  /** The one that the log names: by what the catalog says of it, else by its publish if that came, else by its end. */
  #toldUpstream(taskRun: number, came: readonly Upstream[], limitUs: number): Upstream | null {
    const known = came.find((one) => one.taskRun === taskRun);
    if (known !== undefined) return known;
    const ways = [
      this.upstreams.cameAt(taskRun, 'end', -1, limitUs),
      ...(this.story(taskRun).outputs.length > 0 ? [this.upstreams.cameAt(taskRun, 'publish', -1, limitUs)] : []),
    ].filter(({ at }) => at.us <= limitUs);
    return ways.reduce<Upstream | null>((a, b) => (a === null || b.at.us > a.at.us ? b : a), null);
  }

  #isByClock(taskRun: number): boolean {
    const { join } = this.upstreams;
    const task = join.taskOf[this.#log.taskRuns.task[taskRun]];
    return task >= 0 && this.#byClock[join.catalog.tasks.pipeline[task]] === 1;
  }
}

const NOT_ASKED = { taskRun: -1, limitUs: Number.NaN, came: [] };

/** Until when what let it go must have come: when it was ready, else when it started, else the moment asked of. */
export function readyLimit({ ready, attempts }: Story, elseUs: number): number {
  if (isKnown(ready)) return ready.us;
  const started = attempts[0]?.started ?? UNKNOWN_TIME;
  return isKnown(started) ? started.us : elseUs;
}

const unknownOf = ({ cause, fromUs, toUs }: ChainPart): number => (cause === 'unknown' ? toUs - fromUs : 0);

/** A schedule that makes runs by the clock: cron text, `@daily`, `every 1 h`, listed times. */
export const isClock = (schedule: string): boolean =>
  /^(@\w|every\b|about every\b|at\b|cron$|poisson$|(\S+ ){4}\S+$)/.test(schedule);
