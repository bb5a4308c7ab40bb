// A log's events cut into chunks as the store cuts them: full ones and a last shorter one.

import { CHUNK_ROWS, type EventChunk, type Log } from '../../../../shared/model/log.ts';
import { EVENT_SHAPE } from '../../../../src-main/store/imports/shape.ts';

type Column = Exclude<keyof EventChunk, 'rows'>;

/** The same log; events are equal when this is equal, wherever the chunks were cut. */
export function rechunked(log: Log): Log {
  const columns = Object.keys(EVENT_SHAPE) as Column[];
  const all = Object.fromEntries(columns.map((name) => [name, log.chunks.flatMap((chunk) => Array.from(chunk[name]))]));
  const chunks: EventChunk[] = [];
  for (let from = 0; from < all.kind.length; from += CHUNK_ROWS) {
    const part = (name: Column): number[] => all[name].slice(from, from + CHUNK_ROWS);
    chunks.push({
      rows: part('kind').length,
      timeUs: Float64Array.from(part('timeUs')),
      kind: Uint8Array.from(part('kind')),
      evidence: Uint8Array.from(part('evidence')),
      run: Int32Array.from(part('run')),
      taskRun: Int32Array.from(part('taskRun')),
      version: Int32Array.from(part('version')),
      attempt: Int32Array.from(part('attempt')),
      code: Int32Array.from(part('code')),
      ref: Int32Array.from(part('ref')),
      value: Float64Array.from(part('value')),
      text: Int32Array.from(part('text')),
    });
  }
  return { ...log, chunks };
}
