// The schema as rows of a tree: views first, since they have names in place of ids; then functions; then tables. A filter
// finds tables by name, or by a column, which is then shown. Pure.

import type { SqlTable } from './insert-text.ts';

export type SchemaRow =
  | { readonly kind: 'group'; readonly title: string }
  | { readonly kind: 'table'; readonly table: SqlTable; readonly isOpen: boolean }
  | { readonly kind: 'column'; readonly table: SqlTable; readonly name: string; readonly type: string };

const GROUPS = [
  ['view', 'Views, with names'],
  ['macro', 'The state at a moment'],
  ['table', 'Tables, by ids'],
] as const;

export function schemaRows(tables: readonly SqlTable[], filter: string, open: ReadonlySet<string>): SchemaRow[] {
  const wanted = filter.trim().toLowerCase();
  return GROUPS.flatMap(([kind, title]): SchemaRow[] => {
    const ofKind = tables.filter((table) => table.kind === kind);
    // What a log tells is there from the first import; the ledger may be empty.
    const ordered = [...ofKind.filter((table) => !isOfLedger(table)), ...ofKind.filter(isOfLedger)];
    const rows = ordered.flatMap((table) => tableRows(table, wanted, open));
    return rows.length === 0 ? [] : [{ kind: 'group', title }, ...rows];
  });
}

const isOfLedger = ({ name }: SqlTable): boolean => name.startsWith('ledger_');

function tableRows(table: SqlTable, wanted: string, open: ReadonlySet<string>): SchemaRow[] {
  const isNamed = table.name.toLowerCase().includes(wanted);
  const found = wanted === '' ? [] : table.columns.filter(({ name }) => name.toLowerCase().includes(wanted));
  if (!isNamed && found.length === 0) return [];
  const isOpen = open.has(table.name);
  const columns = isOpen ? table.columns : isNamed ? [] : found;
  return [
    { kind: 'table', table, isOpen: isOpen || columns.length > 0 },
    ...columns.map(({ name, type }): SchemaRow => ({ kind: 'column', table, name, type })),
  ];
}
