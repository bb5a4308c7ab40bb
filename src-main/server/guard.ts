// Who may do what on the local server: one decision for plain requests and for the upgrade to a WebSocket, made on a
// description of the request. Defends against other sites in the same browser (wrong Origin, DNS rebinding, forged
// forms), other programs of the machine (no secret) and malformed requests. What it does not see: a program that can
// read this user's files or the browser's memory.

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
}

/**
 * `page`: a file of the page. `session`: a launch code for a cookie. `launch`: a new launch code for who has the token.
 * `rpc`: the services.
 */
export type Route = 'page' | 'session' | 'launch' | 'rpc';

export type Verdict =
  | { readonly allowed: true; readonly route: Route; readonly pathname: string }
  | { readonly allowed: false; readonly status: number; readonly reason: string };

const ROUTES: ReadonlyMap<string, Route> = new Map([
  ['/session', 'session'],
  ['/launch', 'launch'],
  ['/rpc', 'rpc'],
]);
const PLAIN_TARGET = /^\/(?!\/)[\x21-\x5b\x5d-\x7e]*$/;
const JSON_TYPE = /^application\/json(?:;\s*charset=utf-8)?$/i;
const BEARER = /^Bearer ([0-9a-f]+)$/;

export const sessionCookieName = (port: number): string => `landfall-${port}`;

export function guard(request: RequestFacts, policy: GuardPolicy): Verdict {
  const foreign = foreignness(request, policy.port);
  if (foreign) return foreign;
  if (!PLAIN_TARGET.test(request.target)) return refuse(400, 'not a path of this server');
  const pathname = request.target.replace(/[?#].*$/, '');
  const route = ROUTES.get(pathname) ?? 'page';
  const refusal =
    route === 'page' ? pageRefusal(request) : route === 'rpc' ? rpcRefusal(request, policy) : postRefusal(request);
  if (refusal) return refusal;
  if (route === 'launch' && !hasToken(request, policy)) return refuse(401, 'the token is needed');
  return { allowed: true, route, pathname };
}

/** What makes a request one of another site, whatever it asks for. */
function foreignness(request: RequestFacts, port: number): Verdict | null {
  const { host, origin, fetchSite, hasRepeats } = request;
  if (hasRepeats) return refuse(400, 'a header came twice');
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) return refuse(403, 'not the host of this server');
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

function hasToken({ authorization }: RequestFacts, { isToken }: GuardPolicy): boolean {
  const token = BEARER.exec(authorization ?? '')?.[1];
  return token !== undefined && isToken(token);
}

function hasSession({ cookie }: RequestFacts, { port, isSession }: GuardPolicy): boolean {
  const prefix = `${sessionCookieName(port)}=`;
  const values = (cookie ?? '').split('; ').filter((pair) => pair.startsWith(prefix));
  return values.some((pair) => isSession(pair.slice(prefix.length)));
}

const refuse = (status: number, reason: string): Verdict => ({ allowed: false, status, reason });
