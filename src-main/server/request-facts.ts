// A request of Node's HTTP server as the guard sees it. Headers that decide something must come at most once: Node joins
// or drops repeats, differently by name, and a guard must not depend on which.

import type { IncomingMessage } from 'node:http';
import type { RequestFacts } from './guard.ts';

const DECIDING = ['host', 'origin', 'sec-fetch-site', 'content-type', 'cookie', 'authorization'] as const;
type Deciding = (typeof DECIDING)[number];
const isDeciding = (name: string): name is Deciding => (DECIDING as readonly string[]).includes(name);

export function requestFacts({ method = '', url = '', rawHeaders }: IncomingMessage, isUpgrade: boolean): RequestFacts {
  const values: Partial<Record<Deciding, string>> = {};
  let hasRepeats = false;
  // Names and values in turn, as they came: one look at each, where Node's own views make a list for every header.
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = (rawHeaders[i] ?? '').toLowerCase();
    if (!isDeciding(name)) continue;
    if (values[name] === undefined) values[name] = rawHeaders[i + 1] ?? '';
    else hasRepeats = true;
  }
  return {
    method,
    target: url,
    isUpgrade,
    host: values.host,
    origin: values.origin,
    fetchSite: values['sec-fetch-site'],
    contentType: values['content-type'],
    cookie: values.cookie,
    authorization: values.authorization,
    hasRepeats,
  };
}
