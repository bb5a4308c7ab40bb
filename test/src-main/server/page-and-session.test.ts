// Plain HTTP: the page's files with their headers, nothing beside them; the launch code for a cookie, once.

import { describe, expect, it } from 'vitest';
import { type Headers, rawRequest } from './raw-http.ts';
import { codeOf, useSite } from './site.ts';

const site = useSite();
const get = (target: string, more: Headers = []): ReturnType<typeof rawRequest> => {
  const { port } = site().server;
  return rawRequest(port, `GET ${target}`, [['Host', `127.0.0.1:${port}`], ['Connection', 'close'], ...more]);
};
const post = (target: string, body: string, more: Headers = []): ReturnType<typeof rawRequest> => {
  const { port, url } = site().server;
  const headers: Headers = [
    ['Host', `127.0.0.1:${port}`],
    ['Origin', url],
    ['Content-Type', 'application/json'],
    ['Content-Length', String(Buffer.byteLength(body))],
    ['Connection', 'close'],
    ...more,
  ];
  return rawRequest(port, `POST ${target}`, headers, body);
};

const statusOf = async (code: unknown): Promise<number> => (await post('/session', JSON.stringify({ code }))).status;

describe('the page', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/?code=used#/graph', 'text/html; charset=utf-8', 'no-cache'],
    ['/theme-boot.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/assets/index-Ab_3-xYz.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/inter-12345678.woff2', 'font/woff2', 'public, max-age=31536000, immutable'],
  ])('serves %s', async (target, type, caching) => {
    const answer = await get(target);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe(type);
    expect(answer.headers.get('cache-control')).toBe(caching);
  });

  it.each([
    '/../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/../../secret.txt',
    '/..\\secret.txt',
    '/link.txt',
    '/.hidden',
    '/assets',
    '/assets/',
    '/index.html/',
    '/nothing.js',
    '/C:/secret.txt',
    '/secret.txt%00.js',
  ])('does not serve %s', async (target) => {
    const answer = await get(target);
    expect([400, 404]).toContain(answer.status);
    expect(answer.body).not.toContain('secret');
  });

  it('sends its rules with every answer, errors too', async () => {
    for (const answer of [await get('/'), await get('/nothing'), await get('/', [['Origin', 'http://evil.example']])]) {
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      expect(answer.headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
      const policy = answer.headers.get('content-security-policy') ?? '';
      expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
      expect(policy).not.toMatch(/unsafe|\*|data:|blob:/);
    }
  });
});

describe('the launch code', () => {
  it('is exchanged for a cookie that no script reads and no other site sends', async () => {
    const { launchUrl, port, token } = site().server;
    const answer = await post('/session', JSON.stringify({ code: codeOf(launchUrl) }));
    expect(answer.status).toBe(200);
    const cookie = answer.headers.get('set-cookie') ?? '';
    expect(cookie).toMatch(new RegExp(`^landfall-${port}=[0-9a-f]{64}; HttpOnly; SameSite=Strict; Path=/$`));
    expect(cookie).not.toContain(token);
    expect(answer.body).not.toContain(token);
  });

  it('works once', async () => {
    const body = JSON.stringify({ code: codeOf(site().server.launchUrl) });
    expect((await post('/session', body)).status).toBe(200);
    const again = await post('/session', body);
    expect([again.status, again.headers.get('set-cookie')]).toEqual([401, undefined]);
  });

  it('is one of the last sixteen that were given out', async () => {
    const { server } = site();
    const codes = Array.from({ length: 17 }, () => codeOf(server.newLaunchUrl()));
    expect(new Set(codes).size).toBe(17);
    expect(await statusOf(codes[0])).toBe(401);
    expect(await statusOf(codes[16])).toBe(200);
    expect(await statusOf(codes[1])).toBe(200);
    expect(await statusOf('')).toBe(401);
    expect(await statusOf([codes[2]])).toBe(401);
  });

  it.each([
    ['no JSON', '{', 400],
    ['no object', '"code"', 400],
    ['null', 'null', 400],
    ['nothing', '', 400],
    ['too much', JSON.stringify({ code: 'x'.repeat(2_000) }), 413],
  ])('refuses a body that is %s', async (_what, body, status) => {
    expect((await post('/session', body)).status).toBe(status);
  });

  it('refuses a body without an end while it arrives', async () => {
    const { port, url } = site().server;
    const headers: Headers = [
      ['Host', `127.0.0.1:${port}`],
      ['Origin', url],
      ['Content-Type', 'application/json'],
      ['Transfer-Encoding', 'chunked'],
    ];
    const chunk = `400\r\n${'x'.repeat(1_024)}\r\n`;
    expect((await rawRequest(port, 'POST /session', headers, chunk.repeat(3))).status).toBe(413);
  });
});
