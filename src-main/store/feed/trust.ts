// Whether the part of the read model that came from the ledger can be believed. It can be ahead (an older ledger was put
// back), hold other rows than it says (a damaged or foreign file), or number its partitions otherwise.

import type { DuckDBConnection } from '@duckdb/node-api';
import { readPosition } from './apply-records.ts';
import type { PartitionIds } from './record-columns.ts';

/** Partitions whose name is compared: the first, the last, and some between. */
const COMPARED = 200;

/** The reason not to, or null. */
export async function distrustOf(
  connection: DuckDBConnection,
  lastSeq: number,
  ids: PartitionIds,
): Promise<string | null> {
  const { appliedSeq, stepRows } = await readPosition(connection);
  if (appliedSeq > lastSeq) return `it is ahead of the ledger: ${appliedSeq} applied, ${lastSeq} there`;
  const counts = await connection.runAndReadAll(
    'SELECT count(*), coalesce(max(seq), 0), (SELECT count(*) FROM ledger_partition) FROM ledger_step',
  );
  const [rows, newest, partitions] = (counts.getRows()[0] ?? []).map(Number);
  if (rows !== stepRows) return `it has ${rows} steps of partitions, ${stepRows} were put in`;
  if (newest > appliedSeq) return `it has a step of seq ${newest}, ${appliedSeq} are applied`;
  const every = Math.max(1, Math.floor(partitions / COMPARED));
  const named = await connection.runAndReadAll(
    `SELECT partition_id, namespace, dataset, partition_key FROM ledger_partition WHERE partition_id % ${every} = 0`,
  );
  for (const [id, namespace, dataset, partition] of named.getRows()) {
    const name = { namespace: String(namespace), dataset: String(dataset), partition: String(partition) };
    if (ids.find(name) !== Number(id)) return `it numbers ${name.dataset} ${name.partition} otherwise`;
  }
  return null;
}
