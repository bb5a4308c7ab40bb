// What torture and the writer that it kills agree on.

import type { ImportStep } from '../../../src-main/store/imports/write-import.ts';
import type { LedgerStep } from '../../../src-main/store/ledger/ledger-steps.ts';

/** Named points at which the writer kills itself, or kinds of work in whose midst it is killed from outside. */
export type KillPoint = LedgerStep | `import ${ImportStep}` | 'random' | 'feed' | 'checkpoint' | 'migrate';

export interface WriterOrders {
  readonly dir: string;
  /** Runs are numbered from here on. */
  readonly from: number;
  /** Commands of earlier writers whose answer nobody saw: the same ones are sent again. */
  readonly again: readonly string[];
  readonly killAt: KillPoint;
  /** At the how manieth time. */
  readonly times: number;
  readonly snapshots: boolean;
  readonly segmentBytes: number;
}

export type Verb = 'open' | 'finalize' | 'fail' | 'observe';

/** A command of a run, as both sides print it: `finalize 17`. */
export const commandKey = (verb: Verb, run: number): string => `${verb} ${run}`;

export const WRITERS = 12;
/** Small, so that a trial seals some. */
export const SEGMENT_BYTES = 20_000;
export const TORTURED = { namespace: 'torture', dataset: 'orders' };
/** One in so many runs fails instead of finalizing. */
export const FAILS_EVERY = 7;

/** Names the content of an event of a run; the run can be told from it. */
export const contentHashOf = (run: number): string => run.toString(16).padStart(64, '0');
