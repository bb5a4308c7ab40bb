// The SQL of others: real processes on copies of a real workspace. What it may not do is refused, what costs too much is
// ended, and the workspace goes on.

import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { cancelSource, NEVER_CANCELLED } from '../../../../shared/base/cancel.ts';
import { SqlConsole, type SqlLimits, USUAL_SQL_LIMITS } from '../../../../src-main/store/console/sql-console.ts';
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

test('what is imported later is seen by a later query, and old copies go away', async () => {
  await run('SELECT 1');
  await workspace.addImport(smallImport(2));
  await waitFor(async () => expect((await run('SELECT count(*)::INTEGER FROM log')).rows).toEqual([[2]]));
  await waitFor(() => expect(readdirSync(join(workspace.dir, 'console'))).toHaveLength(1));
});
