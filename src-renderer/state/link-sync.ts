// Keeps the address and the view in step, both ways. A new screen, log or selection is a step in the history; the
// time cursor only rewrites the current step, once it rests.

import type { StoreApi } from 'zustand/vanilla';
import type { Cursor } from './cursor.ts';
import { formatLink, type LinkedView, parseLink } from './deep-link.ts';
import type { View } from './view.ts';

const CURSOR_REST_MS = 250;

type Page = Pick<Window, 'location' | 'history' | 'addEventListener' | 'removeEventListener'>;

/** Returns the way to stop. */
export function syncLink(page: Page, view: StoreApi<View>, cursor: StoreApi<Cursor>): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reading = false;

  const read = (): void => {
    reading = true;
    const { atUs, ...linked } = parseLink(page.location.hash);
    view.setState(linked);
    cursor.setState({ us: atUs });
    reading = false;
  };
  const current = (): LinkedView => ({ ...view.getState(), atUs: cursor.getState().us });
  const write = (how: 'pushState' | 'replaceState'): void => {
    clearTimeout(timer);
    const link = formatLink(current());
    if (link !== page.location.hash) page.history[how](null, '', link);
  };

  read();
  const stopView = view.subscribe(() => {
    if (!reading) write('pushState');
  });
  const stopCursor = cursor.subscribe(() => {
    if (reading) return;
    clearTimeout(timer);
    timer = setTimeout(() => write('replaceState'), CURSOR_REST_MS);
  });
  page.addEventListener('popstate', read);
  return () => {
    clearTimeout(timer);
    stopView();
    stopCursor();
    page.removeEventListener('popstate', read);
  };
}
