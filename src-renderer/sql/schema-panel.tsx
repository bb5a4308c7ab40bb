// The tables, views and columns there are. A click or Enter puts a name into the query; arrows walk the list, Right and
// Left show and hide the columns.

import { ChevronRight } from 'lucide-react';
import { type RefObject, useRef, useState } from 'react';
import { useApp, useResource } from '../state/use-app.ts';
import { ErrorNotice, Loading } from '../widgets/notice.tsx';
import type { SqlTable } from './insert-text.ts';
import { type SchemaRow, schemaRows } from './schema-rows.ts';

export interface SchemaPanelProps {
  readonly filterField: RefObject<HTMLInputElement | null>;
  readonly onTable: (table: SqlTable) => void;
  readonly onColumn: (name: string) => void;
}

const NONE = {};

export function SchemaPanel({ filterField, ...names }: SchemaPanelProps) {
  const { resources } = useApp();
  const schema = useResource('sql.schema', NONE);
  const [filter, setFilter] = useState('');
  const list = useRef<HTMLUListElement>(null);
  const toList = (event: React.KeyboardEvent): void => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
    event.preventDefault();
    list.current?.querySelector<HTMLElement>('[data-row]')?.focus();
  };
  return (
    <div className="sql-schema">
      <input
        ref={filterField}
        className="field"
        aria-label="Filter tables and columns"
        placeholder="Filter tables, columns"
        value={filter}
        spellCheck={false}
        onChange={(event) => setFilter(event.target.value)}
        onKeyDown={toList}
      />
      {schema.status === 'loading' ? <Loading what="the tables" lines={10} /> : null}
      {schema.status === 'error' ? (
        <ErrorNotice
          what="The tables cannot be listed"
          error={schema.error}
          onRetry={() => resources.retry('sql.schema', NONE)}
        />
      ) : null}
      {schema.status === 'ready' ? (
        <SchemaList {...names} tables={schema.value.tables} filter={filter} list={list} />
      ) : null}
    </div>
  );
}

interface SchemaListProps extends Omit<SchemaPanelProps, 'filterField'> {
  readonly tables: readonly SqlTable[];
  readonly filter: string;
  readonly list: RefObject<HTMLUListElement | null>;
}

function SchemaList({ tables, filter, list, onTable, onColumn }: SchemaListProps) {
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const [at, setAt] = useState<string | null>(null);
  const rows = schemaRows(tables, filter, open);
  const keys = rows.filter((row) => row.kind !== 'group').map(keyOf);
  // One stop of the tab key for the whole list.
  const stop = at !== null && keys.includes(at) ? at : keys[0];

  const setIsOpen = (name: string, isOpen: boolean): void => {
    const next = new Set(open);
    if (isOpen) next.add(name);
    else next.delete(name);
    setOpen(next);
  };
  const focus = (key: string | undefined): void => {
    if (key === undefined) return;
    setAt(key);
    const buttons = list.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [];
    [...buttons].find((button) => button.dataset.row === key)?.focus();
  };
  const walk = (event: React.KeyboardEvent): void => {
    const key = (event.target as HTMLElement).dataset.row;
    const row = rows.find((each) => keyOf(each) === key);
    if (!row || row.kind === 'group' || event.altKey || event.ctrlKey || event.metaKey) return;
    const index = keys.indexOf(key as string);
    const moves: Readonly<Record<string, () => void>> = {
      ArrowDown: () => focus(keys[index + 1]),
      ArrowUp: () => focus(keys[index - 1]),
      Home: () => focus(keys[0]),
      End: () => focus(keys.at(-1)),
      ArrowRight: () => setIsOpen(row.table.name, true),
      ArrowLeft: () => {
        setIsOpen(row.table.name, false);
        focus(row.table.name);
      },
    };
    if (!Object.hasOwn(moves, event.key)) return;
    event.preventDefault();
    moves[event.key]?.();
  };

  return (
    <>
      <ul ref={list} aria-label="Tables" onKeyDown={walk}>
        {rows.map((row) => (
          <li key={keyOf(row)}>
            {row.kind === 'group' ? <h2>{row.title}</h2> : null}
            {row.kind === 'table' ? (
              <TableRow
                row={row}
                isStop={stop === keyOf(row)}
                onFocus={() => setAt(keyOf(row))}
                onOpen={(isOpen) => setIsOpen(row.table.name, isOpen)}
                onChoose={() => onTable(row.table)}
              />
            ) : null}
            {row.kind === 'column' ? (
              <button
                type="button"
                className="sql-column"
                data-row={keyOf(row)}
                tabIndex={stop === keyOf(row) ? 0 : -1}
                onFocus={() => setAt(keyOf(row))}
                onClick={() => onColumn(row.name)}
              >
                <span className="mono cut">{row.name}</span>
                <small className="cut">{row.type.toLowerCase()}</small>
              </button>
            ) : null}
          </li>
        ))}
      </ul>
      {rows.length === 0 ? <p className="dim">No table or column has {filter} in its name.</p> : null}
    </>
  );
}

function keyOf(row: SchemaRow): string {
  if (row.kind === 'group') return `group ${row.title}`;
  return row.kind === 'table' ? row.table.name : `${row.table.name}.${row.name}`;
}

interface TableRowProps {
  readonly row: Extract<SchemaRow, { kind: 'table' }>;
  readonly isStop: boolean;
  readonly onFocus: () => void;
  readonly onOpen: (isOpen: boolean) => void;
  readonly onChoose: () => void;
}

function TableRow({ row: { table, isOpen }, isStop, onFocus, onOpen, onChoose }: TableRowProps) {
  return (
    <div className="sql-table">
      {/* The keyboard has Right and Left. */}
      <button
        type="button"
        tabIndex={-1}
        className="sql-opener"
        aria-label={`${isOpen ? 'Hide' : 'Show'} the columns of ${table.name}`}
        onClick={() => onOpen(!isOpen)}
      >
        <ChevronRight size={13} aria-hidden="true" data-open={isOpen} />
      </button>
      <button
        type="button"
        data-row={table.name}
        tabIndex={isStop ? 0 : -1}
        aria-expanded={isOpen}
        title={table.about}
        onFocus={onFocus}
        onClick={onChoose}
      >
        <span className="mono">{table.name}</span>
        <small>{table.about}</small>
      </button>
    </div>
  );
}
