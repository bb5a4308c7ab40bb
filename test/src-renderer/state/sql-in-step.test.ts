// What is being written in the SQL console beside the link: a link fills it in once, and takes nothing away after that.

import { expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { WorkspaceView } from '../../../shared/api/views.ts';
import type { Resource } from '../../../src-renderer/state/resources.ts';
import { keepSqlInStep } from '../../../src-renderer/state/sql-in-step.ts';
import { createSqlMemory } from '../../../src-renderer/state/sql-memory.ts';
import type { SqlRun, SqlState } from '../../../src-renderer/state/sql-run.ts';
import { FIRST_VIEW, viewStore } from '../../../src-renderer/state/view.ts';

/** A page whose link has `query`; its workspace was open before, where `ran` ran last and `written` was being written. */
function open(query: string | null, isReload: boolean) {
  const kept = new Map([
    [
      'landfall.sql /w',
      JSON.stringify({ draft: 'written', queries: [{ sql: 'ran', atMs: 1, ended: 1, elapsedMs: 1 }] }),
    ],
  ]);
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const view = viewStore({ ...FIRST_VIEW, query });
  const store = createStore<Pick<SqlState, 'draft'>>(() => ({ draft: '' })) as SqlRun['store'];
  const workspace = createStore<Resource<WorkspaceView>>(() => ({ status: 'loading' }));
  const run: SqlRun = { store, run: () => {}, save: () => {}, cancel: () => {} };
  keepSqlInStep(
    run,
    createSqlMemory(() => storage),
    view,
    workspace,
    isReload,
  );
  workspace.setState({ status: 'ready', value: { dir: '/w', logs: [] } as unknown as WorkspaceView }, true);
  return { view, store, draft: () => store.getState().draft };
}

it('fills in the query of a link, else what was being written', () => {
  expect(open('asked', false).draft()).toBe('asked');
  expect(open('ran', false).draft()).toBe('ran');
  expect(open(null, false).draft()).toBe('written');
});

it('has after a reload what was written since the query of the link ran', () => {
  expect(open('ran', true).draft()).toBe('written');
  expect(open('asked', true).draft()).toBe('asked');
});

it('keeps what was written when one comes back to the same link', () => {
  const { view, store, draft } = open('asked', false);
  store.setState({ draft: 'more' });
  view.setState({ screen: 'home', query: null });
  view.setState({ screen: 'sql', query: 'asked' });
  expect(draft()).toBe('more');
  view.setState({ query: 'another' });
  expect(draft()).toBe('another');
});
