// Every combination of what a request can be: it passes when each of its parts is in the row of what it asks for, and
// never otherwise. The rows are written out, not computed, so that a change of the guard must change them too.

import { describe, expect, it } from 'vitest';
import { guard, type RequestFacts, type Route } from '../../../src-main/server/guard.ts';
import { combinations } from './combinations.ts';

const PORT = 4717;
const TOKEN = 'a'.repeat(64);
const SESSION = 'b'.repeat(64);
const KEY = 'd'.repeat(64);
const policy = {
  port: PORT,
  isToken: (text: string) => text === TOKEN,
  isSession: (text: string) => text === SESSION,
  isKey: (text: string) => text === KEY,
  isApiOn: () => true,
};

const HOSTS = [
  '127.0.0.1:4717',
  'localhost:4717',
  'LOCALHOST:4717',
  '127.0.0.1',
  '127.0.0.1:4718',
  '127.0.0.1:04717',
  '127.0.0.1:4717.evil.example',
  'evil.example:4717',
  'user@127.0.0.1:4717',
  '[::1]:4717',
  '0.0.0.0:4717',
  undefined,
];
const ORIGINS = [
  undefined,
  'http://127.0.0.1:4717',
  'http://localhost:4717',
  'https://127.0.0.1:4717',
  'http://127.0.0.1:3000',
  'http://127.0.0.1',
  'http://evil.example',
  'http://evil.example:4717',
  'app://landfall',
  'null',
  '',
];
const CREDENTIALS = {
  none: {},
  token: { authorization: `Bearer ${TOKEN}` },
  'session as token': { authorization: `Bearer ${SESSION}` },
  'wrong token': { authorization: `Bearer ${'c'.repeat(64)}` },
  'token of another scheme': { authorization: `Basic ${TOKEN}` },
  'empty token': { authorization: 'Bearer ' },
  session: { cookie: `theme=dark; landfall-4717=${SESSION}` },
  'token as session': { cookie: `landfall-4717=${TOKEN}` },
  'wrong session': { cookie: `landfall-4717=${'c'.repeat(64)}` },
  'session of another port': { cookie: `landfall-4718=${SESSION}` },
  'session in another name': { cookie: `x-landfall-4717=${SESSION}` },
  key: { authorization: `Bearer ${KEY}` },
  'key as session': { cookie: `landfall-4717=${KEY}` },
} as const;
type Credential = keyof typeof CREDENTIALS;
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'get'];
const FETCH_SITES = [undefined, 'same-origin', 'none', 'same-site', 'cross-site', ''];
const TYPES = [
  undefined,
  'application/json',
  'application/json; charset=utf-8',
  'text/plain',
  'application/x-www-form-urlencoded',
  'application/jsonp',
];
const TARGETS: readonly (readonly [string, Route | null])[] = [
  ['/', 'page'],
  ['/?code=1', 'page'],
  ['/assets/index-12345678.js', 'page'],
  ['/rpc', 'rpc'],
  ['/rpc?x=1', 'rpc'],
  ['/session', 'session'],
  ['/launch', 'launch'],
  ['/api/v1/lineage', 'api'],
  ['/api/v1/partitions/ready?dataset=a', 'api'],
  ['//rpc', null],
  ['http://evil.example/rpc', null],
  ['*', null],
  ['/\\rpc', null],
  ['/a b', null],
  ['', null],
];

interface Row {
  readonly methods: readonly string[];
  readonly upgrade: boolean;
  readonly needsOrigin: boolean;
  readonly credentials: readonly Credential[] | 'any';
  readonly types: readonly (string | undefined)[] | 'any';
}
const JSON_TYPES = ['application/json', 'application/json; charset=utf-8'];
const ALLOWED: Readonly<Record<Route, Row>> = {
  page: { methods: ['GET', 'HEAD'], upgrade: false, needsOrigin: false, credentials: 'any', types: 'any' },
  session: { methods: ['POST'], upgrade: false, needsOrigin: true, credentials: 'any', types: JSON_TYPES },
  launch: { methods: ['POST'], upgrade: false, needsOrigin: true, credentials: ['token'], types: JSON_TYPES },
  rpc: { methods: ['GET'], upgrade: true, needsOrigin: true, credentials: ['token', 'session'], types: 'any' },
  api: { methods: ['GET', 'POST'], upgrade: false, needsOrigin: false, credentials: ['key'], types: 'any' },
};
/** Host, and the origins that go with it. */
const OURS = new Map<string | undefined, readonly (string | undefined)[]>([
  ['127.0.0.1:4717', [undefined, 'http://127.0.0.1:4717']],
  ['localhost:4717', [undefined, 'http://localhost:4717']],
]);
const OUR_SITES = [undefined, 'same-origin', 'none'];

function shouldPass(route: Route | null, facts: RequestFacts, credential: Credential): boolean {
  const row = route && ALLOWED[route];
  if (!row || !OUR_SITES.includes(facts.fetchSite)) return false;
  if (!OURS.get(facts.host)?.includes(facts.origin) || (row.needsOrigin && facts.origin === undefined)) return false;
  return (
    row.methods.includes(facts.method) &&
    row.upgrade === facts.isUpgrade &&
    (row.credentials === 'any' || row.credentials.includes(credential)) &&
    (row.types === 'any' || row.types.includes(facts.contentType)) &&
    // What changes something says that it is JSON, which no form of another site can.
    (route !== 'api' || facts.method === 'GET' || JSON_TYPES.includes(facts.contentType ?? ''))
  );
}

describe('guard', () => {
  it.each(TARGETS)('lets through exactly its row for %s', (target, route) => {
    const wrong: unknown[] = [];
    let passed = 0;
    for (const { credential, ...facts } of combinations({
      target: [target],
      host: HOSTS,
      origin: ORIGINS,
      credential: Object.keys(CREDENTIALS) as Credential[],
      method: METHODS,
      isUpgrade: [false, true],
      fetchSite: FETCH_SITES,
      contentType: TYPES,
      hasRepeats: [false],
    })) {
      const verdict = guard(Object.assign(facts, CREDENTIALS[credential]), policy);
      if (verdict.allowed) passed++;
      if (verdict.allowed !== shouldPass(route, facts, credential)) wrong.push(facts);
      if (verdict.allowed && verdict.route !== route) wrong.push(facts);
    }
    expect(wrong.slice(0, 3)).toEqual([]);
    expect(passed > 0).toBe(route !== null);
  });

  it('lets nothing through in which a deciding header came twice', () => {
    const facts = { method: 'GET', target: '/', isUpgrade: false, host: '127.0.0.1:4717', hasRepeats: true };
    expect(guard(facts, policy)).toMatchObject({ allowed: false, status: 400 });
    expect(guard({ ...facts, hasRepeats: false }, policy)).toMatchObject({ allowed: true });
  });

  it('says what is wrong with a status that fits', () => {
    const ours = { method: 'GET', target: '/rpc', isUpgrade: true, host: '127.0.0.1:4717', hasRepeats: false };
    const origin = 'http://127.0.0.1:4717';
    const status = (facts: Partial<RequestFacts>): number => {
      const verdict = guard({ ...ours, ...facts }, policy);
      return verdict.allowed ? 200 : verdict.status;
    };
    expect(status({ host: 'evil.example:4717' })).toBe(403);
    expect(status({})).toBe(403);
    expect(status({ origin })).toBe(401);
    expect(status({ origin, isUpgrade: false })).toBe(426);
    expect(status({ origin, method: 'POST' })).toBe(405);
    expect(status({ origin, target: '/session', method: 'POST', isUpgrade: false })).toBe(415);
    expect(status({ origin, target: '//rpc' })).toBe(400);
  });

  it('lets no program in while the API is off, and says so before it says anything of keys', () => {
    const facts = {
      method: 'GET',
      target: '/api/v1/runs',
      isUpgrade: false,
      host: '127.0.0.1:4717',
      authorization: `Bearer ${KEY}`,
      hasRepeats: false,
    };
    expect(guard(facts, policy)).toMatchObject({ allowed: true, route: 'api' });
    const off = { ...policy, isApiOn: () => false };
    expect(guard(facts, off)).toMatchObject({ status: 503, code: 'receiver-off' });
    expect(guard({ ...facts, authorization: undefined }, off)).toMatchObject({ status: 503 });
    expect(guard({ ...facts, origin: 'http://evil.example' }, off)).toMatchObject({ code: 'foreign-origin' });
    expect(guard({ ...facts, host: 'evil.example' }, off)).toMatchObject({ code: 'foreign-host' });
    expect(guard({ ...facts, authorization: 'Bearer x' }, policy)).toMatchObject({ status: 401, code: 'wrong-key' });
  });
});
