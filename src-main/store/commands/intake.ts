// The way of a decision to the disk: its drafts join the ledger's batch and its decision is taken in the same turn, or
// neither. Answers come after the sync. A failed disk loses everything on its way at once: that is told once.

import type { LedgerDraft } from '../../../shared/model/ledger.ts';
import type { Ledger } from '../ledger/ledger.ts';

export type LedgerPort = Pick<Ledger, 'append' | 'onDurable' | 'read' | 'lastSeq' | 'nextSeq' | 'state'>;

export class Intake {
  readonly #ledger: LedgerPort;
  readonly #onLost: () => void;
  #losses = 0;

  /** `onLost`: what was on its way to the disk will not be answered. */
  constructor(ledger: LedgerPort, onLost: () => void) {
    this.#ledger = ledger;
    this.#onLost = onLost;
  }

  /**
   * Resolves with the first draft's seq when all are durable and the index has them. `take` is called at once when the
   * ledger took the drafts in, and gives back what is to be done when they are durable.
   */
  append(drafts: readonly LedgerDraft[], take: (seq: Promise<number>) => () => void): Promise<number> {
    const before = this.#ledger.nextSeq;
    const appended = this.#ledger.append(drafts);
    if (this.#ledger.nextSeq === before) return appended;
    const losses = this.#losses;
    let settle = (): void => {};
    const seq = appended.then(
      (first) => {
        settle();
        return first;
      },
      (error: unknown) => {
        if (losses === this.#losses) this.#lose();
        throw error;
      },
    );
    settle = take(seq);
    return seq;
  }

  #lose(): void {
    this.#losses++;
    this.#onLost();
  }
}
