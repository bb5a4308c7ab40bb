// SQL: a console over the workspace. The query on top, its rows below, and beside it the tables there are. Runs nothing by
// itself: a link fills in the query, and a person runs it.

import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { askSql } from '../state/sql-in-step.ts';
import { useApp, useChosenLog } from '../state/use-app.ts';
import { insertWord, replaceAll, selectPlace } from './editor-text.ts';
import { type Example, examplesOf } from './examples.ts';
import { textOfColumn, textOfTable } from './insert-text.ts';
import { QueryEditor } from './query-editor.tsx';
import { Results } from './results.tsx';
import { RunBar } from './run-bar.tsx';
import { SidePanel, type Tab } from './side-panel.tsx';
import './sql.css';

export function SqlScreen() {
  const app = useApp();
  const editor = useRef<HTMLTextAreaElement>(null);
  const filterField = useRef<HTMLInputElement>(null);
  const [tab, setTab] = useState<Tab>('tables');
  const groups = useGroups();
  useSqlKeys(editor, filterField, () => setTab('tables'));
  const inEditor = (work: (field: HTMLTextAreaElement) => void): void => {
    if (editor.current) work(editor.current);
  };
  const ask = ({ sql }: Example): void => {
    inEditor((field) => replaceAll(field, sql));
    askSql(app, sql);
  };
  return (
    <div className="sql">
      <div className="sql-main">
        <QueryEditor editor={editor} />
        <RunBar />
        <div className="sql-results">
          <Results
            groups={groups}
            onAsk={ask}
            onShow={(position) => inEditor((field) => selectPlace(field, position))}
          />
        </div>
      </div>
      <SidePanel
        tab={tab}
        onTab={setTab}
        groups={groups}
        filterField={filterField}
        onAsk={ask}
        onEarlier={(sql) => inEditor((field) => replaceAll(field, sql))}
        onTable={(table) => inEditor((field) => insertWord(field, textOfTable(table, field.value.trim() === '')))}
        onColumn={(name) => inEditor((field) => insertWord(field, textOfColumn(name)))}
      />
    </div>
  );
}

/** Of what is looked at first: a live log is in the ledger. */
function useGroups() {
  const chosen = useChosenLog();
  const log = chosen?.kind === 'log' ? chosen.log : null;
  const isLive = log?.isLive === true;
  const name = isLive ? null : (log?.name ?? null);
  return useMemo(() => {
    const groups = examplesOf(name);
    return isLive ? [...groups].reverse() : groups;
  }, [name, isLive]);
}

const FIELDS = 'input, textarea, select';

/** Before the keys of the frame, which uses Escape otherwise. */
function useSqlKeys(
  editor: RefObject<HTMLTextAreaElement | null>,
  filterField: RefObject<HTMLInputElement | null>,
  showTables: () => void,
): void {
  const app = useApp();
  // Before the screen is seen: a key that is pressed at once is meant for it.
  useLayoutEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (app.overlay.getState().open !== null || event.isComposing || event.altKey) return;
      const target = event.target as Element;
      const keys: Readonly<Record<string, () => boolean>> = {
        Escape: () => {
          if (app.sql.store.getState().running) app.sql.cancel();
          else if (target.matches(FIELDS)) (target as HTMLElement).blur();
          else return false;
          return true;
        },
        Enter: () => {
          if (!event.ctrlKey && !event.metaKey) return false;
          askSql(app, app.sql.store.getState().draft);
          return true;
        },
        e: () => !isTyping(event) && focused(editor.current),
        '/': () => {
          if (isTyping(event)) return false;
          showTables();
          // The field is there with the next frame.
          requestAnimationFrame(() => filterField.current?.focus());
          return true;
        },
      };
      if (!Object.hasOwn(keys, event.key) || !keys[event.key]?.()) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', press, { capture: true });
    return () => window.removeEventListener('keydown', press, { capture: true });
  }, [app, editor, filterField, showTables]);
}

const isTyping = ({ target, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  ctrlKey || metaKey || (target as Element).matches(FIELDS);

function focused(field: HTMLElement | null): boolean {
  field?.focus();
  return field !== null;
}
