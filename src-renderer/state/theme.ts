// Light, dark, or as the system says; kept over starts. public/theme-boot.js applies the same rule before the first
// paint.

import { createStore, type StoreApi } from 'zustand/vanilla';
import { keep, readKept } from './kept.ts';

export const THEME_CHOICES = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof THEME_CHOICES)[number];
export type Theme = 'light' | 'dark';

export interface ThemeState {
  readonly choice: ThemeChoice;
  /** What is shown. */
  readonly theme: Theme;
}

/** As public/theme-boot.js reads it. */
const KEY = 'theme';

export function themeStore(page: Window): StoreApi<ThemeState> {
  const system = page.matchMedia('(prefers-color-scheme: dark)');
  const shown = (choice: ThemeChoice): Theme => (choice === 'system' ? (system.matches ? 'dark' : 'light') : choice);
  const first = readChoice(page);
  const store = createStore<ThemeState>(() => ({ choice: first, theme: shown(first) }));
  system.addEventListener('change', () => store.setState((s) => ({ theme: shown(s.choice) })));
  store.subscribe(({ choice, theme }, before) => {
    page.document.documentElement.dataset.theme = theme;
    if (choice !== before.choice) keep(page, KEY, choice);
  });
  page.document.documentElement.dataset.theme = store.getState().theme;
  return store;
}

export function chooseTheme(store: StoreApi<ThemeState>, page: Window, choice: ThemeChoice): void {
  const dark = page.matchMedia('(prefers-color-scheme: dark)').matches;
  store.setState({ choice, theme: choice === 'system' ? (dark ? 'dark' : 'light') : choice });
}

function readChoice(page: Window): ThemeChoice {
  const kept = readKept(page, KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}
