import { expect, test } from 'vitest';
import { GrowingTable } from '../../../../src-main/store/duckdb/growing-table.ts';

test('rows are what was written, also after the columns were widened', () => {
  const table = new GrowingTable({ seq: 'float64', kind: 'uint8', version: 'int32', note: 'text' });
  expect(table.rows).toEqual({
    seq: new Float64Array(0),
    kind: new Uint8Array(0),
    version: new Int32Array(0),
    note: [],
  });
  const count = 1_000;
  for (let i = 0; i < count; i++) {
    const at = table.add();
    const { columns } = table;
    columns.seq[at] = i === 3 ? Number.NaN : i / 4;
    columns.kind[at] = i % 256;
    columns.version[at] = -i;
    columns.note[at] = i % 7 === 0 ? '' : `note ${i}`;
  }
  const numbers = Array.from({ length: count }, (_, i) => i);
  expect(table.length).toBe(count);
  expect(table.rows).toEqual({
    seq: Float64Array.from(numbers, (i) => (i === 3 ? Number.NaN : i / 4)),
    kind: Uint8Array.from(numbers, (i) => i % 256),
    version: Int32Array.from(numbers, (i) => -i),
    note: numbers.map((i) => (i % 7 === 0 ? '' : `note ${i}`)),
  });
});
