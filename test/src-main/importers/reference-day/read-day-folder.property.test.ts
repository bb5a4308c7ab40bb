// Properties of the day reader: what is written is read, in any order of rows and columns; damage never throws.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_FILES, readDayFolder } from '../../../../src-main/importers/reference-day/read-day-folder.ts';
import { FIXTURES, folderOf } from '../support/import-here.ts';

const COLUMNS = ['task', 'pipeline', 'release_ms', 'duration_ms', 'pool', 'priority', 'finalize_ms', 'deadline_ms'];

const dayArbitrary = fc.integer({ min: 1, max: 30 }).chain((count) =>
  fc.record({
    rows: fc.array(
      fc.tuple(
        fc.nat(90_000_000),
        fc.nat(600_000),
        fc.nat(2),
        fc.integer({ min: -5, max: 5 }),
        fc.nat(5_000),
        fc.integer({ min: -1, max: 90_000_000 }),
      ),
      { minLength: count, maxLength: count },
    ),
    deps: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1), fc.nat(1)), { maxLength: 60 }),
    rowOrder: fc.shuffledSubarray(
      Array.from({ length: count }, (_, i) => i),
      { minLength: count },
    ),
    columnOrder: fc.shuffledSubarray(COLUMNS, { minLength: COLUMNS.length }),
  }),
);

describe('readDayFolder', () => {
  it('reads what is written, in any order of rows and columns', async () => {
    await fc.assert(
      fc.asyncProperty(dayArbitrary, async ({ rows, deps, rowOrder, columnOrder }) => {
        const table = rows.map(([release, duration, pool, priority, finalize, deadline], task) => [
          task,
          0,
          release,
          duration,
          pool,
          priority,
          finalize,
          deadline,
        ]);
        const lines = rowOrder.map((row) => columnOrder.map((name) => table[row][COLUMNS.indexOf(name)]).join(','));
        const acyclic = deps.filter(([task, upstream]) => upstream < task);
        const folder = folderOf({
          'pools.csv': 'pool,slots\n0,3\n1,2\n2,1\n',
          'tasks.csv': [columnOrder.join(','), ...lines, ''].join('\n'),
          'deps.csv': ['task,upstream,kind', ...acyclic.map((row) => row.join(',')), ''].join('\n'),
          'params.json': '{"publish_ms": 1, "dispatch_ms": 2}',
        });
        const { day, problems } = await readDayFolder(folder);
        expect(problems).toEqual([]);
        const { releaseMs, durationMs, pool, priority, finalizeMs, deadlineMs, depTask, depUpstream, depKind } = day!;
        const read = rows.map((_, i) => [
          releaseMs[i],
          durationMs[i],
          pool[i],
          priority[i],
          finalizeMs[i],
          deadlineMs[i],
        ]);
        expect(read).toEqual(rows);
        expect(Array.from(depTask, (task, i) => [task, depUpstream[i], depKind[i]])).toEqual(acyclic);
      }),
      { numRuns: 50 },
    );
  });

  it('never throws on damage, and gives a day or an error', async () => {
    const good = Object.fromEntries(DAY_FILES.map((name) => [name, readFileSync(join(FIXTURES, 'day', name))]));
    const folder = folderOf(good);
    const damage = fc.record({
      file: fc.constantFrom(...DAY_FILES),
      at: fc.nat(),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 6 }),
      isCut: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 4 }), async (list) => {
        const files = { ...good };
        for (const { file, at, bytes, isCut } of list) {
          const place = at % (files[file].length + 1);
          const rest = isCut ? [] : [bytes, files[file].subarray(place + bytes.length)];
          files[file] = Buffer.concat([files[file].subarray(0, place), ...rest]);
        }
        for (const name of DAY_FILES) writeFileSync(join(folder, name), files[name]);
        const { day, errorCount, problems } = await readDayFolder(folder);
        expect(day === null).toBe(errorCount > 0);
        for (const problem of problems) expect(problem.line ?? 1).toBeGreaterThan(0);
      }),
      { numRuns: 150 },
    );
  });
});
