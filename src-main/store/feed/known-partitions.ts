// Which partitions the read model has a row of: a bit each, grown as needed.

import type { DuckDBConnection } from '@duckdb/node-api';

const FIRST_BYTES = 1_024;

export class KnownPartitions {
  #bits = new Uint8Array(FIRST_BYTES);

  static async read(connection: DuckDBConnection): Promise<KnownPartitions> {
    const known = new KnownPartitions();
    const result = await connection.stream('SELECT partition_id FROM ledger_partition');
    for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
      const vector = chunk.getColumnVector(0);
      for (let i = 0; i < chunk.rowCount; i++) known.add(vector.getItem(i) as number);
    }
    return known;
  }

  has(partition: number): boolean {
    return ((this.#bits[partition >> 3] ?? 0) & (1 << (partition & 7))) !== 0;
  }

  /** False when it was there. */
  isNew(partition: number): boolean {
    if (this.has(partition)) return false;
    this.add(partition);
    return true;
  }

  add(partition: number): void {
    const at = partition >> 3;
    if (at >= this.#bits.length) {
      const wider = new Uint8Array(Math.max(2 * this.#bits.length, at + 1));
      wider.set(this.#bits);
      this.#bits = wider;
    }
    this.#bits[at] |= 1 << (partition & 7);
  }
}
