// What a script may read of a log (the live one unless `log` names another): runs, datasets, partitions, lineage.

import type { Route } from './api.ts';
import { knowOnly, wholeParameter } from './parameters.ts';
import { sendJson } from './respond.ts';

const LIMIT = 100;
const LIMIT_MAX = 10_000;
const DEPTH = 1;
const DEPTH_MAX = 100;

/** Parameters that are names, beside one that is a number; what is not given is "" and means any. */
function names<N extends string>(query: URLSearchParams, number: string, ...keys: readonly N[]): Record<N, string> {
  knowOnly(query, [...keys, number]);
  return Object.fromEntries(keys.map((key) => [key, query.get(key) ?? ''])) as Record<N, string>;
}

const limitOf = (query: URLSearchParams): number => wholeParameter(query, 'limit', LIMIT, LIMIT_MAX);

export const listRuns: Route = async ({ reads }, { response, query }) => {
  const filter = { ...names(query, 'limit', 'log', 'pipeline', 'task', 'run', 'state'), limit: limitOf(query) };
  sendJson(response, 200, await reads.runs(filter));
};

export const listDatasets: Route = async ({ reads }, { response, query }) => {
  const filter = { ...names(query, 'limit', 'log', 'namespace', 'dataset'), limit: limitOf(query) };
  sendJson(response, 200, await reads.datasets(filter));
};

export const listPartitions: Route = async ({ reads }, { response, query }) => {
  const filter = { ...names(query, 'limit', 'log', 'namespace', 'dataset', 'partition'), limit: limitOf(query) };
  sendJson(response, 200, await reads.partitions(filter));
};

export const readLineage: Route = async ({ reads }, { response, query }) => {
  const of = names(query, 'depth', 'log', 'namespace', 'dataset', 'direction');
  sendJson(response, 200, await reads.lineage({ ...of, depth: wholeParameter(query, 'depth', DEPTH, DEPTH_MAX) }));
};
