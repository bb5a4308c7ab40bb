// The page's stores for React: thin hooks, no behaviour.

import { createContext, useContext, useEffect } from 'react';
import { useStore } from 'zustand';
import type { AnswerOf, ParamsOf } from '../../shared/api/contract.ts';
import type { App } from './app.ts';
import { LOADING, type ReadMethod, type Resource, resourceKey } from './resources.ts';
import { type ChosenLog, chooseLog } from './workspace.ts';

export const AppContext = createContext<App | null>(null);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('useApp outside of the app');
  return app;
}

/** The answer of a read, loading it when it is not there. null parameters: not yet. */
export function useResource<M extends ReadMethod>(method: M, params: ParamsOf<M> | null): Resource<AnswerOf<M>> {
  const { resources } = useApp();
  const key = params === null ? null : resourceKey(method, params);
  const isThere = useStore(resources.store, (all) => key !== null && key in all);
  useEffect(() => {
    if (key !== null && !isThere) resources.loadKey(key);
  }, [resources, key, isThere]);
  return useStore(resources.store, (all) => (key === null ? LOADING : (all[key] ?? LOADING))) as Resource<AnswerOf<M>>;
}

/** The log that is looked at; null while the workspace is not known yet. */
export function useChosenLog(): ChosenLog | null {
  const { workspace, view } = useApp();
  const state = useStore(workspace);
  const name = useStore(view, (v) => v.log);
  return state.status === 'ready' ? chooseLog(state.value.logs, name) : null;
}
