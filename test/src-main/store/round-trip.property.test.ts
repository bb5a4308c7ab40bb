// What goes into a workspace comes out of it, value for value, through the open workspace and through the next one.

import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { EventWriter } from '../../../shared/model/event-writer.ts';
import { CHUNK_ROWS, type EventChunk } from '../../../shared/model/log.ts';
import { EVENT_SHAPE } from '../../../src-main/store/imports/shape.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { runs } from '../../support/runs.ts';
import { anyImport } from './support/arbitrary-import.ts';
import { rechunked } from './support/rechunked.ts';
import { smallImport } from './support/small-import.ts';
import { tempFolder } from './support/temp-folder.ts';

test('any catalog and log come back as they went in', async () => {
  const workspace = await Workspace.create(tempFolder(), 'any');
  let count = 0;
  await fc.assert(
    fc.asyncProperty(anyImport, async ({ catalog, log }) => {
      const contentHash = (++count).toString(16).padStart(64, '0');
      const view = await workspace.addImport({ contentHash, importedFrom: 'any', catalog, log });
      const read = await workspace.readLog(view.name);
      expect(read).toStrictEqual({ ...rechunked(log), name: view.name });
      expect(await workspace.readCatalog(catalog.hash)).toStrictEqual(catalog);
      expect(view.events).toBe(log.chunks.reduce((rows, chunk) => rows + chunk.rows, 0));
    }),
    { numRuns: runs(20) },
  );
  const before = await Promise.all(workspace.logs().map(({ name }) => workspace.readLog(name)));
  await workspace.close();

  const again = await Workspace.open(workspace.dir);
  expect(again.problems).toEqual([]);
  expect(await Promise.all(again.logs().map(({ name }) => again.readLog(name)))).toStrictEqual(before);
  await again.close();
});

test('events keep their order over many chunks and row groups, however they were cut', async () => {
  const workspace = await Workspace.create(tempFolder(), 'large');
  const rows = 3 * CHUNK_ROWS + 12_345;
  const writer = new EventWriter();
  for (let i = 0; i < rows; i++)
    writer.push({ timeUs: i * 7, kind: i % 23, taskRun: i, value: i % 3 ? Number.NaN : i });
  const oddly = cut(writer.finish(), 9_999);
  const entry = smallImport(1);
  await workspace.addImport({ ...entry, log: { ...entry.log, chunks: oddly } });
  const read = await workspace.readLog('night-1');
  expect(read.chunks.map((chunk) => chunk.rows)).toEqual([CHUNK_ROWS, CHUNK_ROWS, CHUNK_ROWS, 12_345]);
  const given = rechunked({ ...entry.log, chunks: oddly });
  for (const name of Object.keys(EVENT_SHAPE) as (keyof typeof EVENT_SHAPE)[]) {
    read.chunks.forEach((chunk, i) => {
      // As bytes: comparing 200,000 numbers one by one with a matcher takes seconds.
      expect(Buffer.from(chunk[name].buffer).equals(Buffer.from(given.chunks[i][name].buffer)), `${name} of ${i}`).toBe(
        true,
      );
    });
  }
  const [{ disordered }] = await workspace.query('SELECT count(*) AS disordered FROM event WHERE task_run_id <> seq');
  expect(disordered).toBe(0n);
  await workspace.close();
});

function cut(chunks: readonly EventChunk[], rows: number): EventChunk[] {
  return chunks.flatMap((chunk) => {
    const parts: EventChunk[] = [];
    for (let from = 0; from < chunk.rows; from += rows) {
      const part = Object.entries(chunk).map(([name, values]) => [
        name,
        typeof values === 'number' ? Math.min(rows, chunk.rows - from) : values.subarray(from, from + rows),
      ]);
      parts.push(Object.fromEntries(part) as EventChunk);
    }
    return parts;
  });
}
