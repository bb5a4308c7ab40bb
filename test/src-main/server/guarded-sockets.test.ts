// The guard through real sockets: whatever arrives, a request and an upgrade get what the guard decides, and no answer
// ever opens anything to another origin.

import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { guard, type RequestFacts, type Route, sessionCookieName } from '../../../src-main/server/guard.ts';
import { combinations } from './combinations.ts';
import { type Headers, rawRequest } from './raw-http.ts';
import { codeOf, useSite } from './site.ts';

const UPGRADE: Headers = [
  ['Connection', 'Upgrade'],
  ['Upgrade', 'websocket'],
  ['Sec-WebSocket-Version', '13'],
  ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
];
const JSON_OBJECT: Headers = [
  ['Content-Type', 'application/json'],
  ['Content-Length', '2'],
];
const LINES = [
  'GET /',
  'HEAD /',
  'GET /rpc',
  'POST /rpc',
  'POST /launch',
  'POST /session',
  'OPTIONS /session',
  'GET //rpc',
  'POST /api/v1/lineage',
];
/** An empty object holds no launch code: that one is let in and then refused. */
const STATUS_WHEN_ALLOWED: Readonly<Record<Route, number>> = {
  page: 200,
  rpc: 101,
  launch: 200,
  session: 401,
  // This site has no receiver.
  api: 503,
};
const site = useSite();

/** What the guard is told, made from the bytes that are sent and not by the server's own reading of them. */
function factsOf(line: string, isUpgrade: boolean, headers: Headers): RequestFacts {
  const [method = '', target = ''] = line.split(' ');
  const given = Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value]));
  const { host, origin, cookie, authorization, 'content-type': contentType } = given;
  return { method, target, isUpgrade, host, origin, contentType, cookie, authorization, hasRepeats: false };
}

/** The cookie that a browser gets for a launch code. */
async function openSession(): Promise<string> {
  const { port, url, newLaunchUrl } = site().server;
  const body = JSON.stringify({ code: codeOf(newLaunchUrl()) });
  const headers: Headers = [
    ['Host', `127.0.0.1:${port}`],
    ['Origin', url],
    ['Content-Type', 'application/json'],
    ['Content-Length', String(body.length)],
    ['Connection', 'close'],
  ];
  const answer = await rawRequest(port, 'POST /session', headers, body);
  expect(answer.status).toBe(200);
  return (answer.headers.get('set-cookie') ?? '').split(';')[0] as string;
}

describe('the server behind its guard', () => {
  it('does what the guard decides, for every combination', async () => {
    const { port, token } = site().server;
    const cookie = await openSession();
    const policy = {
      port,
      isToken: (text: string) => text === token,
      isSession: (text: string) => `${sessionCookieName(port)}=${text}` === cookie,
      isKey: () => false,
      isApiOn: () => false,
    };
    const differing: unknown[] = [];
    const passed = new Set<string>();
    for (const { host, origin, credential, line, isUpgrade } of combinations({
      host: [`127.0.0.1:${port}`, `localhost:${port}`, `evil.example:${port}`, '127.0.0.1'],
      origin: [undefined, `http://127.0.0.1:${port}`, `http://localhost:${port}`, 'http://evil.example'],
      credential: [
        [],
        [['Authorization', `Bearer ${token}`]],
        [['Cookie', cookie]],
        [['Cookie', `${sessionCookieName(port)}=${'0'.repeat(64)}`]],
      ] satisfies Headers[],
      line: LINES,
      isUpgrade: [false, true],
    })) {
      const isPost = line.startsWith('POST');
      const headers: Headers = [
        ['Host', host],
        ...(origin === undefined ? [] : [['Origin', origin] as const]),
        ...credential,
        ...(isPost ? JSON_OBJECT : []),
        ...(isUpgrade ? UPGRADE : [['Connection', 'close'] as const]),
      ];
      const verdict = guard(factsOf(line, isUpgrade, headers), policy);
      const answer = await rawRequest(port, line, headers, isPost ? '{}' : '');
      const expected = verdict.allowed ? STATUS_WHEN_ALLOWED[verdict.route] : verdict.status;
      const opens = [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'));
      if (answer.status !== expected || opens.length > 0) differing.push({ line, headers, expected, answer });
      if (verdict.allowed) passed.add(verdict.route);
    }
    expect(differing).toEqual([]);
    expect([...passed].sort()).toEqual(['launch', 'page', 'rpc', 'session']);
  });

  it.each([
    ['host', 'Host', 'evil.example'],
    ['origin', 'Origin', 'http://evil.example'],
    ['cookie', 'Cookie', 'a=b'],
    ['authorization', 'Authorization', 'Bearer 00'],
  ])('refuses an upgrade with a second %s', async (_what, name, value) => {
    const { port, url, token } = site().server;
    const ours: [string, string][] = [
      ['Host', `127.0.0.1:${port}`],
      ['Origin', url],
      ['Authorization', `Bearer ${token}`],
      ['Cookie', 'c=d'],
    ];
    expect((await rawRequest(port, 'GET /rpc', [...ours, ...UPGRADE])).status).toBe(101);
    expect((await rawRequest(port, 'GET /rpc', [...ours, [name, value], ...UPGRADE])).status).toBe(400);
  });

  it.each(['cross-site', 'same-site'])('refuses what a browser calls %s', async (fetchSite) => {
    const { port } = site().server;
    const headers: Headers = [
      ['Host', `127.0.0.1:${port}`],
      ['Sec-Fetch-Site', fetchSite],
      ['Connection', 'close'],
    ];
    expect((await rawRequest(port, 'GET /', headers)).status).toBe(403);
  });

  it('binds no other address', async () => {
    const others = Object.values(networkInterfaces())
      .flat()
      .filter((address) => address && !address.internal && address.family === 'IPv4');
    for (const other of others) {
      const outcome = await new Promise<string>((resolve) => {
        const socket = connect({ host: other?.address ?? '', port: site().server.port });
        socket.on('connect', () => resolve('connected'));
        socket.on('error', () => resolve('refused'));
      });
      expect(outcome).toBe('refused');
    }
    expect(site().server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});
