// What is looked at: the log, the selected pipeline and the screen, all by name, so that a link works in any copy of
// the workspace. The time cursor lives apart (cursor.ts) because it moves sixty times a second.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Screen } from './screens.ts';

export interface View {
  readonly screen: Screen;
  /** null: the default log of the workspace. */
  readonly log: string | null;
  /** A pipeline key (pipeline-key.ts), or null for none. */
  readonly pipeline: string | null;
  /** What Why is about: a run or a dataset as people write it; null for the night's latest. */
  readonly subject: string | null;
  /** What SQL asked last; null for nothing yet. */
  readonly query: string | null;
}

export const FIRST_VIEW: View = { screen: 'home', log: null, pipeline: null, subject: null, query: null };

export const viewStore = (first: View = FIRST_VIEW): StoreApi<View> => createStore<View>(() => first);
