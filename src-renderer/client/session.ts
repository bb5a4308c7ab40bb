// The way in, in a browser: the printed address carries a single-use code, which the page exchanges for a session
// cookie and then takes out of its address, so that it is in no history and no screenshot.

export interface SessionPage {
  readonly location: Pick<Location, 'search' | 'pathname' | 'hash'>;
  readonly history: Pick<History, 'replaceState' | 'state'>;
  readonly fetch: typeof fetch;
}

/** What came of the code: `none` when there was none (a reload), `refused` when it was used already or is wrong. */
export type SessionOutcome = 'none' | 'opened' | 'refused' | 'unreachable';

export async function openSession(page: SessionPage): Promise<SessionOutcome> {
  const query = new URLSearchParams(page.location.search);
  const code = query.get('code');
  if (code === null) return 'none';
  const outcome = await exchange(page.fetch, code);
  if (outcome === 'unreachable') return outcome;
  query.delete('code');
  const rest = query.size > 0 ? `?${query}` : '';
  page.history.replaceState(page.history.state, '', `${page.location.pathname}${rest}${page.location.hash}`);
  return outcome;
}

async function exchange(send: typeof fetch, code: string): Promise<SessionOutcome> {
  try {
    const answer = await send('/session', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ code }),
      credentials: 'same-origin',
    });
    return answer.ok ? 'opened' : 'refused';
  } catch {
    return 'unreachable';
  }
}

/** Why no connection came about: is the server there at all? */
export async function isServerThere(send: typeof fetch): Promise<boolean> {
  try {
    await send('/', { method: 'HEAD', cache: 'no-store' });
    return true;
  } catch {
    return false;
  }
}
