// Judges a dataset's partitions by the files under a folder or in an object store's listing, once or as they change.
// Needs no workspace.

import { judgeTree, type PartitionVerdict, type TreeVerdict } from '../../shared/analysis/markers/judge.ts';
import type { FileFact, Layout } from '../../shared/analysis/markers/layout.ts';
import { type MarkerPolicy, parseMarkerPolicy } from '../../shared/analysis/markers/policy.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import type { CancelSignal } from '../../shared/base/cancel.ts';
import { lacksPages, type Pages } from '../importers/markers/listing/listed-file.ts';
import { readListing } from '../importers/markers/listing/read-listing.ts';
import { scanTree } from '../importers/markers/scan-tree.ts';
import type { TableReader } from '../importers/markers/table-reader.ts';
import { watchTree } from '../importers/markers/watch-tree.ts';
import { type ProblemCounts, ProblemList } from '../importers/problem-list.ts';
import { parquetColumns, readParquetTable } from '../store/duckdb/table-reader.ts';

export interface MarkerRequest {
  /** A folder; of a listing, the dataset's folder in the store. */
  readonly path: string;
  /** As parseMarkerPolicy takes it. */
  readonly policy: string;
  readonly layout: Layout;
  readonly toleranceMs: number;
  /** Files with an object store's listing; their objects are put together. */
  readonly listings: readonly string[];
  /** Columns of an inventory in CSV, or null for the usual. */
  readonly schema: string | null;
}

export interface MarkerReport extends TreeVerdict, ProblemCounts {
  /** Files or objects that were looked at. */
  readonly files: number;
  readonly formats: readonly string[];
}

const TABLES: TableReader = { columns: parquetColumns, read: readParquetTable };

export async function judgeMarkers(request: MarkerRequest, signal: CancelSignal): Promise<MarkerReport> {
  const problems = new ProblemList();
  const { files, formats } = await factsOf(request, problems, signal);
  const verdict = judgeTree(files, { ...request, policy: policyOf(request) });
  const { problems: list, problemCount, errorCount } = problems;
  return { ...verdict, files: files.length, formats, problems: list, problemCount, errorCount };
}

async function factsOf(
  { path, listings, schema }: MarkerRequest,
  problems: ProblemList,
  signal: CancelSignal,
): Promise<{ files: FileFact[]; formats: string[] }> {
  if (listings.length === 0) {
    return { files: await scanTree(path, '', problems, signal), formats: ['folder'] };
  }
  const files = new Map<string, FileFact>();
  const formats = new Set<string>();
  const pages: Pages[] = [];
  for (const listing of listings) {
    const read = await readListing(listing, { prefix: path, schema, tables: TABLES }, problems);
    formats.add(read.format);
    if (read.pages !== undefined) pages.push(read.pages);
    for (const file of read.files) {
      const known = files.get(file.path);
      if (!known || !(known.modifiedUs > file.modifiedUs)) files.set(file.path, file);
    }
  }
  if (lacksPages(pages)) {
    const reason = 'the listing goes on after its last page here (IsTruncated): give all of its pages';
    problems.error(listings.at(-1) ?? path, null, reason);
  }
  return { files: [...files.values()], formats: [...formats] };
}

/** Verdicts as they change, first all; ends when cancelled. */
export function watchMarkers(
  request: MarkerRequest,
  signal: CancelSignal,
): AsyncGenerator<readonly PartitionVerdict[]> {
  const { path, layout, toleranceMs } = request;
  const policy = policyOf(request);
  return watchTree(path, { policy, layout, toleranceMs, problems: new ProblemList(), signal });
}

function policyOf({ policy }: MarkerRequest): MarkerPolicy {
  const parsed = parseMarkerPolicy(policy);
  if (parsed.ok) return parsed.value;
  throw new ServiceError({ code: 'bad-request', message: parsed.error, place: 'policy' });
}
