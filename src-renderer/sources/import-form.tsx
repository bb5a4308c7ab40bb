// Where paths come in. The services read them on this machine; the page never reads a file. A browser does not tell
// the path of a dropped file, the Electron window does.

import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { preloadOf } from '../client/preload.ts';
import { useApp } from '../state/use-app.ts';
import { droppedPaths } from './dropped-paths.ts';
import { pathsOf } from './paths-of.ts';

export function ImportForm() {
  const { imports } = useApp();
  const isRunning = useStore(imports.store, (s) => s.status === 'running');
  const [text, setText] = useState('');
  const [dropNote, setDropNote] = useState('');
  const paths = pathsOf(text);
  useDrop((found) => {
    if (found.length > 0) imports.start(found);
    else setDropNote('A browser does not tell where a dropped file lies. Paste its path instead.');
  });
  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    if (paths.length > 0) imports.start(paths);
  };
  return (
    <form className="import-form" onSubmit={submit}>
      <label htmlFor="import-paths" className="dim">
        Paths of files or folders on this machine, one a line: OpenLineage events (NDJSON or JSON, also .gz) or a
        reference-day folder. What a file is, is found by its content.
      </label>
      <div className="import-line">
        <textarea
          id="import-paths"
          className="field mono"
          rows={Math.min(6, Math.max(2, text.split('\n').length))}
          placeholder={'/data/lineage/events.ndjson\n/data/days/2025-12-24/'}
          spellCheck={false}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event);
          }}
        />
        {isRunning ? (
          <button type="button" className="button" onClick={imports.cancel}>
            Cancel
          </button>
        ) : (
          <button type="submit" className="button primary" disabled={paths.length === 0}>
            Import
          </button>
        )}
      </div>
      {dropNote ? <p role="status">{dropNote}</p> : null}
    </form>
  );
}

/** Takes files that are dropped anywhere on the window. */
function useDrop(take: (paths: string[]) => void): void {
  useEffect(() => {
    const preload = preloadOf(window);
    const over = (event: DragEvent): void => event.preventDefault();
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      take(droppedPaths(event.dataTransfer?.files ?? [], preload));
    };
    window.addEventListener('dragover', over);
    window.addEventListener('drop', drop);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('drop', drop);
    };
  });
}
