// Reads an object store's listing of any known kind, told by its content: S3 inventory (CSV, Parquet), list-objects
// JSON, CloudTrail JSON; gzip or not. What cannot be read is a located problem.

import { open } from 'node:fs/promises';
import { readInput } from '../../files/read-input.ts';
import { parseJson } from '../../json/parse-json.ts';
import { documentShape, documentSlices } from '../../json/split-documents.ts';
import type { ProblemList } from '../../problem-list.ts';
import type { TableReader } from '../table-reader.ts';
import { readInventoryCsv, USUAL_SCHEMA } from './inventory-csv.ts';
import { readInventoryParquet } from './inventory-parquet.ts';
import { isCloudTrail, isListObjects, readCloudTrail, readListObjects } from './json-listings.ts';
import type { Listing } from './listed-file.ts';

export interface ListingOptions {
  /** The dataset's folder in the store; keys elsewhere are left out. */
  readonly prefix: string;
  /** Columns of an inventory in CSV; null for the usual. */
  readonly schema: string | null;
  readonly tables: TableReader;
}

const NOTHING: Listing = { format: 'unknown', files: [], read: 0 };

export async function readListing(file: string, options: ListingOptions, problems: ProblemList): Promise<Listing> {
  if (await isParquet(file)) return readInventoryParquet(file, options.prefix, options.tables, problems);
  const input = await readInput(file);
  if (!input.ok) {
    problems.error(file, null, input.error);
    return NOTHING;
  }
  const { bytes } = input.value;
  if (bytes.length === 0) problems.error(file, null, 'the file is empty');
  else if (documentShape(bytes) !== null) return readJson(file, bytes, options.prefix, problems);
  else if (bytes.includes(0)) problems.error(file, null, 'a binary file that is no Parquet');
  else {
    const schema = options.schema ?? USUAL_SCHEMA;
    return readInventoryCsv(new TextDecoder().decode(bytes), file, { prefix: options.prefix, schema }, problems);
  }
  return NOTHING;
}

async function isParquet(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(4), 0, 4, 0);
      return bytesRead === 4 && buffer.toString('latin1') === 'PAR1';
    } finally {
      await handle.close();
    }
  } catch {
    // Reading it as text says why not.
    return false;
  }
}

function readJson(file: string, bytes: Uint8Array, prefix: string, problems: ProblemList): Listing {
  const documents: unknown[] = [];
  const shape = documentShape(bytes) ?? 'single';
  for (const { start, end, line } of documentSlices(bytes, shape)) {
    const parsed = parseJson(new TextDecoder().decode(bytes.subarray(start, end)));
    if (parsed.ok) documents.push(parsed.value.value);
    else problems.error(file, line + parsed.error.line - 1, parsed.error.reason);
  }
  const source = { file, prefix, problems };
  if (documents.length > 0 && documents.every(isCloudTrail)) return readCloudTrail(documents, source);
  if (documents.length > 0 && documents.every(isListObjects)) return readListObjects(documents, source);
  if (problems.errorCount === 0) {
    problems.error(file, null, 'JSON, but no listing: neither list-objects (Contents) nor CloudTrail (Records)');
  }
  return NOTHING;
}
