// The small rules of the SQL screen: what goes into the query, what the filter finds, how cells read and how keys walk.

import { describe, expect, it } from 'vitest';
import { cellText, columnWidths, isNumeric, longText, secondsText } from '../../../src-renderer/sql/cells.ts';
import { type SqlTable, spaced, textOfColumn, textOfTable } from '../../../src-renderer/sql/insert-text.ts';
import { type SchemaRow, schemaRows } from '../../../src-renderer/sql/schema-rows.ts';
import { stepOf } from '../../../src-renderer/sql/walk-cells.ts';

const table = (name: string, kind: SqlTable['kind'], ...columns: string[]): SqlTable => ({
  name,
  kind,
  about: '',
  columns: columns.map((column) => ({ name: column, type: 'INTEGER' })),
});
const TABLES = [
  table('event', 'table', 'seq', 'deadline'),
  table('ledger_run_view', 'view', 'run_id'),
  table('task_run_view', 'view', 'pipeline', 'deadline'),
  table('ledger_state_at', 'macro', 'wanted_time'),
];
const shown = (rows: readonly SchemaRow[]): string[] =>
  rows.map((row) => (row.kind === 'group' ? row.title : row.kind === 'table' ? row.table.name : `- ${row.name}`));

describe('names into the query', () => {
  it('makes a whole query of a table where there is none', () => {
    expect(textOfTable({ name: 'log', kind: 'table' }, true)).toBe('SELECT *\nFROM log\nLIMIT 100');
    expect(textOfTable({ name: 'log', kind: 'table' }, false)).toBe('log');
    expect(textOfTable({ name: 'ledger_state_at', kind: 'macro' }, true)).toBe('ledger_state_at()');
  });
  it('quotes what is no plain name, and keeps words apart', () => {
    expect(textOfColumn('count(*)')).toBe('"count(*)"');
    expect(textOfColumn('a"b')).toBe('"a""b"');
    const words = [spaced('FROM', 'log', ''), spaced('FROM ', 'log', '\n'), spaced('(', 'log', ')')];
    expect(words).toEqual([' log', 'log', 'log']);
    expect(spaced('', 'log', 'SELECT 1')).toBe('log ');
  });
});

describe('the list of tables', () => {
  it('begins with the views of logs, and shows columns where it is open', () => {
    expect(shown(schemaRows(TABLES, '', new Set(['event'])))).toEqual([
      'Views, with names',
      'task_run_view',
      'ledger_run_view',
      'The state at a moment',
      'ledger_state_at',
      'Tables, by ids',
      'event',
      '- seq',
      '- deadline',
    ]);
  });
  it('finds a table by its name or by a column, which it shows', () => {
    expect(shown(schemaRows(TABLES, ' DEADL', new Set()))).toEqual([
      'Views, with names',
      'task_run_view',
      '- deadline',
      'Tables, by ids',
      'event',
      '- deadline',
    ]);
    expect(shown(schemaRows(TABLES, 'run_view', new Set()))).toEqual([
      'Views, with names',
      'task_run_view',
      'ledger_run_view',
    ]);
    expect(schemaRows(TABLES, 'nowhere', new Set())).toEqual([]);
  });
});

describe('cells', () => {
  it('are what DuckDB wrote, and NULL is none', () => {
    expect([cellText('9223372036854775807'), cellText(null), cellText({ a: [1] }), cellText(false)]).toEqual([
      '9223372036854775807',
      null,
      '{"a":[1]}',
      'false',
    ]);
    expect([longText(null), longText([1])]).toEqual(['NULL', '[\n  1\n]']);
  });
  it('stand right where they are numbers', () => {
    expect(['BIGINT', 'UTINYINT', 'DECIMAL(5,2)', 'HUGEINT', 'DOUBLE', 'UINTEGER'].every(isNumeric)).toBe(true);
    expect(['VARCHAR', 'INTERVAL', 'TIMESTAMP', 'BOOLEAN', 'INTEGER[]'].some(isNumeric)).toBe(false);
  });
  it('make a column as wide as they are, within bounds', () => {
    const columns = ['a', 'b'].map((name) => ({ name, type: 'VARCHAR' }));
    const [narrow, wide] = columnWidths(columns, [['x', 'y'.repeat(500)]]);
    expect(narrow).toBeLessThan(100);
    expect(wide).toBe(380);
  });
  it('took seconds', () => {
    expect([secondsText(312), secondsText(9_994), secondsText(12_300)]).toEqual(['0.31 s', '9.99 s', '12 s']);
  });
});

describe('keys from cell to cell', () => {
  const extent = { rows: 100, columns: 3, page: 10 };
  const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false });
  it('stay inside', () => {
    const corner = { row: 99, column: 2 };
    expect(stepOf(press('ArrowDown'), corner, extent)).toEqual(corner);
    expect(stepOf(press('PageUp'), { row: 4, column: 1 }, extent)).toEqual({ row: 0, column: 1 });
    expect(stepOf(press('Home', true), corner, extent)).toEqual({ row: 0, column: 0 });
    expect(stepOf(press('End'), { row: 5, column: 0 }, extent)).toEqual({ row: 5, column: 2 });
  });
  it('lead nowhere from nothing', () => {
    expect(stepOf(press('ArrowDown'), null, { ...extent, rows: 0 })).toBeNull();
    expect(stepOf(press('Tab'), null, extent)).toBeNull();
  });
});
