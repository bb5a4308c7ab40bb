// The jobs that run in a worker thread, and the messages between it and its host. One worker does one job and ends:
// cancelling is ending it, so a job needs no cancel points of its own.
// A job's name is its file: `NAME.worker.ts` is built to out/main/NAME.worker.js.

import type { ServiceErrorData } from '../../../shared/api/errors.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Log } from '../../../shared/model/log.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';

export interface SampleSize {
  readonly seed: number;
  readonly pipelines: number;
  readonly taskRuns: number;
}

export interface Jobs {
  'make-sample': {
    readonly params: SampleSize;
    readonly answer: { readonly catalog: Catalog; readonly logs: readonly Log[] };
  };
  'play-day': { readonly params: PlayDay; readonly answer: Log };
}
export type JobName = keyof Jobs;

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
  | { readonly type: 'progress'; readonly progress: JobProgress }
  | { readonly type: 'done'; readonly answer: unknown }
  /** `told` when people are told why; else a defect. */
  | {
      readonly type: 'failed';
      readonly told: ServiceErrorData | null;
      readonly message: string;
      readonly stack: string;
    };
