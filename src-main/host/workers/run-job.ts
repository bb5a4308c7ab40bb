// The host's side of a job: starts a worker thread, passes progress on, and resolves with the answer. Cancelling ends
// the thread at once. The event loop of the host is free all the while.

import { join } from 'node:path';
import { type MessagePort, Worker } from 'node:worker_threads';
import { ServiceError } from '../../../shared/api/errors.ts';
import { CancelledError, type CancelSignal } from '../../../shared/base/cancel.ts';
import type { JobMessage, JobName, JobProgress, Jobs, ProgressOf } from './job.ts';

export interface JobOptions<Progress = JobProgress> {
  /** Where the built workers are. */
  readonly workersDir: string;
  readonly signal: CancelSignal;
  readonly onProgress: (progress: Progress) => void;
  /** Ports in the parameters, which go over to the worker. */
  readonly transfer?: readonly MessagePort[];
}

const PULSE_MS = 50;
/** What a job makes mostly lives as long as the job: with the usual 48 MB it is copied over and over. */
const YOUNG_MB = 192;

/** Rejects with CancelledError when cancelled, and with the worker's own error (or ServiceError) when the job failed. */
export function runJob<N extends JobName>(
  name: N,
  params: Jobs[N]['params'],
  options: JobOptions<ProgressOf<N>>,
): Promise<Jobs[N]['answer']> {
  if (options.signal.cancelled) return Promise.reject(new CancelledError());
  const worker = new Worker(join(options.workersDir, `${name}.worker.js`), {
    workerData: params,
    transferList: [...(options.transfer ?? [])],
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  return new Promise<Jobs[N]['answer']>((resolve, reject) => {
    const stopListening = options.signal.onCancel(() => {
      reject(new CancelledError());
      void worker.terminate();
    });
    // Node 20 can hang otherwise: a thread that ends waits for all background compiling of the process, which may wait
    // for this thread to collect garbage, which it does only when it runs JavaScript. So it does, until the thread has
    // ended; and the job settles then, lest the process ends in between.
    const pulse = setInterval(() => {}, PULSE_MS);
    let settle = (code: number): void => reject(new Error(`the worker ${name} ended with code ${code} and no answer`));
    worker.on('message', (message: JobMessage) => {
      if (message.type === 'progress') options.onProgress(message.progress as ProgressOf<N>);
      else if (message.type === 'done') settle = () => resolve(message.answer as Jobs[N]['answer']);
      else settle = () => reject(failure(message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      clearInterval(pulse);
      stopListening();
      settle(code);
    });
  });
}

/** What a thread has told of its failure, as an error of this one. */
export const failure = ({ told, message, stack }: JobMessage & { type: 'failed' }): Error =>
  told === null ? Object.assign(new Error(message), { stack }) : new ServiceError(told);
