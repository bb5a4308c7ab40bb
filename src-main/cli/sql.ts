// `landfall sql`: one SELECT over a workspace, as a table, CSV or JSON. It runs in a process of its own with limits, so
// no query can hurt the workspace; Ctrl+C ends it.

import { Command, Option } from 'commander';
import type { SqlSchemaView, SqlView } from '../../shared/api/views-sql.ts';
import { withWorkspace } from './connection.ts';
import { csvOf } from './format-csv.ts';
import { formatCount, formatTable } from './format-table.ts';
import type { CliIo } from './io.ts';
import { jsonLine } from './json.ts';
import { jsonOption, wholeNumber } from './options.ts';

const EXAMPLE = `
Tables ending in _view have names instead of ids; ledger_state_as_of(SEQ) and ledger_state_at(TIME) are the state of
every partition at a moment. Every answer says the ledger's seq that it is as of. --schema lists all there is.

Examples:
  landfall sql .landfall/sample "SELECT pipeline, count(*) FROM task_run_view GROUP BY pipeline LIMIT 5"
  landfall sql .landfall/sample --csv "FROM ledger_stale_run_view"`;

interface SqlOptions {
  readonly schema?: true;
  readonly csv?: true;
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
    .addOption(new Option('--max-rows <n>', 'rows to show (10000)').argParser(wholeNumber(1, 1_000_000)))
    .addOption(new Option('--timeout-s <n>', 'seconds until it is ended (30)').argParser(wholeNumber(1, 3_600)))
    .addOption(new Option('--memory-mb <n>', 'memory it may take (1024)').argParser(wholeNumber(64, 65_536)))
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((workspace: string, query: string | undefined, options: SqlOptions, command: Command) =>
      options.schema ? schema(io, workspace, options) : sql(io, workspace, query || missing(command), options),
    );

const missing = (command: Command): never =>
  command.error('error: a query is missing: landfall sql WORKSPACE "SELECT …"');

async function sql(io: CliIo, workspace: string, query: string, options: SqlOptions): Promise<void> {
  await withWorkspace(io, workspace, async (client) => {
    const { maxRows, timeoutS, memoryMb } = options;
    const timeoutMs = timeoutS === undefined ? undefined : timeoutS * 1_000;
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
      ({ name, kind, columns }) =>
        `${name} (${kind})\n  ${columns.map((c) => `${c.name} ${c.type}`.trim()).join(', ')}\n`,
    )
    .join('');
