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

export const openInstance = (file: string, importsFolder: string): Promise<DuckDBInstance> =>
  openLocked(file, {}, [`allowed_directories = [${quote(importsFolder)}]`]);

/**
 * For the SQL of others: reads this file and nothing else. `memoryMb` is DuckDB's own limit, which not all obeys. `out`:
 * the one path that may be written besides, for rows that are to be handed over.
 */
export const openReadOnly = (file: string, memoryMb: number, out: string | null): Promise<DuckDBInstance> =>
  openLocked(file, { access_mode: 'READ_ONLY' }, [
    ...(out === null ? [] : [`allowed_paths = [${quote(out)}]`]),
    `memory_limit = '${memoryMb}MB'`,
    // Nothing may be written, so a query too large for memory fails rather than spills.
    "temp_directory = ''",
  ]);

/** For reading foreign files of one folder. */
export const openInMemory = (folder: string): Promise<DuckDBInstance> =>
  openLocked(':memory:', {}, [`allowed_directories = [${quote(folder)}]`]);

async function openLocked(
  file: string,
  options: Readonly<Record<string, string>>,
  settings: readonly string[],
): Promise<DuckDBInstance> {
  const instance = await DuckDBInstance.create(file, { ...OPTIONS, ...options });
  try {
    await withConnection(instance, async (connection) => {
      const all = [...settings, 'enable_external_access = false', 'lock_configuration = true'];
      for (const setting of all) await connection.run(`SET ${setting}`);
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
