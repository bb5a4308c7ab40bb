// The one place that opens DuckDB: two instances on one file in one process lose writes without an error, so there is
// exactly one DuckDBInstance.create in the code, and a test that counts.
// An instance reaches its own file and the folder of imports, nothing else, and cannot be told otherwise later.

import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { quote } from './sql.ts';

/** Nothing may be fetched while running: all that is used is linked in. */
const OPTIONS = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  allow_community_extensions: 'false',
};

export async function openInstance(file: string, importsFolder: string): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(file, OPTIONS);
  try {
    await withConnection(instance, async (connection) => {
      await connection.run(`SET allowed_directories = [${quote(importsFolder)}]`);
      await connection.run('SET enable_external_access = false');
      await connection.run('SET lock_configuration = true');
    });
    return instance;
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

/** Runs work on a connection of its own: temporary tables and streams under way belong to one connection. */
export async function withConnection<T>(
  instance: DuckDBInstance,
  work: (connection: DuckDBConnection) => Promise<T>,
): Promise<T> {
  const connection = await instance.connect();
  try {
    return await work(connection);
  } finally {
    connection.closeSync();
  }
}
