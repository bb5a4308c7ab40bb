// What scripts and screens ask of the live ledger, answered by the read model: partitions as of a moment, lineage, stale
// runs, quality. Each answer carries the seq that it is as of, read in the same statement as its rows.

import type { DuckDBValue } from '@duckdb/node-api';
import type {
  AsOf,
  LineageDirection,
  LineageEdge,
  PartitionState,
  StaleRun,
  VersionRead,
} from '../../../shared/api/views-ledger.ts';
import type { PartitionName } from '../../../shared/model/ledger.ts';

/** Rows of a query of our own; one statement sees one state. */
export type Query = (sql: string, values?: DuckDBValue[]) => Promise<Record<string, DuckDBValue>[]>;

const EDGES_MAX = 10_000;

/**
 * The versions that a partition was made from (upstream) or that were made from it (downstream), step by step up to
 * `depth`, nearest first; at most 10,000 edges.
 */
export async function lineageOf(
  query: Query,
  start: PartitionName,
  direction: LineageDirection,
  depth: number,
): Promise<AsOf<LineageEdge>> {
  const edges: LineageEdge[] = [];
  const seen = new Set([keyOf(start)]);
  let frontier = [start];
  let asOfSeq = 0;
  for (let step = 1; step <= depth && frontier.length > 0 && edges.length < EDGES_MAX; step++) {
    const found = await edgesOf(query, frontier, direction);
    asOfSeq = asOfSeq === 0 ? found.asOfSeq : Math.min(asOfSeq, found.asOfSeq);
    const next = new Map<string, PartitionName>();
    for (const edge of found.rows) {
      edges.push({ ...edge, depth: step });
      const far = direction === 'upstream' ? edge.input : edge.output;
      if (!seen.has(keyOf(far))) next.set(keyOf(far), far);
    }
    for (const key of next.keys()) seen.add(key);
    frontier = [...next.values()];
  }
  return { asOfSeq, rows: edges.slice(0, EDGES_MAX) };
}

const keyOf = ({ namespace, dataset, partition }: PartitionName): string =>
  JSON.stringify([namespace, dataset, partition]);

async function edgesOf(
  query: Query,
  of: readonly PartitionName[],
  direction: LineageDirection,
): Promise<AsOf<Omit<LineageEdge, 'depth'>>> {
  const side = direction === 'upstream' ? '' : 'input_';
  // Bound as one JSON text: names are foreign.
  const names = JSON.stringify(
    of.map(({ namespace, dataset, partition }) => ({ n: namespace, d: dataset, k: partition })),
  );
  const rows = await query(
    `WITH wanted AS (SELECT unnest(from_json($1, '[{"n":"VARCHAR","d":"VARCHAR","k":"VARCHAR"}]'), recursive := true))
     SELECT (SELECT applied_seq FROM ledger_position) AS as_of_seq, e.run_id, e.namespace, e.dataset, e.partition_key,
       e.version, e.input_namespace, e.input_dataset, e.input_partition_key, e.input_version
     FROM ledger_lineage_view e JOIN wanted w
       ON w.n = e.${side}namespace AND w.d = e.${side}dataset AND w.k = e.${side}partition_key
     ORDER BY e.seq, e.namespace, e.dataset, e.partition_key LIMIT ${EDGES_MAX}`,
    [names],
  );
  const version = (row: Record<string, DuckDBValue>, prefix: string): VersionRead => ({
    namespace: String(row[`${prefix}namespace`]),
    dataset: String(row[`${prefix}dataset`]),
    partition: String(row[`${prefix}partition_key`]),
    version: Number(row[`${prefix}version`] ?? 0),
  });
  const edges = rows.map((row) => ({
    runId: String(row.run_id),
    input: version(row, 'input_'),
    output: version(row, ''),
  }));
  const asOfSeq = rows.length > 0 ? Number(rows[0].as_of_seq) : await positionOf(query);
  return { asOfSeq, rows: edges };
}

async function positionOf(query: Query): Promise<number> {
  const [row] = await query('SELECT applied_seq FROM ledger_position');
  return Number(row?.applied_seq ?? 0);
}

/** A moment: a seq, or a time (µs, by when it was received). Null is now. */
export type Moment = { readonly seq: number } | { readonly atUs: number } | null;

/** The state of partitions as of a moment, by name; at most `limit` from `offset` on. */
export async function partitionsAsOf(
  query: Query,
  moment: Moment,
  page: {
    readonly namespace?: string | undefined;
    readonly dataset?: string | undefined;
    readonly limit: number;
    readonly offset: number;
  },
): Promise<AsOf<PartitionState>> {
  const { namespace = null, dataset = null, limit, offset } = page;
  const position = await positionOf(query);
  const seq = await seqOf(query, moment, position);
  const rows = await query(
    `SELECT p.namespace, p.dataset, p.partition_key, s.version, s.status, s.readable_version
     FROM ledger_state_as_of($1::BIGINT) s JOIN ledger_partition p USING (partition_id)
     WHERE ($2::VARCHAR IS NULL OR p.namespace = $2) AND ($3::VARCHAR IS NULL OR p.dataset = $3)
     ORDER BY ALL LIMIT ${limit} OFFSET ${offset}`,
    [BigInt(seq), namespace, dataset],
  );
  return {
    asOfSeq: seq,
    rows: rows.map((row) => ({
      namespace: String(row.namespace),
      dataset: String(row.dataset),
      partition: String(row.partition_key),
      version: Number(row.version),
      status: String(row.status),
      readableVersion: Number(row.readable_version),
    })),
  };
}

async function seqOf(query: Query, moment: Moment, position: number): Promise<number> {
  if (moment === null) return position;
  if ('seq' in moment) return Math.min(moment.seq, position);
  // Up to the last record before the first step that came later: events of others are no steps.
  const [row] = await query(
    'SELECT min(seq) AS seq FROM ledger_step WHERE received_time > make_timestamp($1::BIGINT)',
    [BigInt(Math.floor(moment.atUs))],
  );
  return typeof row?.seq === 'bigint' ? Number(row.seq) - 1 : position;
}

/** Runs that read a version of which a later one is whole now (rule `lineage-is-current`). */
export async function staleRuns(query: Query, limit: number): Promise<AsOf<StaleRun>> {
  const rows = await query(
    `SELECT (SELECT applied_seq FROM ledger_position) AS as_of_seq, * FROM ledger_stale_run_view
     ORDER BY finalized_seq, run_id LIMIT ${limit}`,
  );
  return {
    asOfSeq: rows.length > 0 ? Number(rows[0].as_of_seq) : await positionOf(query),
    rows: rows.map((row) => ({
      runId: String(row.run_id),
      attempt: Number(row.try_number),
      input: {
        namespace: String(row.input_namespace),
        dataset: String(row.input_dataset),
        partition: String(row.input_partition_key),
      },
      readVersion: Number(row.read_version),
      newestVersion: Number(row.newest_version),
    })),
  };
}
