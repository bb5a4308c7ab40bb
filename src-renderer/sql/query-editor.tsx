// The text of the query: a plain textarea in the code font, with the numbers of its lines. Tab goes on to the next thing, as
// everywhere; Alt and an arrow walk the earlier queries.

import { type RefObject, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../state/use-app.ts';
import { replaceAll } from './editor-text.ts';

const LINES_MIN = 6;
const LINES_MAX = 16;

export function QueryEditor({ editor }: { editor: RefObject<HTMLTextAreaElement | null> }) {
  const { sql } = useApp();
  const draft = useStore(sql.store, (s) => s.draft);
  const wrongLine = useStore(sql.store, ({ outcome, draft: text }) =>
    outcome?.kind === 'failed' && outcome.sql === text ? (outcome.error.position?.line ?? null) : null,
  );
  const [scrollTop, setScrollTop] = useState(0);
  const walk = useEarlier(editor);
  const lineCount = draft.split('\n').length;
  return (
    <div className="sql-editor">
      <ol className="sql-lines mono" aria-hidden="true" style={{ transform: `translateY(${-scrollTop}px)` }}>
        {Array.from({ length: lineCount }, (_, i) => (
          <li key={i} className={i + 1 === wrongLine ? 'wrong' : undefined}>
            {i + 1}
          </li>
        ))}
      </ol>
      <textarea
        ref={editor}
        className="mono"
        aria-label="Query"
        aria-keyshortcuts="Control+Enter"
        aria-invalid={wrongLine !== null}
        rows={Math.min(LINES_MAX, Math.max(LINES_MIN, lineCount))}
        wrap="off"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        placeholder={'Write a query, take a table from the right,\nor begin with a question below.'}
        value={draft}
        onChange={(event) => sql.store.setState({ draft: event.target.value })}
        onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
        onKeyDown={walk}
      />
    </div>
  );
}

/** Alt and Up or Down. What was being written is at the end of the way back. */
function useEarlier(editor: RefObject<HTMLTextAreaElement | null>) {
  const { sqlMemory } = useApp();
  const written = useRef('');
  return (event: React.KeyboardEvent): void => {
    const step = event.altKey ? { ArrowUp: 1, ArrowDown: -1 }[event.key] : undefined;
    if (step === undefined || !editor.current) return;
    event.preventDefault();
    const queries = sqlMemory.store.getState().map(({ sql }) => sql);
    const text = editor.current.value;
    const at = queries.indexOf(text);
    if (at < 0) written.current = text;
    const next = at + step;
    if (next < -1 || next >= queries.length) return;
    replaceAll(editor.current, queries[next] ?? written.current);
  };
}
