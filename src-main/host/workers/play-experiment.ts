// Plays the replications of an experiment: small ones in this thread, others on one player a processor core. Who
// plays what makes no difference to the answer: a replication is a function of its number, batches are added in order,
// and looks at the sums come at fixed numbers of replications. Cancelled, it gives what it has so far: threads are ended
// wherever they are; in this thread it looks after so many events at most, and what takes more goes to threads.
// Where targets are all that is wanted, plays go no further than the targets look that are not decided yet.

import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import type { ExperimentProgress } from '../../../shared/api/views-scenario.ts';
import { type CancelSignal, NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import type { PlayTally } from '../../../simulations/experiments/play-tally.ts';
import { PlayTooLongError, type Replicator } from '../../../simulations/experiments/replicate.ts';
import {
  countedTargets,
  hasSeenEnough,
  isSeenEnough,
  looks,
  type Stopping,
} from '../../../simulations/experiments/stopping.ts';
import { targetRows } from '../../../simulations/experiments/targets.ts';
import { varies } from '../../../simulations/experiments/varies.ts';
import type { Counted } from '../../../simulations/experiments/verdict.ts';
import { OrderedBatches } from './ordered-batches.ts';
import type { StartPlayer } from './player-thread.ts';
import type { ReplicationBatch } from './replication-messages.ts';
import { ReplicationThreads } from './replication-threads.ts';

export interface ExperimentOptions {
  /** How a thread that plays is started, or null to stay in this one. */
  readonly players: StartPlayer | null;
  /** Nobody else waits for this thread, and to stop it is to end it: it may play one replication of any length itself. */
  readonly isOwnThread?: boolean;
  /** Told when it begins and ends to wait for players. */
  readonly onPlaying?: (isPlaying: boolean) => void;
  readonly stopping: Stopping;
  /** Its tally holds the replications' target rows and, up to the first that was decided, pools; nothing else. */
  readonly onlyTargets?: boolean;
  readonly signal?: CancelSignal;
  /** Called at once, then ten times a second. */
  readonly onProgress?: (progress: ExperimentProgress) => void;
  /** Default: one a processor core. */
  readonly threads?: number;
  /** Task runs of all replications from which threads are worth their start. */
  readonly threadsFrom?: number;
  /** Events that this thread may play between two looks at whether it was stopped. */
  readonly eventsHere?: number;
}

export interface ExperimentPlays {
  /** Of replications 0 … below its count. */
  readonly tally: PlayTally;
  readonly ended: 'all' | 'enough' | 'cancelled';
  /** By target row: how many replications, from the first on, it was counted in. */
  readonly seen: readonly number[];
}

/** Less is played before a worker has started. */
const THREADS_FROM_TASK_RUNS = 20_000;
const THREADS_MAX = 16;
const PROGRESS_MS = 100;
/** Some 50 ms of plays. */
export const EVENTS_HERE = 100_000;
/** Between two looks at whether it was stopped, where it plays in this thread; and one play more. */
const TURN_MS = 30;

export async function playExperiment(replicator: Replicator, options: ExperimentOptions): Promise<ExperimentPlays> {
  const { replications } = options.stopping;
  const { players, threadsFrom = THREADS_FROM_TASK_RUNS, isOwnThread = false } = options;
  const isSmall = replicator.plan.taskRuns.count * replications < threadsFrom;
  const cores = Math.min(options.threads ?? availableParallelism(), THREADS_MAX, replications);
  const isAlone = players === null || (isOwnThread && replications === 1);
  if (isAlone) return await playedBy(replicator, options, (play) => play.here(replicator));
  if (isSmall) {
    try {
      const { eventsHere = EVENTS_HERE } = options;
      return await playedBy(replicator, options, (play) => play.here(replicator.within(eventsHere)));
    } catch (error) {
      if (!(error instanceof PlayTooLongError)) throw error;
    }
  }
  return await playedBy(replicator, options, (play) => play.inThreads(cores, players));
}

async function playedBy(
  replicator: Replicator,
  options: ExperimentOptions,
  plays: (play: ExperimentPlay) => Promise<void>,
): Promise<ExperimentPlays> {
  const play = new ExperimentPlay(replicator, options);
  const stopTelling = play.tellProgress();
  try {
    await plays(play);
  } finally {
    stopTelling();
  }
  return { tally: play.batches.tally, ended: play.ended, seen: play.seen };
}

class ExperimentPlay {
  readonly batches: OrderedBatches;
  ended: ExperimentPlays['ended'] = 'all';
  readonly #replicator: Replicator;
  readonly #options: ExperimentOptions;
  readonly #looks: number[];
  readonly #isCertain: boolean;
  readonly #startedMs = performance.now();
  /** By target row, where targets are all that is wanted: at how many replications it was decided; else Infinity. */
  readonly #decidedAt: number[];
  #played: () => number;

  constructor(replicator: Replicator, options: ExperimentOptions) {
    this.#replicator = replicator;
    this.#options = options;
    this.#looks = looks(options.stopping, options.onlyTargets);
    const { targets } = replicator.experiment.scenario;
    this.#decidedAt = targetRows(targets).map(() => Number.POSITIVE_INFINITY);
    this.#isCertain = !varies(replicator.experiment, replicator.plan);
    this.batches = new OrderedBatches(replicator.newTally(), this.#looks);
    this.#played = () => this.batches.tally.replications.count;
  }

  get seen(): number[] {
    const { count } = this.batches.tally.replications;
    return this.#decidedAt.map((at) => Math.min(at, count));
  }

  /** Throws PlayTooLongError as `replicator` does. */
  async here(replicator: Replicator): Promise<void> {
    const { signal = NEVER_CANCELLED, stopping } = this.#options;
    const { tally } = this.batches;
    let turnedMs = performance.now();
    for (let i = 0; i < stopping.replications && this.ended === 'all'; i++) {
      const open = this.#open;
      if (open === null) replicator.play(i, tally);
      else replicator.playTargets(i, tally, open);
      if (this.#looks.includes(i + 1)) this.#look(tally);
      if (performance.now() - turnedMs < TURN_MS) continue;
      await turn();
      turnedMs = performance.now();
      if (signal.cancelled && i + 1 < stopping.replications) this.ended = 'cancelled';
    }
  }

  async inThreads(count: number, players: StartPlayer): Promise<void> {
    const { signal = NEVER_CANCELLED, onPlaying = () => {} } = this.#options;
    // They start while the columns go to shared memory.
    const threads = new ReplicationThreads(count, players);
    this.#played = () => threads.played;
    let stopListening = (): void => {};
    const cancelled = new Promise<void>((resolve) => {
      stopListening = signal.onCancel(() => {
        this.ended = 'cancelled';
        resolve();
      });
    });
    const all = threads.play(
      this.#replicator.prepared(),
      () => this.#next(count),
      ({ from, to, tally }) => this.#add(from, to, tally),
    );
    onPlaying(true);
    try {
      await Promise.race([all, cancelled]);
    } finally {
      stopListening();
      onPlaying(false);
      await threads.close();
    }
  }

  /** Returns the way to stop. */
  tellProgress(): () => void {
    const { onProgress, stopping } = this.#options;
    if (onProgress === undefined) return () => {};
    const tell = (): void => {
      const played = Math.min(this.#played(), stopping.replications);
      const passedMs = performance.now() - this.#startedMs;
      const leftMs = played === 0 ? Number.NaN : (passedMs / played) * (stopping.replications - played);
      onProgress({ step: 'playing', played, of: stopping.replications, leftMs });
    };
    tell();
    const timer = setInterval(tell, PROGRESS_MS);
    return () => clearInterval(timer);
  }

  #next(threads: number): ReplicationBatch | null {
    const batch = this.ended === 'all' ? this.batches.next(threads) : null;
    return batch === null ? null : { ...batch, open: this.#open };
  }

  get #open(): readonly boolean[] | null {
    return this.#options.onlyTargets === true ? this.#decidedAt.map((at) => at === Number.POSITIVE_INFINITY) : null;
  }

  #add(from: number, to: number, tally: Parameters<PlayTally['absorb']>[0]): void {
    if (this.ended === 'all') this.batches.add(from, to, tally, (sum) => this.#look(sum));
  }

  #look(sum: PlayTally): boolean {
    const { stopping, onlyTargets = false } = this.#options;
    const { count } = sum.replications;
    if (count >= stopping.replications) return false;
    const counted = countedTargets(this.#replicator.experiment.scenario, sum, this.#isCertain, this.seen);
    const isEnough = onlyTargets ? this.#decide(counted, count) : hasSeenEnough(stopping, counted);
    if (isEnough) this.ended = 'enough';
    return isEnough;
  }

  /** True once all are. */
  #decide(counted: readonly Counted[], count: number): boolean {
    const decidedAt = this.#decidedAt;
    for (const [row, target] of counted.entries())
      if (decidedAt[row] > count && isSeenEnough(this.#options.stopping, target)) decidedAt[row] = count;
    const open = decidedAt.filter((at) => at > count).length;
    this.batches.onlyTargets = open < decidedAt.length;
    return open === 0;
  }
}
