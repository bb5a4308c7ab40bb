// The process that runs the SQL of others: started with the path of a copy of the read model, answers one query at a
// time, and may be killed at any moment. It holds nothing that anybody else needs. Where rows are to be saved it is also
// started with the path of the one file that it may write.
// DuckDB's memory limit does not bound every function, and nothing bounds a file, so the process watches itself and ends
// when either has grown too far.

import { statSync } from 'node:fs';
import { openReadOnly, withConnection } from '../duckdb/instance.ts';
import type { FromConsole, ToConsole } from './messages.ts';
import { runQuery } from './run-query.ts';
import { saveQuery } from './save-query.ts';

const WATCH_MS = 50;
/** What the process takes without a query, and what a query may take beside DuckDB's own limit. */
const BESIDE_MB = 512;
const BYTES_PER_MB = 1_048_576;
/** What the client puts before DuckDB's own words. */
const OURS = /^Failed to extract statements: /;
const OUT_OF_MEMORY = /^Out of Memory Error/;

const [file = '', memory = '0', out = ''] = process.argv.slice(2);
const memoryMb = Number(memory);
const instance = openReadOnly(file, memoryMb, out === '' ? null : out);
/** Of the file that is being written. */
let maxFileBytes = Number.POSITIVE_INFINITY;
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

const fileBytes = (): number => (out === '' ? 0 : (statSync(out, { throwIfNoEntry: false })?.size ?? 0));

/** What it has outgrown, or null. */
function outgrown(): FromConsole | null {
  if (process.memoryUsage.rss() > (memoryMb + BESIDE_MB) * BYTES_PER_MB) {
    return { kind: 'too-much-memory', limitMb: memoryMb };
  }
  return fileBytes() > maxFileBytes ? { kind: 'too-large-file', limitBytes: maxFileBytes } : null;
}

setInterval(() => {
  const limit = outgrown();
  if (limit !== null) void tell(limit).then(() => process.exit(1));
}, WATCH_MS).unref();

const take = (order: ToConsole): void => void answer(order).then(tell);
if (parentPort) parentPort.on('message', ({ data }) => take(data));
else process.on('message', take);
process.on('disconnect', () => process.exit(0));

async function answer(order: ToConsole): Promise<FromConsole> {
  try {
    return await withConnection(await instance, async (connection): Promise<FromConsole> => {
      if (order.kind === 'query') return { kind: 'rows', rows: await runQuery(connection, order.query) };
      maxFileBytes = order.save.maxFileBytes;
      const saved = await saveQuery(connection, order.save, out);
      return outgrown() ?? { kind: 'saved', saved };
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // DuckDB's words advise settings that nobody may change here.
    if (OUT_OF_MEMORY.test(reason)) return { kind: 'too-much-memory', limitMb: memoryMb };
    return { kind: 'refused', reason: reason.replace(OURS, '') };
  }
}
