// Any catalog and log that the model's types allow, however senseless: the store keeps columns and judges nothing.
// Text is well-formed Unicode (a lone surrogate has no UTF-8 form); everything else is free.

import * as fc from 'fast-check';
import { type Catalog, catalogOf } from '../../../../shared/model/catalog.ts';
import type { EventChunk, Log } from '../../../../shared/model/log.ts';
import type { ColumnType } from '../../../../src-main/store/duckdb/columns.ts';
import { CATALOG_SHAPE, EVENT_SHAPE, LOG_SHAPE } from '../../../../src-main/store/imports/shape.ts';

/** Objects as the product makes them. */
const PLAIN = { noNullPrototype: true };

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  fc.constantFrom(
    '',
    '\u0000',
    'a\u0000b',
    '\uFEFFbom',
    "O'Hara; DROP TABLE event; --",
    '"',
    '\\',
    '\n\r\t',
    '🎉'.repeat(9),
    'NULL',
  ),
);
const float64 = fc.oneof(
  fc.double(),
  fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0, -1, 2 ** 53, 5e-324),
);
const int32 = fc.oneof(
  fc.constantFrom(-1, 0, 2 ** 31 - 1, -(2 ** 31)),
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
);
const uint8 = fc.integer({ min: 0, max: 255 });

function column(
  type: ColumnType,
  rows: number,
): fc.Arbitrary<readonly string[] | Float64Array | Int32Array | Uint8Array> {
  const length = { minLength: rows, maxLength: rows };
  if (type === 'text') return fc.array(text, length);
  if (type === 'float64') return fc.array(float64, length).map((values) => Float64Array.from(values));
  if (type === 'int32') return fc.array(int32, length).map((values) => Int32Array.from(values));
  return fc.array(uint8, length).map((values) => Uint8Array.from(values));
}

const tableOf = (shape: Readonly<Record<string, ColumnType>>, rows: number): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(Object.entries(shape).map(([name, type]) => [name, column(type, rows)])), PLAIN);

const anyTable = (shape: Readonly<Record<string, ColumnType>>): fc.Arbitrary<object> =>
  fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 12 })).chain((rows) => tableOf(shape, rows));

const tables = (shapes: Readonly<Record<string, Readonly<Record<string, ColumnType>>>>): fc.Arbitrary<object> =>
  fc.record(Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [name, anyTable(shape)])), PLAIN);

/** Chunks of odd lengths, empty ones too. */
const chunks: fc.Arbitrary<EventChunk[]> = fc.array(
  fc
    .integer({ min: 0, max: 40 })
    .chain((rows) => tableOf(EVENT_SHAPE, rows).map((columns) => ({ rows, ...columns }) as EventChunk)),
  { maxLength: 4 },
);

export const anyCatalog: fc.Arbitrary<Catalog> = tables(CATALOG_SHAPE).map((made) => catalogOf(made as Catalog));

export const anyImport: fc.Arbitrary<{ readonly catalog: Catalog; readonly log: Log }> = fc
  .record({
    catalog: anyCatalog,
    tables: tables(LOG_SHAPE),
    chunks,
    source: fc.constantFrom('observed', 'simulated', 'counterfactual'),
    landing: fc.constantFrom('published', 'finalized'),
    texts: fc.record({ name: text, title: text, zone: text }),
    fromUs: fc.constantFrom(Number.NEGATIVE_INFINITY, 0, 1_766_534_400_000_000),
  })
  .map(({ catalog, tables: made, chunks: events, source, landing, texts, fromUs }) => {
    const { runs, taskRuns, versions, texts: textTable, ...names } = made as Record<string, never>;
    const { text: textColumn } = textTable as { text: readonly string[] };
    const header = { ...texts, source, landing, catalogs: [{ fromUs, hash: catalog.hash }] };
    return {
      catalog,
      log: {
        ...header,
        names: { ...names, texts: textColumn },
        runs,
        taskRuns,
        versions,
        chunks: events,
      } as unknown as Log,
    };
  });
