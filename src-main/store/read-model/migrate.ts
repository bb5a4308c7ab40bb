// Brings the schema of a DuckDB file up to date: each missing step in one transaction, then a checkpoint, so a crash
// leaves the schema before a step or after it. A file of a later schema is refused: its rebuilding is the caller's.

import type { DuckDBConnection } from '@duckdb/node-api';
import { quote } from '../duckdb/sql.ts';
import type { Migration } from './migrations/migration.ts';

/** The file was made by a later program. */
export class NewerSchemaError extends Error {
  constructor(found: number, known: number) {
    super(`its schema is ${found}, this program knows ${known}`);
    this.name = 'NewerSchemaError';
  }
}

/** Returns the numbers of the steps that were made. */
export async function migrate(connection: DuckDBConnection, migrations: readonly Migration[]): Promise<number[]> {
  const from = await schemaNumber(connection);
  const known = migrations.at(-1)?.number ?? 0;
  if (from > known) throw new NewerSchemaError(from, known);
  const missing = migrations.filter((migration) => migration.number > from);
  for (const migration of missing) await step(connection, migration);
  return missing.map((migration) => migration.number);
}

async function step(connection: DuckDBConnection, { number, name, sql }: Migration): Promise<void> {
  await connection.run('BEGIN');
  try {
    await connection.run(
      'CREATE TABLE IF NOT EXISTS schema_migration (number INTEGER NOT NULL, name VARCHAR NOT NULL)',
    );
    await connection.run(sql);
    await connection.run(`INSERT INTO schema_migration VALUES (${number}, ${quote(name)})`);
    await connection.run('COMMIT');
  } catch (error) {
    await connection.run('ROLLBACK').catch(() => {});
    throw error;
  }
  await connection.run('CHECKPOINT');
}

/** 0 for a file that was never migrated. */
async function schemaNumber(connection: DuckDBConnection): Promise<number> {
  const tables = await connection.runAndReadAll(
    "SELECT table_name FROM duckdb_tables() WHERE table_name = 'schema_migration'",
  );
  if (tables.currentRowCount === 0) return 0;
  const newest = await connection.runAndReadAll('SELECT coalesce(max(number), 0) FROM schema_migration');
  return Number(newest.getRows()[0][0]);
}
