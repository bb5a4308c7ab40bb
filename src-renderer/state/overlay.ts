// Which of the panels above the screens is open: at most one.

import { createStore, type StoreApi } from 'zustand/vanilla';

export interface Overlay {
  readonly open: 'palette' | 'help' | null;
}

export const overlayStore = (): StoreApi<Overlay> => createStore<Overlay>(() => ({ open: null }));
