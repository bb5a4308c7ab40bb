// Before anything was asked: questions that are ready, each one click.

import { useStore } from 'zustand';
import { useApp } from '../state/use-app.ts';
import type { Example, ExampleGroup } from './examples.ts';
import { GroupTitle } from './group-title.tsx';

export interface FirstQueriesProps {
  readonly groups: readonly ExampleGroup[];
  readonly onAsk: (example: Example) => void;
}

export function FirstQueries({ groups, onAsk }: FirstQueriesProps) {
  const { workspace, view } = useApp();
  const isEmpty = useStore(workspace, (s) => s.status === 'ready' && s.value.logs.length === 0);
  const [first] = groups;
  return (
    <div className="sql-first">
      {isEmpty ? (
        <p className="sql-note">
          This workspace holds no logs yet: queries run, and find nothing.{' '}
          <button type="button" className="link" onClick={() => view.setState({ screen: 'sources' })}>
            Import a log
          </button>
        </p>
      ) : null}
      <h2>Questions to begin with, of {first ? <GroupTitle group={first} /> : null}</h2>
      <ul>
        {first?.examples.map((example) => (
          <li key={example.id}>
            <button type="button" onClick={() => onAsk(example)}>
              <b>{example.title}</b>
              <span className="dim">{example.about}</span>
            </button>
          </li>
        ))}
      </ul>
      <p className="dim">
        A query reads a copy of this workspace in a process of its own: it changes nothing, reaches no file, and can be
        ended at any time. SQL is DuckDB’s.
      </p>
    </div>
  );
}
