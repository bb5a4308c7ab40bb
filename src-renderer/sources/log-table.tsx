// The logs of the workspace, with the way to remove one. Removing asks once, in place; the source file stays where it
// is.

import { useRef, useState } from 'react';
import type { ServiceError } from '../../shared/api/errors.ts';
import type { LogView, WorkspaceView } from '../../shared/api/views.ts';
import { spanText } from '../state/night.ts';
import { asServiceError } from '../state/resources.ts';
import { useApp } from '../state/use-app.ts';
import { type Column, DataTable } from '../widgets/data-table.tsx';
import { formatCount } from '../widgets/format.ts';
import { Name } from '../widgets/name.tsx';
import { useSize } from '../widgets/use-size.ts';

/** In less, the columns would leave no room for the names: events and origin are left out, the tooltip says the origin. */
const WIDE_PX = 1000;

export function LogTable({ workspace }: { workspace: WorkspaceView }) {
  const { view } = useApp();
  const { asked, ask, remove, error } = useRemoval();
  const place = useRef<HTMLDivElement>(null);
  const { width } = useSize(place);
  const isWide = width === 0 || width >= WIDE_PX;
  const columns: Column<LogView>[] = [
    {
      id: 'name',
      title: 'log',
      render: (log) => (
        <Name
          text={log.name}
          title={`${log.title}\n${log.importedFrom}`}
          onOpen={() => view.setState({ log: log.name, screen: 'home' })}
        />
      ),
    },
    {
      id: 'source',
      title: 'source',
      width: isWide ? '112px' : '92px',
      render: (log) => <span className="log-source">{log.source}</span>,
    },
    { id: 'span', title: 'ran', width: isWide ? '24%' : '34%', render: (log) => `${spanText(log)} ${log.zone}` },
    count('pipelines', isWide, (log) => log.pipelines),
    count('task runs', isWide, (log) => log.taskRuns),
    ...(isWide ? [count('events', isWide, (log) => log.events), ORIGIN] : []),
    {
      id: 'remove',
      title: 'remove',
      isTitleHidden: true,
      width: '132px',
      align: 'right',
      // What the ledger tells is not removed: it is the truth, and other logs are copies.
      render: (log) =>
        log.isLive ? null : <RemoveButton log={log} isAsked={asked === log.name} onAsk={ask} onRemove={remove} />,
    },
  ];
  return (
    <div ref={place}>
      {workspace.logs.length === 0 ? (
        <p className="dim">None yet. Give a path above, and what it holds appears here.</p>
      ) : (
        <DataTable
          label="Logs"
          columns={columns}
          rows={workspace.logs}
          rowKey={(log) => log.name}
          rowsMax={14}
          rowHeight={32}
        />
      )}
      <p className="dim sources-where">
        Workspace folder <span className="mono">{workspace.dir}</span>
      </p>
      {error ? (
        <p role="alert" className="ink-late">
          {error.message} {error.hint}
        </p>
      ) : null}
    </div>
  );
}

const count = (title: string, isWide: boolean, of: (log: LogView) => number): Column<LogView> => ({
  id: title,
  title,
  width: isWide ? '86px' : '72px',
  align: 'right',
  render: (log) => formatCount(of(log)),
});

const ORIGIN: Column<LogView> = {
  id: 'from',
  title: 'imported from',
  width: '22%',
  render: (log) => (
    <span className="dim" title={log.importedFrom}>
      {log.isLive ? 'what arrives here' : log.importedFrom || '–'}
    </span>
  ),
};

interface RemoveProps {
  readonly log: LogView;
  readonly isAsked: boolean;
  readonly onAsk: (name: string | null) => void;
  readonly onRemove: (name: string) => void;
}

function RemoveButton({ log, isAsked, onAsk, onRemove }: RemoveProps) {
  if (!isAsked) {
    return (
      <button type="button" className="link dim" onClick={() => onAsk(log.name)} aria-label={`Remove ${log.name}`}>
        remove
      </button>
    );
  }
  return (
    <span className="remove-asked">
      <button type="button" className="link ink-late" onClick={() => onRemove(log.name)}>
        remove it
      </button>{' '}
      <button type="button" className="link" onClick={() => onAsk(null)}>
        keep
      </button>
    </span>
  );
}

function useRemoval() {
  const { client, view } = useApp();
  const [asked, ask] = useState<string | null>(null);
  const [error, setError] = useState<ServiceError | null>(null);
  const remove = (log: string): void => {
    ask(null);
    setError(null);
    client.call('log.remove', { log }).then(
      () => {
        if (view.getState().log === log) view.setState({ log: null });
      },
      (fault: unknown) => setError(asServiceError(fault)),
    );
  };
  return { asked, ask, remove, error };
}
