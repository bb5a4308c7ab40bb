// Answers of the read model are as new as the question: what was durable when it was asked is in it. The feed is a moment
// behind, and at a start it may be far behind. (Queries of others run on a copy, which may be a little older.)

import { CancelledError, type CancelSignal } from '../../shared/base/cancel.ts';

/** The read model's feed from the ledger. */
export interface Fed {
  /** Resolves when all that is durable now is in the read model; rejects when the feed cannot go on. */
  caughtUp(): Promise<void>;
}

/**
 * Resolves when the read model is up to date. A feed that cannot go on holds up nobody: answers say the seq that they are
 * as of. Rejects with CancelledError.
 */
export function whenCaughtUp(fed: Fed, signal: CancelSignal): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const stop = signal.onCancel(() => reject(new CancelledError()));
    void fed
      .caughtUp()
      .catch(() => {})
      .then(() => {
        stop();
        resolve();
      });
  });
}
