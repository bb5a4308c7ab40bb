// Numbered steps of a schema: each whole or not at all, in order, once.

import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, onTestFinished, test } from 'vitest';
import { migrate, NewerSchemaError } from '../../../../src-main/store/read-model/migrate.ts';
import { MIGRATIONS } from '../../../../src-main/store/read-model/migrations/all.ts';
import type { Migration } from '../../../../src-main/store/read-model/migrations/migration.ts';
import { tempFolder } from '../support/temp-folder.ts';

const FIRST: Migration = {
  number: 1,
  name: 'first',
  sql: 'CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2);',
};
/** The form that a change of a table takes: create, copy, drop, rename. */
const SECOND: Migration = {
  number: 2,
  name: 'second',
  sql: `CREATE TABLE t_next (a INTEGER, b VARCHAR NOT NULL);
    INSERT INTO t_next SELECT a, 'was ' || a FROM t;
    DROP TABLE t;
    ALTER TABLE t_next RENAME TO t;`,
};
const FAILING: Migration = {
  number: 3,
  name: 'failing',
  sql: 'CREATE TABLE u (a INTEGER); SELECT no_such_function();',
};

async function open(file: string) {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const close = (): void => {
    connection.closeSync();
    instance.closeSync();
  };
  onTestFinished(close);
  const rows = async (sql: string) => (await connection.runAndReadAll(sql)).getRows();
  return { connection, close, rows };
}

test('steps are made in order, once, and survive closing', async () => {
  const file = join(tempFolder(), 'm.duckdb');
  const first = await open(file);
  expect(await migrate(first.connection, [FIRST])).toEqual([1]);
  expect(await migrate(first.connection, [FIRST])).toEqual([]);
  first.close();
  const second = await open(file);
  expect(await migrate(second.connection, [FIRST, SECOND])).toEqual([2]);
  expect(await second.rows('SELECT * FROM t ORDER BY a')).toEqual([
    [1, 'was 1'],
    [2, 'was 2'],
  ]);
  expect(await second.rows('SELECT * FROM schema_migration')).toEqual([
    [1, 'first'],
    [2, 'second'],
  ]);
});

test('a step that fails leaves nothing of itself', async () => {
  const { connection, rows } = await open(join(tempFolder(), 'm.duckdb'));
  await expect(migrate(connection, [FIRST, SECOND, FAILING])).rejects.toThrow(/no_such_function/);
  expect(await rows('SELECT max(number) FROM schema_migration')).toEqual([[2]]);
  expect(await rows("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'u'")).toEqual([[0n]]);
  expect(await migrate(connection, [FIRST, SECOND])).toEqual([]);
});

test('a later schema is refused', async () => {
  const { connection } = await open(join(tempFolder(), 'm.duckdb'));
  await migrate(connection, [FIRST, SECOND]);
  await expect(migrate(connection, [FIRST])).rejects.toThrow(NewerSchemaError);
});

test('the real steps are numbered 1, 2, … and never alter a table with an expression default', () => {
  expect(MIGRATIONS.map(({ number }) => number)).toEqual(MIGRATIONS.map((_, i) => i + 1));
  for (const { sql } of MIGRATIONS) expect(sql).not.toMatch(/alter\s+table\s+\S+\s+add/i);
});
