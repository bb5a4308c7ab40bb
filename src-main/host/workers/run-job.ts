// The host's side of a job: starts a worker thread, passes progress on, and resolves with the answer. Cancelling ends
// the thread at once. The event loop of the host is free all the while.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { ServiceError } from '../../../shared/api/errors.ts';
import { CancelledError, type CancelSignal } from '../../../shared/base/cancel.ts';
import type { JobMessage, JobName, JobProgress, Jobs } from './job.ts';

export interface JobOptions {
  /** Where the built workers are. */
  readonly workersDir: string;
  readonly signal: CancelSignal;
  readonly onProgress: (progress: JobProgress) => void;
}

/** Rejects with CancelledError when cancelled, and with the worker's own error (or ServiceError) when the job failed. */
export function runJob<N extends JobName>(
  name: N,
  params: Jobs[N]['params'],
  options: JobOptions,
): Promise<Jobs[N]['answer']> {
  if (options.signal.cancelled) return Promise.reject(new CancelledError());
  const worker = new Worker(join(options.workersDir, `${name}.worker.js`), { workerData: params });
  return new Promise<Jobs[N]['answer']>((resolve, reject) => {
    const stopListening = options.signal.onCancel(() => {
      reject(new CancelledError());
      void worker.terminate();
    });
    // Settled when the thread has ended, not when it answers. Ending by force a thread that was about to end by itself
    // left the process hanging now and then (2 of about 250 runs on a busy machine, Node 20).
    let settle = (code: number): void => reject(new Error(`the worker ${name} ended with code ${code} and no answer`));
    worker.on('message', (message: JobMessage) => {
      if (message.type === 'progress') options.onProgress(message.progress);
      else if (message.type === 'done') settle = () => resolve(message.answer as Jobs[N]['answer']);
      else settle = () => reject(failure(message));
    });
    worker.on('error', reject);
    worker.on('exit', (code) => {
      stopListening();
      settle(code);
    });
  });
}

const failure = ({ told, message, stack }: JobMessage & { type: 'failed' }): Error =>
  told === null ? Object.assign(new Error(message), { stack }) : new ServiceError(told);
