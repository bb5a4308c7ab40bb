// What the host and the thread that keeps the live log say to each other. Plain data; each request is answered once, in
// order, so the host knows how far the thread is.

import type { LedgerRecord } from '../../../shared/model/ledger.ts';
import type { LiveDerivation } from '../../importers/live/live-book.ts';

export type ToLive =
  | { readonly kind: 'add'; readonly records: readonly LedgerRecord[] }
  | { readonly kind: 'derive'; readonly name: string };

export type FromLive =
  | { readonly kind: 'done'; readonly derivation: LiveDerivation | null }
  /** A defect; the thread goes on. */
  | { readonly kind: 'failed'; readonly message: string };
