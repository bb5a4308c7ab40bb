// Worker: keeps the newest records of the ledger and makes the live log of them, so that reading and deriving never hold
// up who writes. Lives as long as its host.

import { parentPort } from 'node:worker_threads';
import { LiveBook } from '../../importers/live/live-book.ts';
import { buffersOf } from './job-side.ts';
import type { FromLive, ToLive } from './live-messages.ts';

const port = parentPort;
if (port === null) throw new Error('a worker file was run as a program');
const book = new LiveBook();

port.on('message', (message: ToLive) => {
  try {
    if (message.kind === 'add') book.add(message.records);
    const derivation = message.kind === 'derive' ? book.derive(message.name) : null;
    post({ kind: 'done', derivation }, buffersOf(derivation));
  } catch (error) {
    post({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
});

function post(message: FromLive, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer);
}
