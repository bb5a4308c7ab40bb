// Listings of object stores, one small fixture a format, each with what is wrong beside what is right.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, test } from 'vitest';
import { lacksPages, type Pages } from '../../../../src-main/importers/markers/listing/listed-file.ts';
import { readListing } from '../../../../src-main/importers/markers/listing/read-listing.ts';
import { ProblemList } from '../../../../src-main/importers/problem-list.ts';
import { parquetColumns, readParquetTable } from '../../../../src-main/store/duckdb/table-reader.ts';

const folder = mkdtempSync(join(tmpdir(), 'landfall-listing-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const tables = { columns: parquetColumns, read: readParquetTable };

async function read(
  name: string,
  content: string | Uint8Array | null,
  prefix = 'lake/events',
  schema: string | null = null,
) {
  const file = join(folder, name);
  if (content !== null) writeFileSync(file, content);
  const problems = new ProblemList();
  const listing = await readListing(file, { prefix, schema, tables }, problems);
  return { ...listing, problems: problems.problems.map(({ line, reason }) => `${line ?? '-'}: ${reason}`) };
}

const AT_US = Date.parse('2025-12-24T01:04:00Z') * 1_000;
const PART = { path: 'date=2025-12-24/part-0.parquet', sizeBytes: 10, modifiedUs: AT_US };
const FLAG = { path: 'date=2025-12-24/_SUCCESS', sizeBytes: 0, modifiedUs: AT_US + 1_000_000 };

test('S3 inventory as CSV, gzip too', async () => {
  const text = [
    '"b","lake/events/date%3D2025-12-24/part-0.parquet","10","2025-12-24T01:04:00.000Z"',
    '"b","lake/events/date%3D2025-12-24/_SUCCESS","0","2025-12-24T01:04:01.000Z"',
    '"b","lake/other/p","10","2025-12-24T01:04:00.000Z"',
    '"b","lake/events/p","many","2025-12-24T01:04:00.000Z"',
    '"b","lake/events/p","10"',
    '',
  ].join('\n');
  const wanted = {
    format: 'S3 inventory CSV',
    files: [PART, FLAG],
    read: 5,
    problems: ['4: "many" is not a size', '5: 3 fields where the schema has 4'],
  };
  expect(await read('inventory.csv', text)).toEqual(wanted);
  expect(await read('inventory.csv.gz', gzipSync(text))).toEqual(wanted);
});

test('S3 inventory as CSV with versions: only what is the latest and not deleted', async () => {
  const schema = 'Bucket, Key, VersionId, IsLatest, IsDeleteMarker, Size, LastModifiedDate';
  const rows = [
    '"b","lake/events/p","1","false","false","5","2025-12-24T01:00:00Z"',
    '"b","lake/events/p","2","true","true","","2025-12-24T01:01:00Z"',
  ];
  expect(await read('versions.csv', rows.join('\n'), 'lake/events', schema)).toMatchObject({
    files: [],
    read: 2,
    problems: [],
  });
  expect((await read('short.csv', 'a,b', 'x', 'Bucket, Key')).problems).toEqual([
    '-: the schema "Bucket, Key" has no Key, Size and LastModifiedDate',
  ]);
});

test('S3 inventory as Parquet', async () => {
  const file = join(folder, 'inventory.parquet');
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (SELECT * FROM (VALUES
    ('b', 'lake/events/date=2025-12-24/part-0.parquet', 10::BIGINT, TIMESTAMP '2025-12-24 01:04:00', true, false),
    ('b', 'lake/events/date=2025-12-24/_SUCCESS', 0, TIMESTAMP '2025-12-24 01:04:01', true, false),
    ('b', 'lake/events/old', 1, TIMESTAMP '2025-12-24 01:04:01', false, false))
    t(bucket, key, size, last_modified_date, is_latest, is_delete_marker)) TO '${file}' (FORMAT parquet)`);
  await connection.run(`COPY (SELECT 1 AS a) TO '${join(folder, 'other.parquet')}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  expect(await read('inventory.parquet', null)).toEqual({
    format: 'S3 inventory Parquet',
    files: [PART, FLAG],
    read: 3,
    problems: [],
  });
  expect((await read('other.parquet', null)).problems).toEqual([
    '-: no S3 inventory: the columns key, size, last_modified_date are missing',
  ]);
  expect((await read('cut.parquet', 'PAR1 and nothing more')).problems[0]).toMatch(/^-: cannot be read as Parquet/);
});

test('list-objects JSON, in pages', async () => {
  const page = (...contents: object[]): string => JSON.stringify({ IsTruncated: false, Contents: contents });
  const text = `${page({ Key: 'lake/events/date=2025-12-24/part-0.parquet', Size: 10, LastModified: '2025-12-24T01:04:00+00:00' })}
${page({ Key: 'lake/events/date=2025-12-24/_SUCCESS', Size: 0, LastModified: '2025-12-24T01:04:01Z' }, { Key: 'lake/events/x' })}
`;
  expect(await read('objects.json', text)).toEqual({
    format: 'list-objects JSON',
    files: [PART, FLAG],
    read: 3,
    pages: { count: 2, next: [], askedFor: [] },
    problems: ['-: object 3 has no Key, Size and LastModified'],
  });
});

test('a listing lacks a page: the last one, or one that another goes on from', async () => {
  const pages = async (...documents: object[]): Promise<Pages> => {
    const text = documents.map((document) => JSON.stringify({ Contents: [], ...document })).join('\n');
    return (await read('pages.json', text)).pages as Pages;
  };
  const [first, last] = [{ IsTruncated: true, NextContinuationToken: 'b' }, { ContinuationToken: 'c' }];
  const middle = { IsTruncated: true, ContinuationToken: 'b', NextContinuationToken: 'c' };
  expect(lacksPages([await pages(first)])).toBe(true);
  expect(lacksPages([await pages(first, last)])).toBe(true);
  expect(lacksPages([await pages(first, middle)])).toBe(true);
  expect(lacksPages([await pages(first, middle, last)])).toBe(false);
  expect(lacksPages([await pages(last), await pages(middle, first)])).toBe(false);
  expect(lacksPages([await pages({ IsTruncated: true }, { IsTruncated: false })])).toBe(false);
  expect(lacksPages([])).toBe(false);
});

test('CloudTrail: what was put and not deleted since, in any order', async () => {
  const record = (eventName: string, at: string, key: string, more: object = {}) => ({
    eventName,
    eventTime: at,
    requestParameters: { bucketName: 'b', key },
    ...more,
  });
  const Records = [
    record('DeleteObject', '2025-12-24T01:05:00Z', 'lake/events/gone'),
    record('CompleteMultipartUpload', '2025-12-24T01:04:01Z', 'lake/events/date=2025-12-24/_SUCCESS'),
    record('PutObject', '2025-12-24T01:04:00Z', 'lake/events/date=2025-12-24/part-0.parquet', {
      additionalEventData: { bytesTransferredIn: 10 },
    }),
    record('PutObject', '2025-12-24T01:03:00Z', 'lake/events/gone'),
    record('PutObject', '2025-12-24T01:03:00Z', 'lake/events/denied', { errorCode: 'AccessDenied' }),
    record('GetObject', '2025-12-24T01:03:00Z', 'lake/events/read'),
    record('DeleteObjects', '2025-12-24T01:06:00Z', ''),
    record('PutObject', 'yesterday', 'lake/events/p'),
  ];
  expect(await read('trail.json', JSON.stringify({ Records }))).toEqual({
    format: 'CloudTrail JSON',
    // The end of an upload does not tell the object's size.
    files: [PART, { ...FLAG, sizeBytes: Number.NaN }],
    read: 8,
    problems: [
      '-: record 7: a DeleteObjects does not say which objects; they may be gone',
      '-: record 8 (PutObject) has no eventTime or no key',
    ],
  });
});

test.each([
  ['empty', '', 'the file is empty'],
  ['binary', Uint8Array.of(1, 0, 2, 0), 'a binary file that is no Parquet'],
  ['other JSON', '{"a": 1}', 'JSON, but no listing: neither list-objects (Contents) nor CloudTrail (Records)'],
])('%s is refused', async (name, content, reason) => {
  expect((await read(name, content)).problems).toEqual([`-: ${reason}`]);
});
