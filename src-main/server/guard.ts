// Who may do what on the local server: one decision for plain requests and for the upgrade to a WebSocket, made on a
// description of the request. The page and its services are for one browser and for programs with the workspace's token;
// the API (`/api/`) is for programs with the receiver's key, and never for a page. Defends against other sites in the same browser (wrong Origin, DNS rebinding, forged
// forms), other programs of the machine (no secret) and malformed requests. What it does not see: a program that can
// read this user's files or the browser's memory.

import type { ErrorCode } from '../../shared/api/errors.ts';

export interface RequestFacts {
  readonly method: string;
  /** As it stands in the request line: path and query. */
  readonly target: string;
  readonly isUpgrade: boolean;
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
  readonly fetchSite?: string | undefined;
  readonly contentType?: string | undefined;
  readonly cookie?: string | undefined;
  readonly authorization?: string | undefined;
  /** A header that decides here came more than once, so it says nothing. */
  readonly hasRepeats: boolean;
}

export interface GuardPolicy {
  readonly port: number;
  readonly isToken: (text: string) => boolean;
  readonly isSession: (text: string) => boolean;
  readonly isKey: (text: string) => boolean;
  /** Whether the API answers at all. */
  readonly isApiOn: () => boolean;
}

/**
 * `page`: a file of the page. `session`: a launch code for a cookie. `launch`: a new launch code for who has the token.
 * `rpc`: the services. `api`: events, commands and reads of other programs.
 */
export type Route = 'page' | 'session' | 'launch' | 'rpc' | 'api';

export type Verdict =
  | { readonly allowed: true; readonly route: Route; readonly pathname: string }
  | {
      readonly allowed: false;
      readonly status: number;
      readonly reason: string;
      readonly code: ErrorCode;
    };

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['/session', 'session'],
  ['/launch', 'launch'],
  ['/rpc', 'rpc'],
]);
const PLAIN_TARGET = /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/;
const JSON_TYPE = /^application\/json(?:;\s*charset=utf-8)?$/i;
const BEARER = /^Bearer ([0-9a-f]+)$/;
/** A key may be of a user's own making. */
const BEARER_KEY = /^Bearer ([\x21-\x7e]+)$/i;
const API = '/api/';

/** Whether an answer, also a refusal, goes to a program. */
export const isApiTarget = (target: string): boolean => target.startsWith(API);

export const sessionCookieName = (port: number): string => `landfall-${port}`;

export function guard(request: RequestFacts, policy: GuardPolicy): Verdict {
  const foreign = foreignness(request, policy.port);
  if (foreign) return foreign;
  if (!PLAIN_TARGET.test(request.target)) return refuse(400, 'not a path of this server');
  const pathname = request.target.replace(/[?#].*$/, '');
  const route = ROUTES.get(pathname) ?? (isApiTarget(pathname) ? 'api' : 'page');
  return refusalOf(route, request, policy) ?? { allowed: true, route, pathname };
}

function refusalOf(route: Route, request: RequestFacts, policy: GuardPolicy): Verdict | null {
  switch (route) {
    case 'page':
      return pageRefusal(request);
    case 'rpc':
      return rpcRefusal(request, policy);
    case 'api':
      return apiRefusal(request, policy);
    case 'launch':
      return postRefusal(request) ?? (hasToken(request, policy) ? null : refuse(401, 'the token is needed'));
    default:
      return postRefusal(request);
  }
}

/** What makes a request one of another site, whatever it asks for. */
function foreignness(request: RequestFacts, port: number): Verdict | null {
  const { host, origin, fetchSite, hasRepeats } = request;
  if (hasRepeats) return refuse(400, 'a header came twice');
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`)
    return refuse(403, 'not the host of this server', 'foreign-host');
  if (origin !== undefined && origin !== `http://${host}`) return refuse(403, 'not the origin of this server');
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none') {
    return refuse(403, 'asked for by another site; paste the address into the address bar instead');
  }
  return null;
}

function pageRefusal({ method, isUpgrade }: RequestFacts): Verdict | null {
  if (isUpgrade) return refuse(400, 'nothing to upgrade here');
  return method === 'GET' || method === 'HEAD' ? null : refuse(405, 'only GET here');
}

function postRefusal({ method, isUpgrade, origin, contentType }: RequestFacts): Verdict | null {
  if (isUpgrade) return refuse(400, 'nothing to upgrade here');
  if (method !== 'POST') return refuse(405, 'only POST here');
  if (origin === undefined) return refuse(403, 'an origin is needed');
  return JSON_TYPE.test(contentType ?? '') ? null : refuse(415, 'only application/json here');
}

function rpcRefusal(request: RequestFacts, policy: GuardPolicy): Verdict | null {
  if (request.method !== 'GET') return refuse(405, 'only a WebSocket here');
  if (!request.isUpgrade) return refuse(426, 'only a WebSocket here');
  if (request.origin === undefined) return refuse(403, 'an origin is needed');
  if (hasToken(request, policy) || hasSession(request, policy)) return null;
  return refuse(401, 'open the workbench by a new link');
}

function apiRefusal(request: RequestFacts, { isApiOn, isKey }: GuardPolicy): Verdict | null {
  if (!isApiOn()) return refuse(503, 'the receiver is off', 'receiver-off');
  if (request.isUpgrade) return refuse(400, 'nothing to upgrade here');
  if (request.method !== 'GET' && request.method !== 'POST') return refuse(405, 'only GET and POST here');
  const key = BEARER_KEY.exec(request.authorization ?? '')?.[1];
  if (key === undefined || !isKey(key)) return refuse(401, 'the key of the receiver is needed');
  if (request.method === 'GET' || JSON_TYPE.test(request.contentType ?? '')) return null;
  return refuse(415, 'only application/json here');
}

function hasToken({ authorization }: RequestFacts, { isToken }: GuardPolicy): boolean {
  const token = BEARER.exec(authorization ?? '')?.[1];
  return token !== undefined && isToken(token);
}

function hasSession({ cookie }: RequestFacts, { port, isSession }: GuardPolicy): boolean {
  const prefix = `${sessionCookieName(port)}=`;
  const values = (cookie ?? '').split('; ').filter((pair) => pair.startsWith(prefix));
  return values.some((pair) => isSession(pair.slice(prefix.length)));
}

const CODES: Readonly<Record<number, ErrorCode>> = {
  401: 'wrong-key',
  403: 'foreign-origin',
  405: 'method-not-allowed',
  415: 'media-type',
};

const refuse = (status: number, reason: string, code = CODES[status] ?? 'bad-request'): Verdict => ({
  allowed: false,
  status,
  reason,
  code,
});
