// The worker's side of a job: runs it on the parameters that the thread was started with, tells progress, and hands
// the answer's buffers over without copying them.

import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import { ServiceError } from '../../../shared/api/errors.ts';
import type { JobMessage, JobName, Jobs, ProgressOf } from './job.ts';

export type JobBody<N extends JobName> = (
  params: Jobs[N]['params'],
  /** `transfer`: buffers in it that are handed over, too. */
  progress: (progress: ProgressOf<N>, transfer?: ArrayBuffer[]) => void,
) => Jobs[N]['answer'];

/** Called once by a `*.worker.ts` file. */
export function serveJob<N extends JobName>(body: JobBody<N>): void {
  if (parentPort === null) throw new Error('a worker file was run as a program');
  const port: MessagePort = parentPort;
  const post = (message: JobMessage, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);
  try {
    const answer = body(workerData as Jobs[N]['params'], (progress, transfer) =>
      post({ type: 'progress', progress }, transfer),
    );
    post({ type: 'done', answer }, buffersOf(answer));
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    const told = error instanceof ServiceError ? error.toData() : null;
    post({ type: 'failed', told, message, stack: stack ?? message });
  }
}

/** Every buffer of the typed arrays in a tree of plain data, each once. */
export function buffersOf(value: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if (ArrayBuffer.isView(node)) {
      if (node.buffer instanceof ArrayBuffer) buffers.add(node.buffer);
      return;
    }
    // A column of text holds no buffers, and is long.
    if (Array.isArray(node) && typeof node[0] === 'string') return;
    for (const child of Object.values(node)) visit(child);
  };
  visit(value);
  return [...buffers];
}
