// The whole view as the hash of the address: `#/graph?log=observed&pipeline=features.user_daily&at=2025-12-25T00:42:00Z`.
// Reading never fails: what is not understood is the default.

import { formatInstant, parseInstant } from '../../shared/base/time.ts';
import { isScreen } from './screens.ts';
import { FIRST_VIEW, type View } from './view.ts';

export interface LinkedView extends View {
  /** The time cursor in µs; null for the end of the log. */
  readonly atUs: number | null;
}

/** A longer query is left out: not every program that passes links on takes more. */
const QUERY_CHARS = 4_000;

export function formatLink(view: LinkedView): string {
  const query = new URLSearchParams();
  if (view.log !== null) query.set('log', view.log);
  if (view.pipeline !== null) query.set('pipeline', view.pipeline);
  if (view.subject !== null) query.set('of', view.subject);
  if (view.atUs !== null) query.set('at', formatInstant(view.atUs));
  // Only where it is looked at: elsewhere it would hide what the link is of.
  if (view.screen === 'sql' && view.query !== null && view.query.length <= QUERY_CHARS) query.set('q', view.query);
  // A colon is legal in a hash; left as it is, times and pipelines stay readable.
  const text = query.toString().replaceAll('%3A', ':');
  return `#/${view.screen}${text ? `?${text}` : ''}`;
}

export function parseLink(hash: string): LinkedView {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const values = new URLSearchParams(query);
  const at = values.get('at');
  return {
    screen: isScreen(path) ? path : FIRST_VIEW.screen,
    log: values.get('log') || null,
    pipeline: values.get('pipeline') || null,
    subject: values.get('of') || null,
    query: values.get('q') || null,
    atUs: at === null ? null : parseInstant(at),
  };
}
