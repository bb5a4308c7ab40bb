// The workspace as last told: its logs. Asked again on every change that the services tell and on every new
// connection, since a change may have been missed while there was none.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Client } from '../../shared/api/client.ts';
import type { LogView, WorkspaceView } from '../../shared/api/views.ts';
import type { Connection } from '../client/connection.ts';
import { asServiceError, type Resource, type Resources } from './resources.ts';

export interface WorkspaceStore extends StoreApi<Resource<WorkspaceView>> {
  /** Asks again, after an error. */
  refresh(): void;
}

export function workspaceStore(client: Client, connection: StoreApi<Connection>, resources: Resources): WorkspaceStore {
  const store = createStore<Resource<WorkspaceView>>(() => ({ status: 'loading' }));
  const refresh = async (): Promise<void> => {
    try {
      const value = await client.call('workspace.get', {});
      resources.keepOnly(unchangedLogs(store.getState(), value));
      store.setState({ status: 'ready', value }, true);
    } catch (error) {
      store.setState({ status: 'error', error: asServiceError(error) }, true);
    }
  };
  client.listen('workspace.changed', () => void refresh());
  connection.subscribe((now, before) => {
    const wasAway = before.status === 'lost' || before.status === 'refused';
    if (now.status === 'open' && wasAway) void refresh();
  });
  void refresh();
  return { ...store, refresh: () => void refresh() };
}

/** The logs that are what they were: one of the same name may have other content by now. */
function unchangedLogs(before: Resource<WorkspaceView>, now: WorkspaceView): Set<string> {
  const known = new Map(before.status === 'ready' ? before.value.logs.map((log) => [log.name, log]) : []);
  const isUnchanged = (log: LogView): boolean => {
    const old = known.get(log.name);
    // A log that grows keeps its answers until the new ones are there.
    return old === undefined || log.isLive === true || JSON.stringify(old) === JSON.stringify(log);
  };
  return new Set(now.logs.filter(isUnchanged).map((log) => log.name));
}

/** The log that is looked at; `missing` when the view names one that is not there. */
export type ChosenLog =
  | { readonly kind: 'log'; readonly log: LogView }
  | { readonly kind: 'missing'; readonly name: string }
  | { readonly kind: 'none' };

/** Without a name: what was observed last, else what there is. Of logs that end together the one that begins last. */
export function chooseLog(logs: readonly LogView[], name: string | null): ChosenLog {
  if (name !== null) {
    const log = logs.find((each) => each.name === name);
    return log ? { kind: 'log', log } : { kind: 'missing', name };
  }
  const [first] = [...logs].sort(
    (a, b) =>
      Number(b.source === 'observed') - Number(a.source === 'observed') ||
      (b.toUs || 0) - (a.toUs || 0) ||
      (b.fromUs || 0) - (a.fromUs || 0),
  );
  return first ? { kind: 'log', log: first } : { kind: 'none' };
}
