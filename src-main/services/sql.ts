// Services: the SQL console. A query runs in a process of its own on a copy; this joins the workspace, which makes
// copies, and the contract. Limits asked for are held to what one machine can give.

import type { Handlers } from '../../shared/api/client.ts';
import type {
  SqlRequest,
  SqlSavedView,
  SqlSavePart,
  SqlSaveRequest,
  SqlSchemaView,
  SqlView,
} from '../../shared/api/views-sql.ts';
import type { CancelSignal } from '../../shared/base/cancel.ts';
import { USUAL_SAVE_LIMITS, USUAL_SQL_LIMITS } from '../store/console/sql-console.ts';
import { whenCaughtUp } from './caught-up.ts';
import type { ServicesContext } from './context.ts';
import { aboutTable } from './sql-words.ts';

export const sqlHandlers = (context: ServicesContext): Pick<Handlers, 'sql.run' | 'sql.save' | 'sql.schema'> => ({
  'sql.run': (request, { signal }) => runSql(context, request, signal),
  'sql.save': (request, { signal, progress }) => saveSql(context, request, signal, progress),
  'sql.schema': () => schemaOf(context),
});

async function runSql(
  { sqlConsole, feed }: ServicesContext,
  request: SqlRequest,
  signal: CancelSignal,
): Promise<SqlView> {
  const startedMs = performance.now();
  const { maxRows, timeoutMs, memoryMb, maxBytes } = USUAL_SQL_LIMITS;
  const limits = {
    maxBytes,
    maxRows: request.maxRows ?? maxRows,
    timeoutMs: request.timeoutMs ?? timeoutMs,
    memoryMb: request.memoryMb ?? memoryMb,
  };
  await whenCaughtUp(feed, signal);
  const rows = await sqlConsole.run(request.sql, limits, signal);
  return { ...rows, elapsedMs: Math.round(performance.now() - startedMs) };
}

async function saveSql(
  { sqlConsole, feed }: ServicesContext,
  request: SqlSaveRequest,
  signal: CancelSignal,
  take: (part: SqlSavePart) => void | Promise<void>,
): Promise<SqlSavedView> {
  const { timeoutMs, memoryMb, maxFileBytes } = USUAL_SAVE_LIMITS;
  const limits = {
    maxFileBytes,
    timeoutMs: request.timeoutMs ?? timeoutMs,
    memoryMb: request.memoryMb ?? memoryMb,
  };
  await whenCaughtUp(feed, signal);
  return sqlConsole.save(request.sql, request.format, limits, signal, take);
}

const COLUMNS = `
  SELECT c.table_name AS name, CASE WHEN v.view_name IS NULL THEN 'table' ELSE 'view' END AS kind,
    c.column_name AS column_name, c.data_type AS data_type
  FROM duckdb_columns() c LEFT JOIN duckdb_views() v ON v.view_name = c.table_name
  WHERE NOT c.internal AND c.database_name = current_database() ORDER BY c.table_name, c.column_index`;
const MACROS = `
  SELECT function_name AS name, 'macro' AS kind, unnest(parameters) AS column_name, '' AS data_type
  FROM duckdb_functions() WHERE NOT internal AND function_type = 'table_macro' ORDER BY function_name`;

async function schemaOf({ workspace }: ServicesContext): Promise<SqlSchemaView> {
  const tables = new Map<
    string,
    { name: string; kind: 'table' | 'view' | 'macro'; about: string; columns: { name: string; type: string }[] }
  >();
  for (const row of [...(await workspace.query(COLUMNS)), ...(await workspace.query(MACROS))]) {
    const name = String(row.name);
    const kind = row.kind as 'table' | 'view' | 'macro';
    const table = tables.get(name) ?? { name, kind, about: aboutTable(name), columns: [] };
    table.columns.push({ name: String(row.column_name), type: String(row.data_type) });
    tables.set(name, table);
  }
  return { tables: [...tables.values()] };
}
