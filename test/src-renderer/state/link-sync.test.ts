// The address and the view in step: a choice is a step in the history, a moving cursor is not, and going back restores.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { cursorStore } from '../../../src-renderer/state/cursor.ts';
import { syncLink } from '../../../src-renderer/state/link-sync.ts';
import { viewStore } from '../../../src-renderer/state/view.ts';

/** The part of a window that has a history. */
function fakePage(hash: string) {
  const entries = [hash];
  let listener: (() => void) | null = null;
  const location = { hash };
  const put = (link: string): void => {
    location.hash = link;
  };
  return {
    entries,
    location: location as Location,
    history: {
      pushState: (_state: unknown, _unused: string, link: string) => {
        entries.push(link);
        put(link);
      },
      replaceState: (_state: unknown, _unused: string, link: string) => {
        entries[entries.length - 1] = link;
        put(link);
      },
    } as History,
    addEventListener: (_type: string, added: () => void) => {
      listener = added;
    },
    removeEventListener: () => {
      listener = null;
    },
    back() {
      entries.pop();
      put(entries.at(-1) as string);
      listener?.();
    },
    isListening: () => listener !== null,
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function start(hash: string) {
  const page = fakePage(hash);
  const view = viewStore();
  const cursor = cursorStore();
  const stop = syncLink(page as unknown as Window, view, cursor);
  return { page, view, cursor, stop };
}

describe('syncLink', () => {
  it('starts from the address', () => {
    const { view, cursor } = start('#/time?log=a&at=2025-12-25T00:00:00Z');
    expect(view.getState()).toEqual({ screen: 'time', log: 'a', pipeline: null, subject: null, query: null });
    expect(cursor.getState().us).toBe(1766620800000000);
  });

  it('makes a step of each choice', () => {
    const { page, view } = start('');
    view.setState({ screen: 'graph' });
    view.setState({ pipeline: 'p' });
    view.setState({ pipeline: 'p' });
    expect(page.entries).toEqual(['', '#/graph', '#/graph?pipeline=p']);
  });

  it('rewrites the step once a moving cursor rests', () => {
    const { page, cursor } = start('#/time');
    for (let us = 1; us <= 60; us++) cursor.setState({ us: us * 1_000_000 });
    expect(page.entries).toEqual(['#/time']);
    vi.runAllTimers();
    expect(page.entries).toEqual(['#/time?at=1970-01-01T00:01:00Z']);
  });

  it('goes back without making new steps', () => {
    const { page, view } = start('');
    view.setState({ screen: 'graph' });
    view.setState({ log: 'b' });
    page.back();
    expect(view.getState()).toEqual({ screen: 'graph', log: null, pipeline: null, subject: null, query: null });
    vi.runAllTimers();
    expect(page.entries).toEqual(['', '#/graph']);
  });

  it('stops', () => {
    const { page, view, stop } = start('');
    stop();
    view.setState({ screen: 'sla' });
    expect([page.entries, page.isListening()]).toEqual([[''], false]);
  });
});
