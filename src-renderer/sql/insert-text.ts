// What goes into the query when a name of the schema is chosen, and where. Pure.

import type { SqlSchemaView } from '../../shared/api/views-sql.ts';

export type SqlTable = SqlSchemaView['tables'][number];

const PLAIN = /^[a-z_][a-z0-9_]*$/;

/** A name as SQL writes it. */
const sqlName = (name: string): string => (PLAIN.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

/** Into an empty query goes a whole one, which can be run at once. */
export function textOfTable({ name, kind }: Pick<SqlTable, 'name' | 'kind'>, isEmpty: boolean): string {
  const from = kind === 'macro' ? `${sqlName(name)}()` : sqlName(name);
  return isEmpty && kind !== 'macro' ? `SELECT *\nFROM ${from}\nLIMIT 100` : from;
}

export const textOfColumn = (name: string): string => sqlName(name);

/** A space is put between two words. `before` and `after`: the text around where it goes. */
export const spaced = (before: string, text: string, after: string): string =>
  `${/[\w"')]$/.test(before) ? ' ' : ''}${text}${/^[\w"']/.test(after) ? ' ' : ''}`;
