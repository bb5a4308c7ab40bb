// Where a key leads from one cell of a table to another. Pure.

export interface Cell {
  readonly row: number;
  readonly column: number;
}

export interface Extent {
  readonly rows: number;
  readonly columns: number;
  /** Rows in sight. */
  readonly page: number;
}

type Press = Pick<React.KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** null for a key that walks nowhere. */
export function stepOf(press: Press, from: Cell | null, { rows, columns, page }: Extent): Cell | null {
  if (press.altKey || rows === 0 || columns === 0) return null;
  const { row, column } = from ?? { row: 0, column: 0 };
  const far = press.ctrlKey || press.metaKey;
  const moves: Readonly<Record<string, Cell>> = {
    ArrowDown: { row: far ? rows - 1 : row + 1, column },
    ArrowUp: { row: far ? 0 : row - 1, column },
    ArrowRight: { row, column: far ? columns - 1 : column + 1 },
    ArrowLeft: { row, column: far ? 0 : column - 1 },
    PageDown: { row: row + page, column },
    PageUp: { row: row - page, column },
    Home: { row: far ? 0 : row, column: 0 },
    End: { row: far ? rows - 1 : row, column: columns - 1 },
  };
  const to = Object.hasOwn(moves, press.key) ? moves[press.key] : undefined;
  if (!to) return null;
  return {
    row: Math.min(rows - 1, Math.max(0, to.row)),
    column: Math.min(columns - 1, Math.max(0, to.column)),
  };
}
