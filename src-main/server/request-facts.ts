// A request of Node's HTTP server as the guard sees it. Headers that decide something must come at most once: Node joins
// or drops repeats, differently by name, and a guard must not depend on which.

import type { IncomingMessage } from 'node:http';
import type { RequestFacts } from './guard.ts';

const DECIDING = ['host', 'origin', 'sec-fetch-site', 'content-type', 'cookie', 'authorization'] as const;

export function requestFacts(request: IncomingMessage, isUpgrade: boolean): RequestFacts {
  const values = request.headersDistinct;
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    isUpgrade,
    host: values.host?.[0],
    origin: values.origin?.[0],
    fetchSite: values['sec-fetch-site']?.[0],
    contentType: values['content-type']?.[0],
    cookie: values.cookie?.[0],
    authorization: values.authorization?.[0],
    hasRepeats: DECIDING.some((name) => (values[name]?.length ?? 0) > 1),
  };
}
