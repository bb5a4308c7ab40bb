// Listings as JSON: the answers of list-objects (one document or several, `Contents` with Key, Size, LastModified), and
// CloudTrail's records, from which the files are those that were put and not deleted since.
// Formats: Amazon S3 API reference, ListObjectsV2; AWS CloudTrail user guide, "record contents".

import type { FileFact } from '../../../../shared/analysis/markers/layout.ts';
import { parseInstant } from '../../../../shared/base/time.ts';
import type { ProblemList } from '../../problem-list.ts';
import { type Listing, type Pages, underPrefix } from './listed-file.ts';

type Json = Readonly<Record<string, unknown>>;

interface Source {
  readonly file: string;
  readonly prefix: string;
  readonly problems: ProblemList;
}

const objectOf = (value: unknown): Json => (typeof value === 'object' && value !== null ? (value as Json) : {});
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function isListObjects(document: unknown): boolean {
  const { Contents, KeyCount, IsTruncated } = objectOf(document);
  return Array.isArray(Contents) || (KeyCount === 0 && IsTruncated !== undefined);
}

export const isCloudTrail = (document: unknown): boolean => Array.isArray(objectOf(document).Records);

export function readListObjects(documents: readonly unknown[], source: Source): Listing {
  const files: FileFact[] = [];
  let read = 0;
  for (const document of documents) {
    const contents = objectOf(document).Contents;
    for (const entry of Array.isArray(contents) ? contents : []) {
      read++;
      const { Key, Size, LastModified } = objectOf(entry);
      const modified = parseInstant(textOf(LastModified));
      if (typeof Key !== 'string' || typeof Size !== 'number' || modified === null) {
        source.problems.error(source.file, null, `object ${read} has no Key, Size and LastModified`);
        continue;
      }
      const path = underPrefix(Key, source.prefix);
      if (path !== null) files.push({ path, sizeBytes: Size, modifiedUs: modified });
    }
  }
  return { format: 'list-objects JSON', files, read, pages: pagesOf(documents.map(objectOf)) };
}

const pagesOf = (documents: readonly Json[]): Pages => ({
  count: documents.length,
  next: documents.flatMap(({ IsTruncated, NextContinuationToken }) =>
    IsTruncated === true ? [textOf(NextContinuationToken)] : [],
  ),
  askedFor: documents.map(({ ContinuationToken }) => textOf(ContinuationToken)).filter((token) => token !== ''),
});

const PUTS = new Set(['PutObject', 'CompleteMultipartUpload', 'CopyObject']);

interface Change {
  readonly atUs: number;
  readonly path: string;
  /** NaN when unknown, -1 for a deletion. */
  readonly sizeBytes: number;
}

export function readCloudTrail(documents: readonly unknown[], source: Source): Listing {
  const changes: Change[] = [];
  let read = 0;
  for (const document of documents) {
    for (const record of objectOf(document).Records as readonly unknown[]) {
      read++;
      const change = changeOf(objectOf(record), source, read);
      if (change !== null) changes.push(change);
    }
  }
  // Files of one trail come in any order.
  changes.sort((a, b) => a.atUs - b.atUs);
  const files = new Map<string, FileFact>();
  for (const { atUs, path, sizeBytes } of changes) {
    if (sizeBytes < 0) files.delete(path);
    else files.set(path, { path, sizeBytes, modifiedUs: atUs });
  }
  return { format: 'CloudTrail JSON', files: [...files.values()], read };
}

function changeOf(record: Json, { file, prefix, problems }: Source, row: number): Change | null {
  const name = textOf(record.eventName);
  if (textOf(record.errorCode) !== '') return null;
  if (name === 'DeleteObjects') {
    problems.warning(file, null, `record ${row}: a DeleteObjects does not say which objects; they may be gone`);
    return null;
  }
  const isPut = PUTS.has(name);
  if (!isPut && name !== 'DeleteObject') return null;
  const atUs = parseInstant(textOf(record.eventTime));
  const key = textOf(objectOf(record.requestParameters).key);
  if (atUs === null || key === '') {
    problems.error(file, null, `record ${row} (${name}) has no eventTime or no key`);
    return null;
  }
  const path = underPrefix(key, prefix);
  if (path === null) return null;
  const bytes = objectOf(record.additionalEventData).bytesTransferredIn;
  // What a copy or the end of an upload transfers is no measure of the object.
  const sizeBytes = name === 'PutObject' && typeof bytes === 'number' ? bytes : Number.NaN;
  return { atUs, path, sizeBytes: isPut ? sizeBytes : -1 };
}
