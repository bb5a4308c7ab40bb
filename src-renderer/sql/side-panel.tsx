// Beside the query: the tables there are, questions that are ready, and what was asked before. Tabs, as the pattern has it:
// one stop of the tab key, arrows between them.

import { useRef } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../state/use-app.ts';
import { rowsText, secondsText } from './cells.ts';
import type { Example, ExampleGroup } from './examples.ts';
import { GroupTitle } from './group-title.tsx';
import { SchemaPanel, type SchemaPanelProps } from './schema-panel.tsx';

export const TABS = ['tables', 'questions', 'earlier'] as const;
export type Tab = (typeof TABS)[number];
const TITLES: Readonly<Record<Tab, string>> = { tables: 'Tables', questions: 'Questions', earlier: 'Earlier' };

export interface SidePanelProps extends SchemaPanelProps {
  readonly tab: Tab;
  readonly onTab: (tab: Tab) => void;
  readonly groups: readonly ExampleGroup[];
  readonly onAsk: (example: Example) => void;
  readonly onEarlier: (sql: string) => void;
}

export function SidePanel(props: SidePanelProps) {
  const { tab, onTab } = props;
  const tabs = useRef<HTMLDivElement>(null);
  const walk = (event: React.KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = TABS[(TABS.indexOf(tab) + step + TABS.length) % TABS.length] as Tab;
    onTab(next);
    tabs.current?.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  };
  return (
    <aside className="sql-side" aria-label="Beside the query">
      <div ref={tabs} className="sql-tabs" role="tablist" aria-label="Beside the query" onKeyDown={walk}>
        {TABS.map((each) => (
          <button
            key={each}
            type="button"
            role="tab"
            id={`sql-tab-${each}`}
            data-tab={each}
            aria-selected={each === tab}
            aria-controls="sql-tab-panel"
            tabIndex={each === tab ? 0 : -1}
            onClick={() => onTab(each)}
          >
            {TITLES[each]}
          </button>
        ))}
      </div>
      <div className="sql-tab-panel" id="sql-tab-panel" role="tabpanel" aria-labelledby={`sql-tab-${tab}`}>
        <TabContent {...props} />
      </div>
    </aside>
  );
}

function TabContent({ tab, filterField, onTable, onColumn, groups, onAsk, onEarlier }: SidePanelProps) {
  if (tab === 'tables') return <SchemaPanel filterField={filterField} onTable={onTable} onColumn={onColumn} />;
  if (tab === 'questions') return <Questions groups={groups} onAsk={onAsk} />;
  return <Earlier onEarlier={onEarlier} />;
}

function Questions({ groups, onAsk }: Pick<SidePanelProps, 'groups' | 'onAsk'>) {
  const { workspace } = useApp();
  const isLive = useStore(workspace, (s) => s.status !== 'ready' || s.value.logs.some((log) => log.isLive));
  return groups.map((group) => (
    <section key={group.id} className="sql-questions">
      <h2>
        of <GroupTitle group={group} />
      </h2>
      {group.id === 'ledger' && !isLive ? <p className="dim">Nothing has arrived in it yet.</p> : null}
      <ul>
        {group.examples.map((example) => (
          <li key={example.id}>
            <button type="button" onClick={() => onAsk(example)}>
              {example.title}
              <small>{example.about}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  ));
}

const AT = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });

function Earlier({ onEarlier }: Pick<SidePanelProps, 'onEarlier'>) {
  const { sqlMemory } = useApp();
  const queries = useStore(sqlMemory.store);
  if (queries.length === 0) return <p className="dim sql-none">What you run is kept here, in this browser alone.</p>;
  return (
    <div className="sql-questions">
      <ul aria-label="Earlier queries">
        {queries.map(({ sql, atMs, ended, isCut, elapsedMs }) => (
          <li key={sql}>
            <button type="button" title={sql} onClick={() => onEarlier(sql)}>
              <span className="mono sql-earlier">{sql}</span>
              <small>
                {AT.format(atMs)} · {typeof ended === 'number' ? rowsText(ended, isCut === true) : ended} ·{' '}
                {secondsText(elapsedMs)}
              </small>
            </button>
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={sqlMemory.forget}>
        Forget them
      </button>
    </div>
  );
}
