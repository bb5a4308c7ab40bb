// `landfall sql`: one SELECT over a workspace, as a table, CSV, JSON or a file. It runs in a process of its own with limits, so
// no query can hurt the workspace; Ctrl+C ends it.

import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { Client } from '../../shared/api/client.ts';
import type { SqlSaveRequest, SqlSchemaView, SqlView } from '../../shared/api/views-sql.ts';
import { withWorkspace } from './connection.ts';
import { csvOf } from './format-csv.ts';
import { formatCount, formatPlural, formatTable } from './format-table.ts';
import type { CliIo } from './io.ts';
import { jsonLine } from './json.ts';
import { jsonOption, wholeNumber } from './options.ts';
import { formatOfFile, saveRows } from './save-rows.ts';

const EXAMPLE = `
Tables ending in _view have names instead of ids; ledger_state_as_of(SEQ) and ledger_state_at(TIME) are the state of
every partition at a moment. Every answer says the ledger's seq that it is as of. --schema lists all there is.

Examples:
  landfall sql .landfall/sample "SELECT pipeline, count(*) FROM task_run_view GROUP BY pipeline LIMIT 5"
  landfall sql .landfall/sample --csv "FROM ledger_stale_run_view"
  landfall sql .landfall/sample --save runs.parquet "FROM task_run_view"`;

interface SqlOptions {
  readonly schema?: true;
  readonly csv?: true;
  readonly save?: string;
  readonly json?: true;
  readonly maxRows?: number;
  readonly timeoutS?: number;
  readonly memoryMb?: number;
}

export const sqlCommand = (io: CliIo): Command =>
  new Command('sql')
    .description('ask the workspace one SELECT')
    .argument('<workspace>', 'the workspace folder')
    .argument('[query]', 'the query, in DuckDB’s SQL')
    .option('--schema', 'list tables, views and macros with their columns')
    .option('--csv', 'CSV on stdout (RFC 4180, NULL empty)')
    .option('--save <file>', 'write all rows to a .csv or .parquet file (to 256 MB)')
    .addOption(new Option('--max-rows <n>', 'rows to show (10000)').argParser(wholeNumber(1, 1_000_000)))
    .addOption(
      new Option('--timeout-s <n>', 'seconds until it is ended (30; 300 to save)').argParser(wholeNumber(1, 3_600)),
    )
    .addOption(new Option('--memory-mb <n>', 'memory it may take (1024)').argParser(wholeNumber(64, 65_536)))
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((workspace: string, query: string | undefined, options: SqlOptions, command: Command) =>
      options.schema ? schema(io, workspace, options) : sql(io, workspace, query || missing(command), options, command),
    );

const missing = (command: Command): never =>
  command.error('error: a query is missing: landfall sql WORKSPACE "SELECT …"');

async function sql(io: CliIo, workspace: string, query: string, options: SqlOptions, command: Command): Promise<void> {
  const { save } = options;
  const format = save === undefined ? null : formatOfFile(save);
  if (save !== undefined && format === null) command.error('error: --save takes a file that ends in .csv or .parquet');
  await withWorkspace(io, workspace, async (client) => {
    const { maxRows, timeoutS, memoryMb } = options;
    const timeoutMs = timeoutS === undefined ? undefined : timeoutS * 1_000;
    if (save !== undefined && format !== null) {
      return saveTo(io, client, save, { sql: query, format, timeoutMs, memoryMb }, options);
    }
    const view = await client.call('sql.run', { sql: query, maxRows, timeoutMs, memoryMb });
    if (options.json) io.out(jsonLine(view));
    else if (options.csv)
      io.out(
        csvOf(
          view.columns.map(({ name }) => name),
          view.rows,
        ),
      );
    else io.out(formatRows(io, view));
    if (view.truncated && !options.json) io.err(`only the first ${formatCount(view.rows.length)} rows: --max-rows\n`);
  });
}

async function saveTo(
  io: CliIo,
  client: Client,
  file: string,
  request: SqlSaveRequest,
  { json }: SqlOptions,
): Promise<void> {
  const saved = await saveRows(client, request, resolve(io.cwd, file));
  const { rowCount, byteCount, asOfSeq } = saved;
  if (json) io.out(jsonLine({ file, ...saved }));
  else io.err(`${file}: ${formatPlural(rowCount, 'row')}, ${formatCount(byteCount)} bytes, as of seq ${asOfSeq}\n`);
}

const NUMERIC = /INT|DOUBLE|FLOAT|DECIMAL/;

function formatRows(io: CliIo, { columns, rows, asOfSeq }: SqlView): string {
  const cells = rows.map((row) => row.map(cellText));
  const aligns = columns.map(({ type }) => (NUMERIC.test(type) ? ('right' as const) : ('left' as const)));
  const header = columns.map(({ name }) => name);
  const count = `${formatCount(rows.length)} ${rows.length === 1 ? 'row' : 'rows'}, as of seq ${asOfSeq}`;
  return `${formatTable(cells, aligns, header, io.style)}${io.style.dim(count)}\n`;
}

const cellText = (value: unknown): string =>
  value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);

async function schema(io: CliIo, workspace: string, options: SqlOptions): Promise<void> {
  await withWorkspace(io, workspace, async (client) => {
    const view = await client.call('sql.schema', {});
    io.out(options.json ? jsonLine(view) : formatSchema(view));
  });
}

const formatSchema = ({ tables }: SqlSchemaView): string =>
  tables
    .map(
      ({ name, kind, about, columns }) =>
        `${name} (${kind})${about === '' ? '' : `: ${about}`}\n  ${columns.map((c) => `${c.name} ${c.type}`.trim()).join(', ')}\n`,
    )
    .join('');
