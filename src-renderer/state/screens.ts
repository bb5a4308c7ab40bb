// The screens there are, in the order of the rail. A screen that does not exist is not listed.

export const SCREENS = ['home', 'graph', 'time', 'why', 'order', 'fit', 'sla', 'sources', 'sql'] as const;
export type Screen = (typeof SCREENS)[number];

export const SCREEN_TITLES: Readonly<Record<Screen, string>> = {
  home: 'Home',
  graph: 'Graph',
  time: 'Time',
  why: 'Why',
  sla: 'SLA',
  order: 'Order',
  fit: 'Fit',
  sources: 'Sources',
  sql: 'SQL',
};

/** What one comes with to a screen; the palette finds it by these words too. "" where its name says it. */
export const SCREEN_QUESTIONS: Readonly<Record<Screen, string>> = {
  home: 'the night in sentences',
  graph: '',
  time: '',
  why: 'why late?',
  sla: '',
  order: 'read too early?',
  fit: 'will it fit?',
  sources: '',
  sql: 'ask the workspace',
};

export const isScreen = (text: string): text is Screen => (SCREENS as readonly string[]).includes(text);
