// Puts a batch of ledger records into the read model: all of it with the new position in one transaction, or nothing.
// Every so many seqs it keeps the state of all partitions, for answers about old moments.

import type { DuckDBConnection } from '@duckdb/node-api';
import { stageTable } from '../duckdb/append.ts';
import type { Columns, ColumnType, ColumnValues, TableShape } from '../duckdb/columns.ts';
import { inTransaction } from '../duckdb/transaction.ts';
import { FEED_TABLES, type FeedRows, type FeedTable, SHAPES } from './record-columns.ts';

/** Seqs between two kept states: reading one and what follows takes about a tenth of a second at most. */
const STATE_EVERY = 1_000_000;

/** A column of the read model from a staged one. An `isOptional` one is NULL where that holds a sentinel. */
interface Target {
  readonly sql: string;
  readonly isOptional: boolean;
}

const as = (sql: string): Target => ({ sql, isOptional: false });
const text = (column: string): Target => ({ sql: `nullif(${column}, '')`, isOptional: true });
const number = (column: string): Target => ({
  sql: `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END`,
  isOptional: true,
});
const instant = (us: string): Target => ({
  sql: `CASE WHEN abs(${us}) < 9e15 THEN make_timestamp(${us}::BIGINT) END`,
  isOptional: true,
});
const SEQ = as('seq::BIGINT');

/** The table of the read model, and its columns from the staged ones, in the order of their shape. */
const INTO: Readonly<Record<FeedTable, readonly [string, readonly Target[]]>> = {
  partition: ['ledger_partition', ['partition', 'namespace', 'dataset', 'key'].map(as)],
  version: [
    'ledger_version',
    [
      SEQ,
      ...['partition', 'version', 'run', 'attempt'].map(as),
      ...['pipeline', 'task', 'logical_key', 'parent_run'].map(text),
      instant('at_us'),
    ],
  ],
  step: [
    'ledger_step',
    [
      SEQ,
      as('kind'),
      instant('at_us'),
      instant('received_us'),
      as('partition'),
      as('version'),
      number('row_count'),
      number('byte_size'),
      text('fingerprint'),
      text('null_rates'),
      instant('newest_us'),
      text('note'),
    ],
  ],
  input: ['ledger_input', [SEQ, ...['run', 'attempt', 'namespace', 'dataset', 'key', 'nullif(version, 0)'].map(as)]],
  gate: ['ledger_gate', [SEQ, as('namespace'), as('dataset'), text('gate')]],
  observation: ['ledger_observation', [SEQ, instant('at_us'), instant('received_us'), as('content_hash'), as('event')]],
};

export interface Position {
  /** All records up to this one are in. */
  readonly appliedSeq: number;
  readonly stepRows: number;
  /** The newest kept state is as of this seq. */
  readonly stateSeq: number;
}

export async function readPosition(connection: DuckDBConnection): Promise<Position> {
  const reader = await connection.runAndReadAll('SELECT applied_seq, step_rows, state_seq FROM ledger_position');
  const [appliedSeq, stepRows, stateSeq] = (reader.getRows()[0] ?? []).map(Number);
  return { appliedSeq, stepRows, stateSeq };
}

/** `lastSeq`: of the batch whose rows these are. Returns the new position. */
export async function applyRows(
  connection: DuckDBConnection,
  rows: FeedRows,
  lastSeq: number,
  from: Position,
): Promise<Position> {
  const inserts: string[] = [];
  for (const table of FEED_TABLES) {
    if (rows[table].length === 0) continue;
    const columns = rows[table].rows;
    const shape = saying(table, columns);
    await stageTable(connection, staged(table), shape, [columns], () => {});
    inserts.push(insert(table, shape));
  }
  const keepState = lastSeq - from.stateSeq >= STATE_EVERY;
  const to: Position = {
    appliedSeq: lastSeq,
    stepRows: from.stepRows + rows.step.length,
    stateSeq: keepState ? lastSeq : from.stateSeq,
  };
  await inTransaction(connection, async () => {
    for (const sql of inserts) await connection.run(sql);
    if (keepState) {
      await connection.run(
        `INSERT INTO ledger_state SELECT ${lastSeq}, partition_id, version, status, readable_version
         FROM ledger_state_as_of(${lastSeq})`,
      );
    }
    await connection.run(
      `UPDATE ledger_position SET applied_seq = ${to.appliedSeq}, step_rows = ${to.stepRows}, state_seq = ${to.stateSeq}`,
    );
  });
  return to;
}

const staged = (table: FeedTable): string => `feed_${table}`;

function insert(table: FeedTable, shape: TableShape): string {
  const [into, targets] = INTO[table];
  const names = Object.keys(SHAPES[table]);
  const values = targets.map(({ sql }, i) => (names[i] in shape ? sql : 'NULL'));
  return `INSERT INTO ${into} SELECT ${values.join(', ')} FROM temp.main.${staged(table)}`;
}

/**
 * The shape without optional columns that hold nothing but sentinels: most runs have no parent, most datasets no null
 * rates, and a text costs as much to hand over when it is empty.
 */
function saying(table: FeedTable, columns: Columns): TableShape {
  const [, targets] = INTO[table];
  const all = Object.entries<ColumnType>(SHAPES[table]);
  return Object.fromEntries(all.filter(([name], i) => !(targets[i].isOptional && saysNothing(columns[name]))));
}

function saysNothing(column: ColumnValues): boolean {
  if (column instanceof Float64Array) return column.every(Number.isNaN);
  return Array.isArray(column) && column.every((text) => text === '');
}
