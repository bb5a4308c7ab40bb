// Puts the rows of a table in the order of their ids, which must be 0 … n - 1, each once (REFERENCE_DAY: dense from 0).
// Rows that are in that order already, as everybody writes them, cost one pass and no copy.

import type { ProblemList } from '../problem-list.ts';
import { type IntegerTable, lineOfRow } from './integer-csv.ts';

export interface DenseTable {
  readonly count: number;
  /** The columns after the id, by id. */
  readonly columns: readonly Int32Array[];
  /** The line of an id in its file. */
  lineOf(id: number): number;
}

/** The first column is the id. Null when the ids are not dense. */
export function denseRows(table: IntegerTable, idName: string, file: string, problems: ProblemList): DenseTable | null {
  const [ids, ...columns] = table.columns;
  const count = table.rows;
  if (isInOrder(ids)) return { count, columns, lineOf: lineOfRow };
  const rowOf = rowsById(ids, idName, file, problems);
  if (rowOf === null) return null;
  return {
    count,
    columns: columns.map((column) => rowOf.map((row) => column[row])),
    lineOf: (id) => lineOfRow(rowOf[id]),
  };
}

function isInOrder(ids: Int32Array): boolean {
  for (let row = 0; row < ids.length; row++) if (ids[row] !== row) return false;
  return true;
}

function rowsById(ids: Int32Array, idName: string, file: string, problems: ProblemList): Int32Array | null {
  const rowOf = new Int32Array(ids.length).fill(-1);
  let isDense = true;
  ids.forEach((id, row) => {
    const reason = idReason(id, idName, rowOf);
    if (reason === null) rowOf[id] = row;
    else problems.error(file, lineOfRow(row), reason);
    isDense &&= reason === null;
  });
  return isDense ? rowOf : null;
}

function idReason(id: number, idName: string, rowOf: Int32Array): string | null {
  if (id < 0 || id >= rowOf.length) {
    return `${idName} ${id}: ids are dense from 0, so with ${rowOf.length} rows the largest is ${rowOf.length - 1}`;
  }
  return rowOf[id] < 0 ? null : `${idName} ${id} is there twice, first on line ${lineOfRow(rowOf[id])}`;
}
