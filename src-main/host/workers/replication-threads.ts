// Threads that play batches of replications of one experiment, each with state of its own over columns that they share.
// A batch goes to whichever thread is free. Ending the threads ends what they play at once, wherever it is.

import type { PreparedExperiment } from '../../../simulations/experiments/replicate.ts';
import type { PlayerThread, StartPlayer } from './player-thread.ts';
import type { PlayedBatch, ReplicationBatch } from './replication-messages.ts';

export class ReplicationThreads {
  readonly #players: PlayerThread[];
  readonly #played = new Int32Array(new SharedArrayBuffer(4));
  #next: () => ReplicationBatch | null = () => null;
  #onBatch: (batch: PlayedBatch) => void = () => {};
  #onIdle: () => void = () => {};
  #onError: (error: Error) => void = () => {};
  #busy = 0;
  #isClosed = false;

  constructor(count: number, start: StartPlayer) {
    this.#players = Array.from({ length: count }, () => this.#start(start));
  }

  /** Replications played so far, those of unfinished batches too. */
  get played(): number {
    return Atomics.load(this.#played, 0);
  }

  /**
   * Plays all that `next` gives, until it gives null to every thread; once. `onBatch` is told of each, in any order.
   * Never settles when the threads are closed meanwhile.
   */
  play(
    prepared: PreparedExperiment,
    next: () => ReplicationBatch | null,
    onBatch: (batch: PlayedBatch) => void,
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#next = next;
      this.#onBatch = onBatch;
      this.#onIdle = resolve;
      this.#onError = reject;
      for (const player of this.#players) {
        player.post({ kind: 'prepare', prepared, played: this.#played });
        this.#give(player);
      }
      if (this.#busy === 0) resolve();
    });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#players.map((player) => player.end()));
  }

  #give(player: PlayerThread): void {
    const batch = this.#next();
    if (batch === null) return;
    this.#busy++;
    player.post({ kind: 'batch', ...batch });
  }

  #start(start: StartPlayer): PlayerThread {
    const player = start();
    const onBatch = (batch: PlayedBatch): void => {
      if (this.#isClosed) return;
      this.#busy--;
      this.#onBatch(batch);
      this.#give(player);
      if (this.#busy === 0) this.#onIdle();
    };
    player.listen(onBatch, (error) => this.#onError(error));
    return player;
  }
}
