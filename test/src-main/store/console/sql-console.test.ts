// The SQL of others: real processes on copies of a real workspace. What it may not do is refused, what costs too much is
// ended, and the workspace goes on.

import { existsSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SqlFileFormat, SqlSavePart } from '../../../../shared/api/views-sql.ts';
import { cancelSource, NEVER_CANCELLED } from '../../../../shared/base/cancel.ts';
import { forkConsole, type StartConsole } from '../../../../src-main/store/console/console-process.ts';
import {
  SqlConsole,
  type SqlLimits,
  type SqlSaveLimits,
  USUAL_SAVE_LIMITS,
  USUAL_SQL_LIMITS,
} from '../../../../src-main/store/console/sql-console.ts';
import { openInMemory, withConnection } from '../../../../src-main/store/duckdb/instance.ts';
import { Workspace } from '../../../../src-main/store/workspace.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { scratch } from '../support/scratch.ts';
import { smallImport } from '../support/small-import.ts';

const REPOSITORY = join(import.meta.dirname, '..', '..', '..', '..');
const folder = scratch();
const processFile = join(folder, 'sql-console.js');

let workspace: Workspace;
let console: SqlConsole;

beforeAll(async () => {
  // What is not bundled is found from there.
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  await build({
    root: REPOSITORY,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(REPOSITORY, 'src-main/store/console/process.ts'),
      outDir: folder,
      rolldownOptions: { output: { entryFileNames: 'sql-console.js' } },
    },
  });
});

// One for all: nothing that runs here may change it.
beforeAll(async () => {
  workspace = await Workspace.create(join(folder, 'workspace'), 'w');
  await workspace.addImport(smallImport(1));
  console = new SqlConsole({
    processFile,
    folder: join(workspace.dir, 'console'),
    copyTo: (path) => workspace.copyReadModel(path),
    revision: () => String(workspace.revision),
  });
});
afterAll(async () => {
  await console.close();
  await workspace.close();
});

const run = (sql: string, limits: Partial<SqlLimits> = {}, signal = NEVER_CANCELLED) =>
  console.run(sql, { ...USUAL_SQL_LIMITS, ...limits }, signal);

test('a span of time is text, as DuckDB writes it', async () => {
  const { rows } = await run(
    "SELECT TIMESTAMP '2025-01-02 01:02:03' - TIMESTAMP '2025-01-01', INTERVAL '-5 s', NULL::INTERVAL",
  );
  expect(rows).toEqual([['1 day 01:02:03', '-00:00:05', null]]);
});

test('an error has its place in the query', async () => {
  await expect(run('SELECT name,\n  nothing\nFROM log')).rejects.toMatchObject({
    place: 'line 2, column 3 of the query',
    position: { line: 2, column: 3, length: 7 },
  });
});

test('a query sees what the workspace holds, with types and the seq it is as of', async () => {
  const rows = await run('SELECT name, 1::BIGINT AS big, NULL AS nothing FROM log');
  expect(rows).toEqual({
    columns: [
      { name: 'name', type: 'VARCHAR' },
      { name: 'big', type: 'BIGINT' },
      { name: 'nothing', type: 'INTEGER' },
    ],
    rows: [['night-1', '1', null]],
    truncated: false,
    asOfSeq: 0,
  });
});

describe('refused, in words for whoever wrote it', () => {
  const cases: readonly [string, RegExp][] = [
    ['DELETE FROM log', /only SELECT may run here, not DELETE/],
    ['CREATE TABLE t (a INTEGER)', /not CREATE/],
    ["COPY log TO '/tmp/out.csv'", /disabled by configuration/],
    ["ATTACH '/tmp/other.duckdb'", /not ATTACH/],
    ['SET enable_external_access = true', /not (SET|VARIABLE_SET)/],
    ["PRAGMA memory_limit='1TB'", /not/],
    ["SELECT * FROM read_csv('/etc/passwd')", /disabled by configuration/],
    ["SELECT * FROM glob('/*')", /disabled by configuration/],
    ['SELECT 1; DROP TABLE log', /one query at a time/],
    ['PIVOT event ON kind_id USING count(*)', /a PIVOT must name its values here/],
    ['-- nothing', /no query here/],
    ['SELECT $1', /a parameter/],
    ['SELEC 1', /^Parser Error: syntax error/],
    ['SELECT nothing FROM log', /column "nothing" not found/],
  ];
  test.each(cases)('%s', async (sql, reason) => {
    await expect(run(sql)).rejects.toMatchObject({ code: 'bad-request', message: expect.stringMatching(reason) });
  });
});

test('closed while its copy is made, it is told so: no process starts, and nothing is left', async () => {
  const own = join(workspace.dir, 'console-2');
  let started = 0;
  const start: StartConsole = (...args) => {
    started++;
    return forkConsole(...args);
  };
  const copyTo = (path: string) => workspace.copyReadModel(path);
  const second = new SqlConsole({ processFile, folder: own, copyTo, start, revision: () => '1' });
  const ask = () => second.run('SELECT 1', USUAL_SQL_LIMITS, NEVER_CANCELLED);
  const [told] = await Promise.allSettled([ask(), second.close()]);
  expect(told).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
  await expect(ask()).rejects.toMatchObject({ code: 'closed' });
  expect(started).toBe(0);
  expect(existsSync(own)).toBe(false);
});

describe('ended, while the workspace lives on', () => {
  const ENDLESS = 'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range % 7 = 3';

  afterEach(async () => {
    const logs = await workspace.query('SELECT count(*)::INTEGER AS n FROM log');
    if (logs[0]?.n !== 1) throw new Error(`the workspace did not go on: ${JSON.stringify(logs)}`);
  });

  test('too slow', async () => {
    await expect(run(ENDLESS, { timeoutMs: 300 })).rejects.toMatchObject({ code: 'too-slow' });
  });

  test('no longer wanted', async () => {
    const { signal, cancel } = cancelSource();
    const running = run(ENDLESS, {}, signal);
    setTimeout(cancel, 200);
    await expect(running).rejects.toThrow('cancelled');
  });

  test('no longer wanted before it began', async () => {
    const { signal, cancel } = cancelSource();
    const running = run('SELECT 1', {}, signal);
    cancel();
    await expect(running).rejects.toThrow(/^cancelled$/);
  });

  test('too large for what DuckDB counts', async () => {
    await expect(run('SELECT list(range) FROM range(300000000)', { memoryMb: 64 })).rejects.toMatchObject({
      code: 'too-large',
      message: 'the query needed more memory than 64 MB and was ended',
    });
  });

  test('too large where DuckDB does not count', async () => {
    const sql = "SELECT repeat('x', 2000000000)";
    await expect(run(sql, { memoryMb: 64 })).rejects.toMatchObject({
      code: expect.stringMatching(/too-large|bad-request/),
    });
  });

  test('more rows or bytes than asked for are left out and said', async () => {
    const few = await run('SELECT * FROM range(1000)', { maxRows: 10 });
    expect([few.rows.length, few.truncated]).toEqual([10, true]);
    const small = await run("SELECT repeat('x', 1000) FROM range(1000)", { maxBytes: 5_000 });
    expect([small.rows.length, small.truncated]).toEqual([4, true]);
    const exact = await run('SELECT * FROM range(10)', { maxRows: 10 });
    expect([exact.rows.length, exact.truncated]).toEqual([10, false]);
  });
});

async function save(sql: string, format: SqlFileFormat, limits: Partial<SqlSaveLimits> = {}) {
  const parts: SqlSavePart[] = [];
  const take = (part: SqlSavePart): void => void parts.push(part);
  const told = await console.save(sql, format, { ...USUAL_SAVE_LIMITS, ...limits }, NEVER_CANCELLED, take);
  return { told, parts, file: Buffer.concat(parts.map(({ bytes }) => bytes)) };
}
const waiting = (): string[] => readdirSync(join(workspace.dir, 'console')).filter((name) => !name.endsWith('.duckdb'));

describe('rows as a file', () => {
  test('CSV: a header, NULL and empty text told apart', async () => {
    const sql = `SELECT n, 'it''s "n"' AS "a b", NULL AS nothing, '' AS empty, TIMESTAMP '2025-12-25 02:09:00' AS at
      FROM (VALUES (2), (1)) AS t(n) ORDER BY n; -- the last word`;
    const { told, file } = await save(sql, 'csv');
    const row = (n: number): string => `${n},"it's ""n""",,"",2025-12-25 02:09:00\n`;
    expect(file.toString()).toBe(`n,a b,nothing,empty,at\n${row(1)}${row(2)}`);
    expect(told).toEqual({ rowCount: 2, byteCount: file.length, asOfSeq: 0 });
  });

  test('Parquet: types and values as DuckDB reads them back, in parts', async () => {
    const many = 'SELECT range AS n, hash(range) AS h FROM range(300000) ORDER BY n DESC';
    const { told, parts, file } = await save(many, 'parquet');
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.map(({ offset }) => offset)).toEqual(parts.map((_, i) => i * 1_048_576));
    expect(told).toMatchObject({ rowCount: 300_000, byteCount: file.length });
    const path = join(folder, 'read-back.parquet');
    writeFileSync(path, file);
    const read = (asked: string) => readBack(folder, asked);
    expect(await read(`SELECT count(*), sum(n), bool_and(h = hash(n)) FROM '${path}'`)).toEqual([
      ['300000', '44999850000', true],
    ]);
    expect(await read(`SELECT n FROM '${path}' LIMIT 2`)).toEqual([['299999'], ['299998']]);
  });

  test('a query cannot become a part of the statement that writes, nor write or read anything else', async () => {
    const other = join(workspace.dir, 'console', 'other.csv');
    const breakOut = `SELECT 1)) TO '${other}' (FORMAT csv); --`;
    await expect(save(breakOut, 'csv')).rejects.toMatchObject({ code: 'bad-request' });
    for (const file of [other, '/etc/hostname', join(workspace.dir, 'LOCK')]) {
      await expect(save(`SELECT * FROM read_text('${file}')`, 'csv')).rejects.toMatchObject({
        message: expect.stringContaining('disabled by configuration'),
      });
    }
    await expect(save(`COPY (SELECT 1) TO '${other}'`, 'csv')).rejects.toThrow('disabled by configuration');
    await expect(save('EXPLAIN SELECT 1', 'csv')).rejects.toThrow('only the rows of a SELECT can be saved');
    expect(existsSync(other)).toBe(false);
  });

  test('what fails while it runs is told without the place in our own statement', async () => {
    await expect(save("SELECT (range || 'x')::INTEGER FROM range(3)", 'csv')).rejects.toMatchObject({
      message: expect.stringMatching(/^Conversion Error: [^\n]*$/),
      place: 'the query',
    });
  });

  test('one that grows too large is ended, and no file is left behind', async () => {
    const large = 'SELECT repeat(hash(range)::VARCHAR, 50) FROM range(3000000)';
    await expect(save(large, 'csv', { maxFileBytes: 1_000_000 })).rejects.toMatchObject({
      code: 'too-large',
      message: 'the file grew larger than 1 MB, and the query was ended',
    });
    await waitFor(() => expect(waiting()).toEqual([]));
  });
});

/** By the store's own way to DuckDB: there is one. */
async function readBack(from: string, sql: string) {
  const instance = await openInMemory(from);
  try {
    return await withConnection(instance, async (c) => (await c.runAndReadAll(sql)).getRowsJson());
  } finally {
    instance.closeSync();
  }
}

test('what is imported later is seen by a later query, and old copies go away', async () => {
  await run('SELECT 1');
  await workspace.addImport(smallImport(2));
  await waitFor(async () => expect((await run('SELECT count(*)::INTEGER FROM log')).rows).toEqual([[2]]));
  await waitFor(() => expect(readdirSync(join(workspace.dir, 'console'))).toHaveLength(1));
});
