// Plays the replications of an experiment: small ones in this thread, others in one worker thread a processor core. Who
// plays what makes no difference to the answer: a replication is a function of its number, batches are added in order,
// and looks at the sums come at fixed numbers of replications. Cancelled, it gives what it has so far.

import { availableParallelism } from 'node:os';
import { setImmediate as turn } from 'node:timers/promises';
import type { ExperimentProgress } from '../../../shared/api/views-scenario.ts';
import { type CancelSignal, NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import type { PlayTally } from '../../../simulations/experiments/play-tally.ts';
import type { Replicator } from '../../../simulations/experiments/replicate.ts';
import { countedTargets, hasSeenEnough, looks, type Stopping } from '../../../simulations/experiments/stopping.ts';
import { varies } from '../../../simulations/experiments/varies.ts';
import { OrderedBatches } from './ordered-batches.ts';
import { ReplicationThreads } from './replication-threads.ts';

export interface ExperimentOptions {
  /** Where the built workers are, or null to stay in this thread. */
  readonly workersDir: string | null;
  readonly stopping: Stopping;
  readonly signal?: CancelSignal;
  /** Called at once, then ten times a second. */
  readonly onProgress?: (progress: ExperimentProgress) => void;
  /** Default: one a processor core. */
  readonly threads?: number;
}

export interface ExperimentPlays {
  /** Of replications 0 … below its count. */
  readonly tally: PlayTally;
  readonly ended: 'all' | 'enough' | 'cancelled';
}

/** Less is played before a worker has started. */
const WORKERS_FROM_TASK_RUNS = 20_000;
const THREADS_MAX = 16;
const PROGRESS_MS = 100;
/** Between two looks at whether it was stopped, where it plays in this thread. */
const TURN_MS = 30;

export async function playExperiment(replicator: Replicator, options: ExperimentOptions): Promise<ExperimentPlays> {
  const { replications } = options.stopping;
  const isSmall = replicator.plan.taskRuns.count * replications < WORKERS_FROM_TASK_RUNS;
  const cores = Math.min(options.threads ?? availableParallelism(), THREADS_MAX, replications);
  const play = new ExperimentPlay(replicator, options);
  const stopTelling = play.tellProgress();
  try {
    if (options.workersDir === null || isSmall) await play.here();
    else await play.inThreads(cores, options.workersDir);
  } finally {
    stopTelling();
  }
  return { tally: play.batches.tally, ended: play.ended };
}

class ExperimentPlay {
  readonly batches: OrderedBatches;
  ended: ExperimentPlays['ended'] = 'all';
  readonly #replicator: Replicator;
  readonly #options: ExperimentOptions;
  readonly #looks: number[];
  readonly #isCertain: boolean;
  readonly #startedMs = performance.now();
  #played: () => number;

  constructor(replicator: Replicator, options: ExperimentOptions) {
    this.#replicator = replicator;
    this.#options = options;
    this.#looks = looks(options.stopping);
    this.#isCertain = !varies(replicator.experiment, replicator.plan);
    this.batches = new OrderedBatches(replicator.newTally(), this.#looks);
    this.#played = () => this.batches.tally.replications.count;
  }

  async here(): Promise<void> {
    const { signal = NEVER_CANCELLED, stopping } = this.#options;
    const { tally } = this.batches;
    let turnedMs = performance.now();
    for (let i = 0; i < stopping.replications && this.ended === 'all'; i++) {
      this.#replicator.play(i, tally);
      if (this.#looks.includes(i + 1)) this.#look(tally);
      if (performance.now() - turnedMs < TURN_MS) continue;
      await turn();
      turnedMs = performance.now();
      if (signal.cancelled && i + 1 < stopping.replications) this.ended = 'cancelled';
    }
  }

  async inThreads(count: number, workersDir: string): Promise<void> {
    const { signal = NEVER_CANCELLED } = this.#options;
    const threads = new ReplicationThreads(this.#replicator.prepared(), count, workersDir);
    this.#played = () => threads.played;
    let stopListening = (): void => {};
    const cancelled = new Promise<void>((resolve) => {
      stopListening = signal.onCancel(() => {
        this.ended = 'cancelled';
        resolve();
      });
    });
    const all = threads.play(
      () => (this.ended === 'all' ? this.batches.next(count) : null),
      ({ from, to, tally }) => this.#add(from, to, tally),
    );
    try {
      await Promise.race([all, cancelled]);
    } finally {
      stopListening();
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

  #add(from: number, to: number, tally: Parameters<PlayTally['absorb']>[0]): void {
    if (this.ended === 'all') this.batches.add(from, to, tally, (sum) => this.#look(sum));
  }

  #look(sum: PlayTally): boolean {
    const { stopping } = this.#options;
    const counted = countedTargets(this.#replicator.experiment.scenario, sum, this.#isCertain);
    const isEnough = sum.replications.count < stopping.replications && hasSeenEnough(stopping, counted);
    if (isEnough) this.ended = 'enough';
    return isEnough;
  }
}
