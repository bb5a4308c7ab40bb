// The way in with a single-use code: exchanged once, taken out of the address, and never kept when nobody answers.

import { describe, expect, it } from 'vitest';
import { openSession, type SessionPage } from '../../../src-renderer/client/session.ts';

interface Asked {
  readonly url: string;
  readonly body: unknown;
  readonly type: string | undefined;
}

function pageAt(search: string, answer: () => Promise<Response>) {
  const asked: Asked[] = [];
  const replaced: string[] = [];
  const page: SessionPage = {
    location: { search, pathname: '/', hash: '#/graph?log=a' },
    history: { state: null, replaceState: (_state, _unused, url) => void replaced.push(String(url)) },
    fetch: (url, options) => {
      const headers = options?.headers as Record<string, string>;
      asked.push({ url: String(url), body: JSON.parse(String(options?.body)), type: headers['content-type'] });
      return answer();
    },
  };
  return { page, asked, replaced };
}

const yes = async (): Promise<Response> => new Response(null, { status: 200 });
const no = async (): Promise<Response> => new Response(null, { status: 403 });

describe('openSession', () => {
  it('asks nothing without a code', async () => {
    const { page, asked, replaced } = pageAt('?x=1', yes);
    expect(await openSession(page)).toBe('none');
    expect([asked, replaced]).toEqual([[], []]);
  });

  it('exchanges the code as JSON and keeps the rest of the address', async () => {
    const { page, asked, replaced } = pageAt('?code=abc&x=1', yes);
    expect(await openSession(page)).toBe('opened');
    expect(asked).toEqual([{ url: '/session', body: { code: 'abc' }, type: 'application/json' }]);
    expect(replaced).toEqual(['/?x=1#/graph?log=a']);
  });

  it('takes a refused code out of the address too', async () => {
    const { page, replaced } = pageAt('?code=used', no);
    expect(await openSession(page)).toBe('refused');
    expect(replaced).toEqual(['/#/graph?log=a']);
  });

  it('keeps the code for the next try when nobody answered', async () => {
    const { page, replaced } = pageAt('?code=abc', async () => {
      throw new TypeError('Failed to fetch');
    });
    expect(await openSession(page)).toBe('unreachable');
    expect(replaced).toEqual([]);
  });
});
