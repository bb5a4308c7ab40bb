// The API's table of routes, and what is common to them: an unknown path is 404, a wrong method 405 with those that
// there are, whatever a route throws becomes its code's status. Requests come here after the guard let them in.

import type { IncomingMessage, ServerResponse } from 'node:http';
import { ServiceError } from '../../../shared/api/errors.ts';
import { HTTP_STATUS } from '../../../shared/api/http-status.ts';
import { type CancelSource, cancelSource } from '../../../shared/base/cancel.ts';
import type { Api, Route } from './api.ts';
import { askReady, COMMAND_ROUTES } from './commands.ts';
import { streamEvents } from './events.ts';
import { lineageByVersion, partitionsAsOf, staleRuns } from './ledger-reads.ts';
import { receiveLineage } from './lineage.ts';
import { BodyRefused } from './read-body.ts';
import { listDatasets, listPartitions, listRuns, readLineage } from './reads.ts';
import { ready, waitReady } from './ready.ts';
import { refuseUnread, sendFailure } from './respond.ts';

type Methods = Readonly<Partial<Record<'GET' | 'POST', Route>>>;

const ROUTES: ReadonlyMap<string, Methods> = new Map<string, Methods>([
  ['/api/v1/lineage', { POST: receiveLineage, GET: readLineage }],
  ['/api/v1/lineage/batch', { POST: receiveLineage }],
  ['/api/v1/partitions', { GET: listPartitions }],
  ['/api/v1/partitions/ready', { GET: ready, POST: askReady }],
  ['/api/v1/partitions/wait', { GET: waitReady }],
  ['/api/v1/partitions/as-of', { GET: partitionsAsOf }],
  ['/api/v1/partitions/lineage', { GET: lineageByVersion }],
  ['/api/v1/partitions/stale', { GET: staleRuns }],
  ['/api/v1/runs', { GET: listRuns }],
  ['/api/v1/datasets', { GET: listDatasets }],
  ['/api/v1/events', { GET: streamEvents }],
  ...Object.entries(COMMAND_ROUTES).map(([name, route]) => [`/api/v1/partitions/${name}`, { POST: route }] as const),
]);

/** How long requests that are being answered may take when the server closes. */
const FINISH_MS = 2_000;

export interface ApiSite {
  answer(pathname: string, request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** A request that the guard did not let in. */
  noteRefusal(reason: string): void;
  /** Ends streams and waits, lets the others finish. */
  close(): Promise<void>;
}

export function apiSite(api: Api): ApiSite {
  const underWay = new Map<Promise<void>, CancelSource>();
  const serve = async (pathname: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = cancelSource();
    response.once('close', gone.cancel);
    const answered = answer(api, pathname, request, response, gone);
    underWay.set(answered, gone);
    await answered.finally(() => underWay.delete(answered));
  };
  return {
    answer: serve,
    noteRefusal: (reason) => {
      if (api.receiver.isOn) api.receiver.noteRefusal(reason);
    },
    async close() {
      for (const gone of underWay.values()) gone.cancel();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const patience = new Promise((resolve) => (timer = setTimeout(resolve, FINISH_MS)));
      await Promise.race([Promise.allSettled(underWay.keys()), patience]);
      clearTimeout(timer);
    },
  };
}

async function answer(
  api: Api,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
  gone: CancelSource,
): Promise<void> {
  try {
    const route = routeOf(pathname, request.method ?? '', response);
    await route(api, { request, response, query: queryOf(request.url ?? ''), gone: gone.signal });
  } catch (error) {
    if (request.destroyed && !request.complete) return void response.destroy();
    if (!(error instanceof BodyRefused)) return sendFailure(response, error);
    api.receiver.noteRefusal(error.message);
    refuseUnread(request, response, HTTP_STATUS[error.refusal.code], error.refusal.toData());
  }
}

/** Most requests have none. */
function queryOf(target: string): URLSearchParams {
  const at = target.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : target.slice(at + 1).replace(/#.*$/, ''));
}

function routeOf(pathname: string, method: string, response: ServerResponse): Route {
  const methods = ROUTES.get(pathname);
  if (methods === undefined) {
    const hint = `there are: ${[...ROUTES.keys()].join(', ')}`;
    throw new ServiceError({ code: 'not-found', message: `there is no ${pathname}`, hint });
  }
  const route = method === 'GET' ? methods.GET : method === 'POST' ? methods.POST : undefined;
  if (route !== undefined) return route;
  const allowed = Object.keys(methods).join(', ');
  response.setHeader('Allow', allowed);
  throw new ServiceError({ code: 'method-not-allowed', message: `${pathname} takes ${allowed}` });
}
