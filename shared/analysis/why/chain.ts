// The critical chain of a landing, as data: links in the order of time, each let go by the one before it, each cut into
// parts whose ends touch. So the parts sum to the whole, to the microsecond, with `unknown` where a log cannot tell.
// Blame is bookkeeping: what a landing would have been without a cause only a replay says.

import type { BLOCK_CAUSES, Evidence } from '../../model/event.ts';

/**
 * What the time of a part went to: one of MODEL's causes (`upstream` here is an earlier task of nobody in the log), or
 * `source`: its pipeline run was there and what feeds it from outside was not; `run`: it ran; `failed attempt`: it ran
 * in vain; `unknown`: the log cannot tell.
 */
export type PartCause = (typeof BLOCK_CAUSES)[number] | 'source' | 'run' | 'failed attempt' | 'unknown';

/** Who held slots of a pool while somebody waited for them. */
export interface PoolHolder {
  readonly pipeline: string;
  /** Most slots that its task runs held at one moment of the wait. */
  readonly slots: number;
  /** Slots of the pool; -1 when unknown. */
  readonly poolSlots: number;
  /** Its task runs that held them, the longest first. At most HOLDER_TASK_RUNS_MAX. */
  readonly taskRuns: readonly number[];
}

export const HOLDERS_MAX = 5;
export const HOLDER_TASK_RUNS_MAX = 200;

export interface ChainPart {
  readonly cause: PartCause;
  readonly fromUs: number;
  readonly toUs: number;
  readonly evidence: Evidence;
  /** Of a wait for slots: the pool's name; else "". */
  readonly pool: string;
  /** Of a wait for slots: most slots first, at most HOLDERS_MAX; else empty. */
  readonly holders: readonly PoolHolder[];
}

export interface ChainLink {
  readonly taskRun: number;
  /** `pipeline.task`. */
  readonly label: string;
  /** From 1. */
  readonly attempt: number;
  /** The partition version whose publish let the next link go (the last link: the landing), `dataset[key] v2`; or "". */
  readonly wrote: string;
  /** When it was let go: the end or publish of the link before; of the first link, when its run was due. */
  readonly fromUs: number;
  /** When it let the next one go; of the last link, the landing. */
  readonly toUs: number;
  /** What let it go. */
  readonly letGoBy: 'schedule' | 'end' | 'publish';
  /** How it is known that it was this link that let it go, and not another. */
  readonly evidence: Evidence;
  readonly parts: readonly ChainPart[];
}

export interface CriticalChain {
  /** In the order of time; never empty. */
  readonly links: readonly ChainLink[];
  readonly fromUs: number;
  readonly toUs: number;
  /** toUs - fromUs in ms, and how much of it is `unknown`. */
  readonly sumMs: number;
  readonly unknownMs: number;
  /** Why it begins where it does, where that is not a schedule: a plain sentence, or "". */
  readonly beginsBecause: string;
}

/** Length of a part in ms. */
export const partMs = ({ fromUs, toUs }: Pick<ChainPart, 'fromUs' | 'toUs'>): number => (toUs - fromUs) / 1_000;
