// A table of any length: only the rows in sight are mounted, between two spacer rows. Up and Down walk the rows'
// buttons. The rows are the caller's own order; the table sorts nothing.

import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';

export interface Column<Row> {
  readonly id: string;
  readonly title: string;
  /** The title is for screen readers only. */
  readonly isTitleHidden?: boolean;
  /** A CSS width; columns without one share the rest. */
  readonly width?: string;
  readonly align?: 'right';
  render(row: Row): React.ReactNode;
}

export interface DataTableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string | number;
  /** Rows shown before the table scrolls. */
  readonly rowsMax?: number;
  readonly isChosen?: (row: Row) => boolean;
  readonly rowHeight?: number;
}

const HEADER_PX = 28;

export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowKey, rowsMax = 12, isChosen, rowHeight = 28 } = props;
  const scroller = useRef<HTMLElement>(null);
  // oxlint-disable-next-line react/incompatible-library -- a warning for the React compiler, which is not used
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    scrollPaddingStart: HEADER_PX,
    overscan: 6,
  });
  const items = virtualizer.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);

  const walk = (event: React.KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const row = (event.target as HTMLElement).closest('tr');
    if (!step || !row?.dataset.index) return;
    event.preventDefault();
    const next = Math.min(rows.length - 1, Math.max(0, Number(row.dataset.index) + step));
    virtualizer.scrollToIndex(next);
    requestAnimationFrame(() => {
      scroller.current?.querySelector<HTMLElement>(`tr[data-index="${next}"] button`)?.focus();
    });
  };

  return (
    <section
      ref={scroller}
      className="data-table"
      aria-label={label}
      // A region that scrolls must be reachable by keyboard.
      tabIndex={0}
      style={{ '--table-height': `${rowsMax * rowHeight + HEADER_PX}px` } as React.CSSProperties}
      onKeyDown={walk}
    >
      <table aria-rowcount={rows.length + 1} style={{ height: virtualizer.getTotalSize() + HEADER_PX }}>
        <colgroup>
          {columns.map((column) => (
            <col key={column.id} style={column.width ? { width: column.width } : {}} />
          ))}
        </colgroup>
        <thead>
          <tr aria-rowindex={1}>
            {columns.map((column) => (
              <th key={column.id} scope="col" className={column.align}>
                {column.isTitleHidden ? <span className="unseen">{column.title}</span> : column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer px={above} span={columns.length} />
          {items.map((item) => {
            const row = rows[item.index];
            return (
              <tr
                key={rowKey(row)}
                data-index={item.index}
                aria-rowindex={item.index + 2}
                className={isChosen?.(row) ? 'chosen' : undefined}
                style={{ height: rowHeight }}
              >
                {columns.map((column) => (
                  <td key={column.id} className={column.align}>
                    {column.render(row)}
                  </td>
                ))}
              </tr>
            );
          })}
          <Spacer px={below} span={columns.length} />
        </tbody>
      </table>
    </section>
  );
}

function Spacer({ px, span }: { px: number; span: number }) {
  if (px <= 0) return null;
  return (
    <tr aria-hidden="true" className="spacer">
      <td colSpan={span} style={{ height: px }} />
    </tr>
  );
}
