// What the ledger replaces: one finalize as one transaction of DuckDB, an update of the partition and an event.

import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { inFolder, type Latency, latencyOf } from './figures.ts';

export interface DatabaseFigures extends Latency {
  readonly transactions: number;
  readonly perSecond: number;
}

export function measureDuckdb(parent: string, transactions: number): Promise<DatabaseFigures> {
  return inFolder(parent, async (dir) => {
    const instance = await DuckDBInstance.create(join(dir, 'bench.duckdb'));
    const connection = await instance.connect();
    await connection.run('CREATE TABLE partition_state (id INTEGER PRIMARY KEY, status VARCHAR, row_count BIGINT)');
    await connection.run('CREATE TABLE event (seq BIGINT, partition_id INTEGER, kind VARCHAR)');
    await connection.run(`INSERT INTO partition_state SELECT range, 'RUNNING', 0 FROM range(${transactions})`);
    const took = new Float64Array(transactions);
    const begun = performance.now();
    for (let i = 0; i < transactions; i++) {
      const from = performance.now();
      await connection.run('BEGIN');
      await connection.run(`UPDATE partition_state SET status = 'SUCCESS', row_count = ${i} WHERE id = ${i}`);
      await connection.run(`INSERT INTO event VALUES (${i}, ${i}, 'finalized')`);
      await connection.run('COMMIT');
      took[i] = performance.now() - from;
    }
    const perSecond = transactions / ((performance.now() - begun) / 1_000);
    connection.closeSync();
    instance.closeSync();
    return { transactions, perSecond, ...latencyOf(took) };
  });
}
