// What a script may read of a log (the live one unless `log` names another): runs, datasets, partitions, lineage.

import type { Route } from './api.ts';
import { wholeParameter } from './parameters.ts';
import { sendJson } from './respond.ts';

const LIMIT = 100;
const LIMIT_MAX = 10_000;
const DEPTH = 1;
const DEPTH_MAX = 100;

/** Parameters that are names; what is not given is "" and means any. */
function names<N extends string>(query: URLSearchParams, ...keys: readonly N[]): Record<N, string> {
  return Object.fromEntries(keys.map((key) => [key, query.get(key) ?? ''])) as Record<N, string>;
}

const limitOf = (query: URLSearchParams): number => wholeParameter(query, 'limit', LIMIT, LIMIT_MAX);

export const listRuns: Route = async ({ reads }, { response, query }) => {
  const filter = { ...names(query, 'log', 'pipeline', 'task', 'run', 'state'), limit: limitOf(query) };
  sendJson(response, 200, await reads.runs(filter));
};

export const listDatasets: Route = async ({ reads }, { response, query }) => {
  const filter = { ...names(query, 'log', 'namespace', 'dataset'), limit: limitOf(query) };
  sendJson(response, 200, await reads.datasets(filter));
};

export const listPartitions: Route = async ({ reads }, { response, query }) => {
  const filter = { ...names(query, 'log', 'namespace', 'dataset', 'partition'), limit: limitOf(query) };
  sendJson(response, 200, await reads.partitions(filter));
};

export const readLineage: Route = async ({ reads }, { response, query }) => {
  const of = names(query, 'log', 'namespace', 'dataset', 'direction');
  sendJson(response, 200, await reads.lineage({ ...of, depth: wholeParameter(query, 'depth', DEPTH, DEPTH_MAX) }));
};
