// Plain HTTP: files of the page, the two exchanges of secrets, and the API for other programs. Every answer to a page
// carries the page's headers; none allows another origin anything. A body that is not the API's is a small JSON object
// or it is refused while it arrives.

import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { cacheControlOf, mediaTypeOf } from '../../shared/api/page/page-file.ts';
import type { ApiSite } from './api/answer-api.ts';
import { refuseUnread } from './api/respond.ts';
import { type GuardPolicy, guard, isApiTarget, sessionCookieName, type Verdict } from './guard.ts';
import type { PageFiles } from './page-files.ts';
import { requestFacts } from './request-facts.ts';
import type { Secrets } from './secrets.ts';

const BODY_LIMIT_BYTES = 1_024;

export interface Site {
  readonly policy: GuardPolicy;
  readonly secrets: Secrets;
  readonly files: PageFiles;
  readonly headers: Readonly<Record<string, string>>;
  /** Null where there is none: then its paths are refused. */
  readonly api: ApiSite | null;
  newLaunchUrl(): string;
}

export async function answerRequest(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (isApiTarget(request.url ?? '')) return answerProgram(site, request, response);
  for (const [name, value] of Object.entries(site.headers)) response.setHeader(name, value);
  const verdict = guard(requestFacts(request, false), site.policy);
  if (!verdict.allowed) return refuse(request, response, verdict.status, verdict.reason);
  if (verdict.route === 'page') return sendFile(site, verdict.pathname, request, response);
  const body = await readJsonObject(request);
  if (typeof body === 'number') return refuse(request, response, body, 'a small JSON object is needed');
  if (verdict.route === 'launch') return sendJson(response, { launchUrl: site.newLaunchUrl() });
  openSession(site, body, request, response);
}

/** A program reads JSON, also from a refusal, and shows nothing: of the page's headers it needs one (respond.ts). */
async function answerProgram({ policy, api }: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const verdict = guard(requestFacts(request, false), policy);
  if (verdict.allowed && api !== null) return api.answer(verdict.pathname, request, response);
  const { status, reason, code } = verdict.allowed ? NO_API : verdict;
  api?.noteRefusal(reason);
  refuseUnread(request, response, status, { code, message: reason });
}

const NO_API: Extract<Verdict, { allowed: false }> = {
  allowed: false,
  status: 503,
  reason: 'the receiver is off',
  code: 'receiver-off',
};

async function sendFile(
  site: Site,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = site.files.find(pathname);
  const bytes = file && (await readFile(file.path).catch(() => null));
  if (!file || !bytes) return refuse(request, response, 404, 'no such page');
  response.setHeader('Content-Type', mediaTypeOf(file.name));
  response.setHeader('Content-Length', bytes.length);
  response.setHeader('Cache-Control', cacheControlOf(file.name));
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

function openSession(site: Site, body: object, request: IncomingMessage, response: ServerResponse): void {
  const { code } = body as { code?: unknown };
  if (typeof code !== 'string' || !site.secrets.redeemCode(code)) {
    return refuse(request, response, 401, 'this link was used already; start a new one');
  }
  const cookie = `${sessionCookieName(site.policy.port)}=${site.secrets.session}`;
  response.setHeader('Set-Cookie', `${cookie}; HttpOnly; SameSite=Strict; Path=/`);
  sendJson(response, {});
}

function sendJson(response: ServerResponse, value: object): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.end(JSON.stringify(value));
}

function refuse(request: IncomingMessage, response: ServerResponse, status: number, reason: string): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  // Whatever else was sent on this connection is not read.
  response.setHeader('Connection', 'close');
  response.end(request.method === 'HEAD' ? undefined : `${reason}\n`);
}

/** The object, or the status that refuses it. */
async function readJsonObject(request: IncomingMessage): Promise<object | number> {
  const bytes = await readBody(request);
  if (bytes === null) return 413;
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null ? value : 400;
  } catch {
    return 400;
  }
}

/** null as soon as it is beyond the limit. Never settles when the connection breaks: there is nobody to answer then. */
function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= BODY_LIMIT_BYTES) chunks.push(chunk);
      else resolve(null);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
  });
}
