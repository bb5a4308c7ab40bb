// Is it whole? GET …/ready answers at once, GET …/wait when it is (or when the time is over), POST …/ready asks for many.
// In a query the i-th `dataset`, `partition` and `version` belong together; a `namespace` given once is that of all.

import { ServiceError } from '../../../shared/api/errors.ts';
import type { ReadyQuery, ReadyRequest } from '../../../shared/api/ledger.ts';
import { CancelledError, cancelSource } from '../../../shared/base/cancel.ts';
import type { Exchange, Route } from './api.ts';
import { knowOnly, wholeParameter } from './parameters.ts';
import { sendJson } from './respond.ts';

const INPUTS_MAX = 1_000;
const TIMEOUT_MS = 30_000;
const TIMEOUT_MS_MAX = 600_000;

const INPUT_PARAMETERS = ['namespace', 'dataset', 'partition', 'version', 'when'];

export const ready: Route = async ({ ledger }, { response, query }) => {
  knowOnly(query, INPUT_PARAMETERS);
  sendJson(response, 200, ledger.ready(readyRequest(query)));
};

/** 200 with `ready: false` when the time is over: a script asks again. */
export const waitReady: Route = async ({ ledger }, { response, query, gone }: Exchange) => {
  knowOnly(query, [...INPUT_PARAMETERS, 'timeoutMs']);
  const request = readyRequest(query);
  const timeoutMs = wholeParameter(query, 'timeoutMs', TIMEOUT_MS, TIMEOUT_MS_MAX);
  const over = cancelSource();
  const stop = gone.onCancel(over.cancel);
  const timer = setTimeout(over.cancel, timeoutMs);
  try {
    sendJson(response, 200, await ledger.wait(request, over.signal));
  } catch (error) {
    if (!isCancelled(error)) throw error;
    if (!response.destroyed) sendJson(response, 200, ledger.ready(request));
  } finally {
    clearTimeout(timer);
    stop();
  }
};

const isCancelled = (error: unknown): boolean =>
  error instanceof CancelledError || (error instanceof ServiceError && error.code === 'cancelled');

export function readyRequest(query: URLSearchParams): ReadyRequest {
  const when = query.get('when') ?? 'finalized';
  if (when !== 'finalized' && when !== 'published') throw badQuery('when', 'when is finalized or published');
  const namespaces = query.getAll('namespace');
  const datasets = query.getAll('dataset');
  const partitions = query.getAll('partition');
  const versions = query.getAll('version');
  if (datasets.length === 0 || datasets.length > INPUTS_MAX) {
    throw badQuery('dataset', `dataset is wanted, once for each input and at most ${INPUTS_MAX} times`);
  }
  for (const [name, list] of [
    ['partition', partitions],
    ['version', versions],
    ['namespace', namespaces],
  ] as const) {
    const isForAll = name === 'namespace' && list.length === 1;
    if (list.length > 0 && !isForAll && list.length !== datasets.length) {
      throw badQuery(name, `${name} is given ${list.length} times for ${datasets.length} datasets`);
    }
  }
  const inputs = datasets.map((dataset, i): ReadyQuery => {
    const namespace = (namespaces.length === 1 ? namespaces[0] : namespaces[i]) ?? '';
    const version = versions[i];
    return {
      namespace,
      dataset,
      partition: partitions[i] ?? '',
      ...(version === undefined ? {} : { version: wholeVersion(version) }),
    };
  });
  return { inputs, when };
}

function wholeVersion(text: string): number {
  const version = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (version >= 1) return version;
  throw badQuery('version', 'version is a whole number, 1 or more');
}

const badQuery = (place: string, message: string): ServiceError =>
  new ServiceError({ code: 'bad-request', message, place });
