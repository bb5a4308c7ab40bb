// The jobs that run in a worker thread, and the messages between it and its host. One worker does one job and ends:
// cancelling is ending it, so a job needs no cancel points of its own.
// A job's name is its file: `NAME.worker.ts` is built to out/main/NAME.worker.js.

import type { MessagePort } from 'node:worker_threads';
import type { ServiceErrorData } from '../../../shared/api/errors.ts';
import type { ReplayChange, ReplayProgress, ReplayView } from '../../../shared/api/views-why.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Log } from '../../../shared/model/log.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import type { DetailedNights } from '../../../simulations/scenarios/sample.ts';

export type { DetailedNights };

export interface SampleSize {
  readonly seed: number;
  readonly pipelines: number;
  readonly taskRuns: number;
}

export interface Jobs {
  'make-sample': { readonly params: MakeSample; readonly answer: Log; readonly progress: SampleProgress };
  'help-sample': { readonly params: HelpSample; readonly answer: null };
  'play-day': { readonly params: PlayDay; readonly answer: Log };
  replay: { readonly params: ReplayJob; readonly answer: ReplayAnswer; readonly progress: ReplayProgress };
}
export type JobName = keyof Jobs;
/** What a job tells while it runs: JobProgress, where it tells no more. */
export type ProgressOf<N extends JobName> = Jobs[N] extends { readonly progress: infer P } ? P : JobProgress;

/** `shared`: shared-nights.ts. `helper`: where a helper hands its nights over; null without one. */
export interface MakeSample {
  readonly size: SampleSize;
  readonly shared: Int32Array;
  readonly helper: MessagePort | null;
}

export interface HelpSample {
  readonly size: SampleSize;
  readonly shared: Int32Array;
  readonly maker: MessagePort;
}

export type SampleProgress =
  | ({ readonly kind: 'progress' } & JobProgress)
  | { readonly kind: 'detailed'; readonly detailed: DetailedNights };

/** A log to be played again, with one thing changed at a time. */
export interface ReplayJob {
  readonly log: Log;
  readonly catalog: Catalog;
  readonly taskRun: number;
  /** Row of the log's names: whose landing is meant; -1 for any that the task run writes. */
  readonly dataset: number;
  readonly changes: readonly ReplayChange[];
  /** The name of the log that the one change makes and that is wanted, or null. */
  readonly keepAs: string | null;
}

export interface ReplayAnswer {
  readonly view: ReplayView;
  readonly kept: Log | null;
}

/** A reference day to play, and the catalog that names its tasks. */
export interface PlayDay {
  /** The log's name in its workspace. */
  readonly name: string;
  readonly catalog: Catalog;
  readonly day: ReferenceDay;
}

export interface JobProgress {
  readonly step: string;
  /** 0 … 1, or NaN when it cannot be known. */
  readonly share: number;
}

export type JobMessage =
  | { readonly type: 'progress'; readonly progress: unknown }
  | { readonly type: 'done'; readonly answer: unknown }
  /** `told` when people are told why; else a defect. */
  | {
      readonly type: 'failed';
      readonly told: ServiceErrorData | null;
      readonly message: string;
      readonly stack: string;
    };
