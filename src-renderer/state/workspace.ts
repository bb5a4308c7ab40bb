// The workspace as last told: its logs. Asked again on every change that the services tell and on every new
// connection, since a change may have been missed while there was none.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/api/client.ts';
import type { LogView, WorkspaceView } from '../../shared/api/views.ts';
import type { Connection } from '../client/connection.ts';
import { asServiceError, type Resource, type Resources } from './resources.ts';

export type WorkspaceStore = StoreApi<Resource<WorkspaceView>>;

export function workspaceStore(client: Client, connection: StoreApi<Connection>, resources: Resources): WorkspaceStore {
  const store: WorkspaceStore = createStore<Resource<WorkspaceView>>(() => ({ status: 'loading' }));
  const refresh = async (): Promise<void> => {
    try {
      const value = await client.call('workspace.get', {});
      resources.keepOnly(new Set(value.logs.map((log) => log.name)));
      store.setState({ status: 'ready', value }, true);
    } catch (error) {
      store.setState({ status: 'error', error: asServiceError(error) }, true);
    }
  };
  client.listen('workspace.changed', () => void refresh());
  connection.subscribe((now, before) => {
    if (now.status === 'open' && before.status === 'lost') void refresh();
  });
  void refresh();
  return store;
}

/** The log that is looked at; `missing` when the view names one that is not there. */
export type ChosenLog =
  | { readonly kind: 'log'; readonly log: LogView }
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'none' };

/** Without a name: what was observed last, else what there is. */
export function chooseLog(logs: readonly LogView[], name: string | null): ChosenLog {
  if (name !== null) {
    const log = logs.find((each) => each.name === name);
    return log ? { kind: 'log', log } : { kind: 'missing', name };
  }
  const [first] = [...logs].sort(
    (a, b) => Number(b.source === 'observed') - Number(a.source === 'observed') || (b.toUs || 0) - (a.toUs || 0),
  );
  return first ? { kind: 'log', log: first } : { kind: 'none' };
}
