// The rows of an answer: only the cells in sight are there, whatever the number of rows and columns. Arrows walk the cells;
// the one walked to is told whole below, and Ctrl C copies it. Types say how a cell stands; NULL is shown as such.

import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { SqlView } from '../../shared/api/views-sql.ts';
import { formatCount } from '../widgets/format.ts';
import { cellText, columnWidths, isNumeric, longText } from './cells.ts';
import { type Cell, stepOf } from './walk-cells.ts';

const ROW_PX = 26;
const HEADER_PX = 42;
const NUMBER_PX = 56;

export function ResultTable({ view }: { view: SqlView }) {
  const { columns, rows } = view;
  const scroller = useRef<HTMLDivElement>(null);
  const id = useId();
  const widths = useMemo(() => columnWidths(columns, rows), [columns, rows]);
  const [cell, setCell] = useState<Cell | null>(null);
  useKeptInSight(scroller, cell);
  // oxlint-disable-next-line react/incompatible-library -- a warning for the React compiler, which is not used
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    paddingStart: HEADER_PX,
    scrollPaddingStart: HEADER_PX,
    overscan: 8,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (i) => widths[i] ?? 0,
    paddingStart: NUMBER_PX,
    scrollPaddingStart: NUMBER_PX,
    overscan: 3,
  });
  const shown = across.getVirtualItems();
  const width = across.getTotalSize();

  const goTo = (next: Cell): void => {
    setCell(next);
    down.scrollToIndex(next.row);
    across.scrollToIndex(next.column);
  };
  const walk = (event: React.KeyboardEvent): void => {
    const page = Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEADER_PX) / ROW_PX) - 1);
    const next = stepOf(event, cell, { rows: rows.length, columns: columns.length, page });
    if (next === null) return;
    event.preventDefault();
    goTo(next);
  };
  const copy = (event: React.ClipboardEvent): void => {
    if (cell === null || (window.getSelection()?.toString() ?? '') !== '') return;
    event.preventDefault();
    event.clipboardData.setData('text/plain', cellText(rows[cell.row]?.[cell.column]) ?? '');
  };

  return (
    <>
      <div
        ref={scroller}
        className="sql-rows"
        role="grid"
        aria-label="Rows"
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        aria-activedescendant={cell ? `${id}-${cell.row}-${cell.column}` : undefined}
        tabIndex={0}
        onKeyDown={walk}
        onFocus={() => {
          if (cell === null && rows.length > 0) setCell({ row: 0, column: 0 });
        }}
        onCopy={copy}
      >
        <div className="sql-head" role="row" aria-rowindex={1} style={{ width }}>
          <span className="sql-number" role="columnheader" aria-colindex={1}>
            <span className="unseen">row</span>
          </span>
          {shown.map((item) => {
            const { name, type } = columns[item.index] as (typeof columns)[number];
            return (
              <span
                key={item.key}
                role="columnheader"
                aria-colindex={item.index + 2}
                className={isNumeric(type) ? 'right' : undefined}
                style={{ left: item.start, width: item.size }}
                title={`${name} ${type}`}
              >
                <b>{name}</b>
                <small>{type}</small>
              </span>
            );
          })}
        </div>
        <div style={{ width, height: down.getTotalSize() - HEADER_PX }} aria-hidden="true" />
        {down.getVirtualItems().map((line) => (
          <div
            key={line.key}
            className="sql-row"
            role="row"
            aria-rowindex={line.index + 2}
            style={{ width, transform: `translateY(${line.start}px)` }}
          >
            <span className="sql-number" role="rowheader" aria-colindex={1}>
              {formatCount(line.index + 1)}
            </span>
            {shown.map((item) => {
              const text = cellText(rows[line.index]?.[item.index]);
              const isHere = cell?.row === line.index && cell.column === item.index;
              return (
                <span
                  key={item.key}
                  id={`${id}-${line.index}-${item.index}`}
                  role="gridcell"
                  aria-colindex={item.index + 2}
                  aria-selected={isHere}
                  className={classOf(columns[item.index]?.type ?? '', text)}
                  style={{ left: item.start, width: item.size }}
                  // A click would come too late: with the focus rows make room for the cell below, and others move there.
                  onMouseDown={() => setCell({ row: line.index, column: item.index })}
                >
                  {text ?? 'NULL'}
                </span>
              );
            })}
          </div>
        ))}
      </div>
      {cell ? <WholeCell view={view} cell={cell} /> : null}
    </>
  );
}

/** What tells a cell whole takes room from the rows, and the cell may be the lowest of them. */
function useKeptInSight(scroller: RefObject<HTMLElement | null>, cell: Cell | null): void {
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || !cell) return;
    const hiddenPx = HEADER_PX + (cell.row + 1) * ROW_PX - element.clientHeight - element.scrollTop;
    // Further than a page it is scrolled to anyway.
    if (hiddenPx > 0 && hiddenPx < element.clientHeight) element.scrollBy(0, hiddenPx);
  }, [scroller, cell]);
}

const classOf = (type: string, text: string | null): string =>
  `${isNumeric(type) ? 'right' : ''} ${text === null ? 'null' : ''}`.trim();

function WholeCell({ view: { columns, rows }, cell: { row, column } }: { view: SqlView; cell: Cell }) {
  const { name, type } = columns[column] ?? { name: '', type: '' };
  return (
    <div className="sql-cell">
      <span className="dim">
        row {formatCount(row + 1)} · <span className="mono">{name}</span> {type}
      </span>
      {/* What is long scrolls, so it must be reachable by keyboard. */}
      <pre className="mono" data-figure="sql-cell" tabIndex={0}>
        {longText(rows[row]?.[column])}
      </pre>
    </div>
  );
}
