// Joins the names of a log with those of its catalog: by name, never by id. The view's ids are the log's own rows,
// and what only the catalog knows comes after them.

interface NameTable {
  readonly namespace: readonly string[];
  readonly name: readonly string[];
}

export interface NameJoin {
  /** Rows of the view: the log's first, then those that only the catalog has. */
  readonly count: number;
  /** View row to the row in the catalog, or -1. */
  readonly toCatalog: Int32Array;
  /** Catalog row to view row. */
  readonly ofCatalog: Int32Array;
}

export function joinNames(log: NameTable, catalog: NameTable): NameJoin {
  const rowOfKey = new Map<string, number>();
  log.name.forEach((_, row) => rowOfKey.set(keyOf(log, row), row));
  const toCatalog: number[] = log.name.map(() => -1);
  const ofCatalog = Int32Array.from(catalog.name, (_, row) => {
    const view = rowOfKey.get(keyOf(catalog, row)) ?? toCatalog.length;
    toCatalog[view] = row;
    return view;
  });
  return { count: toCatalog.length, toCatalog: Int32Array.from(toCatalog), ofCatalog };
}

const keyOf = (table: NameTable, row: number): string => `${table.namespace[row]}\0${table.name[row]}`;

/** A text column of the view: the log's where it has the row, else the catalog's. */
export function joinTexts(join: NameJoin, log: readonly string[], catalog: readonly string[]): string[] {
  return Array.from({ length: join.count }, (_, row) => log[row] ?? catalog[join.toCatalog[row]] ?? '');
}
