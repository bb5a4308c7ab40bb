// A thread that plays replications, for whoever it is started: the thread that asks starts it itself, or, when that is not
// the host's, has the host start it and speaks to it directly.

import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PlayedBatch, ToPlayer } from './replication-messages.ts';

export interface PlayerThread {
  post(message: ToPlayer): void;
  /** Once, before anything is posted. */
  listen(onBatch: (batch: PlayedBatch) => void, onError: (error: Error) => void): void;
  /** Ends it wherever it is. */
  end(): Promise<void>;
}

export type StartPlayer = () => PlayerThread;

/** See run-job.ts: the host must run JavaScript while a thread ends. */
export const PULSE_MS = 50;

/** Players as threads of this one. `workersDir`: where the built workers are. */
export const playersIn = (workersDir: string): StartPlayer => {
  return () => {
    const worker = new Worker(join(workersDir, 'replicate.worker.js'));
    let isEnding = false;
    return {
      post: (message) => worker.postMessage(message, []),
      listen: (onBatch, onError) => {
        worker.on('message', onBatch);
        worker.on('error', onError);
        worker.on('exit', (code) => {
          if (!isEnding) onError(new Error(`a replication thread ended with code ${code}`));
        });
      },
      end: async () => {
        isEnding = true;
        const pulse = setInterval(() => {}, PULSE_MS);
        await worker.terminate();
        clearInterval(pulse);
      },
    };
  };
};
