// Sources: bring logs in by path (or by dropping files on the Electron window), see what was read and every problem
// with its place, let other programs send events, and what the workspace holds.

import { useStore } from 'zustand';
import { useApp } from '../state/use-app.ts';
import { ErrorNotice, Loading } from '../widgets/notice.tsx';
import { ImportForm } from './import-form.tsx';
import { ImportOutcome } from './import-outcome.tsx';
import { LogTable } from './log-table.tsx';
import { ReceiverPanel } from './receiver-panel.tsx';

export function SourcesScreen() {
  const { workspace, imports } = useApp();
  const state = useStore(workspace);
  const outcome = useStore(imports.store);
  return (
    <div className="sources">
      <section>
        <h2>Import</h2>
        <ImportForm />
        <ImportOutcome state={outcome} />
      </section>
      <section>
        <h2>Receiver</h2>
        <ReceiverPanel />
      </section>
      <section>
        <h2>Logs of this workspace</h2>
        {state.status === 'ready' ? <LogTable workspace={state.value} /> : null}
        {state.status === 'loading' ? <Loading what="the logs" lines={5} /> : null}
        {state.status === 'error' ? (
          <ErrorNotice what="The workspace cannot be read" error={state.error} onRetry={workspace.refresh} />
        ) : null}
      </section>
    </div>
  );
}
