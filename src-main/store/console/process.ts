// The process that runs the SQL of others: started with the path of a copy of the read model, answers one query at a
// time, and may be killed at any moment. It holds nothing that anybody else needs.
// DuckDB's memory limit does not bound every function, so the process watches itself and ends when it has grown too far.

import { openReadOnly, withConnection } from '../duckdb/instance.ts';
import type { ConsoleQuery, FromConsole, ToConsole } from './messages.ts';
import { runQuery } from './run-query.ts';

const WATCH_MS = 50;
/** What the process takes without a query, and what a query may take beside DuckDB's own limit. */
const BESIDE_MB = 512;
const BYTES_PER_MB = 1_048_576;
/** What the client puts before DuckDB's own words. */
const OURS = /^Failed to extract statements: /;
const OUT_OF_MEMORY = /^Out of Memory Error/;

const [file = '', memory = '0'] = process.argv.slice(2);
const memoryMb = Number(memory);
const instance = openReadOnly(file, memoryMb);
// A file that cannot be opened is told with the first query.
instance.catch(() => {});

/** Electron's own channel, where it started this; its types are not ours to import. */
interface ParentPort {
  postMessage(message: FromConsole): void;
  on(event: 'message', listener: (event: { readonly data: ToConsole }) => void): void;
}
const { parentPort } = process as { parentPort?: ParentPort };

const tell = (message: FromConsole): Promise<void> =>
  new Promise((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
      parentPort?.postMessage(message);
      resolve();
    }
  });

setInterval(() => {
  if (process.memoryUsage.rss() < (memoryMb + BESIDE_MB) * BYTES_PER_MB) return;
  void tell({ kind: 'too-much-memory', limitMb: memoryMb }).then(() => process.exit(1));
}, WATCH_MS).unref();

const take = ({ query }: ToConsole): void => void answer(query).then(tell);
if (parentPort) parentPort.on('message', ({ data }) => take(data));
else process.on('message', take);
process.on('disconnect', () => process.exit(0));

async function answer(query: ConsoleQuery): Promise<FromConsole> {
  try {
    const rows = await withConnection(await instance, (connection) => runQuery(connection, query));
    return { kind: 'rows', rows };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // DuckDB's words advise settings that nobody may change here.
    if (OUT_OF_MEMORY.test(reason)) return { kind: 'too-much-memory', limitMb: memoryMb };
    return { kind: 'refused', reason: reason.replace(OURS, '') };
  }
}
