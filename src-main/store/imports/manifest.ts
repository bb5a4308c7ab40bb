// manifest.json of an import: what it holds and the digest of each of its files. It is written last, so an import that
// has one is whole, and it carries a digest of itself, so a flipped byte in it is seen too.
// Numbers that JSON has no form for (-Infinity in a header) are written as text.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { LogView } from '../../../shared/api/views.ts';
import type { LogHeader } from '../../../shared/model/log.ts';
import { writeDurably } from '../files.ts';
import { parseObject } from '../lock/record.ts';
import { TABLE_NAMES } from './shape.ts';

const FILE = 'manifest.json';
const KIND = 'landfall-import';
const FORMAT = 1;

export interface TableFile {
  readonly rows: number;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Manifest {
  readonly contentHash: string;
  readonly importedFrom: string;
  /** UTC text. */
  readonly importedAt: string;
  readonly catalogHash: string;
  /** The log's header; its name is the one that is unique in the workspace. */
  readonly header: LogHeader;
  /** Known times of the first and the last event, µs; NaN when no event has a known time. */
  readonly fromUs: number;
  readonly toUs: number;
  /** By table name; every table is there. */
  readonly tables: Readonly<Record<string, TableFile>>;
}

/** Thrown for a manifest of a later format: the import is fine, this program is too old. */
export class NewerFormatError extends Error {
  constructor(format: number) {
    super(`was stored by a newer Landfall (format ${format}, this one reads ${FORMAT})`);
    this.name = 'NewerFormatError';
  }
}

export async function writeManifest(folder: string, manifest: Manifest): Promise<void> {
  const body = JSON.stringify({ kind: KIND, format: FORMAT, ...manifest }, numbersAsText, 2);
  await writeDurably(join(folder, FILE), JSON.stringify({ sha256: digest(body), body: JSON.parse(body) }, null, 2));
}

/** Throws when the manifest is missing, damaged, not a manifest (Error) or of a later format (NewerFormatError). */
export async function readManifest(folder: string): Promise<Manifest> {
  const envelope = parseObject(await readFile(join(folder, FILE), 'utf8'));
  if (!envelope) throw new Error(`${FILE} is not JSON`);
  if (digest(JSON.stringify(envelope.body, null, 2)) !== envelope.sha256) throw new Error(`${FILE} is damaged`);
  const body = envelope.body as Manifest & { kind: string; format: number };
  if (body.kind !== KIND) throw new Error(`${FILE} is not the manifest of an import`);
  if (body.format > FORMAT) throw new NewerFormatError(body.format);
  const missing = TABLE_NAMES.find((table) => body.tables[table] === undefined);
  if (missing !== undefined) throw new Error(`${FILE} lacks table ${missing}`);
  const { kind: _kind, format: _format, ...manifest } = body;
  const catalogs = manifest.header.catalogs.map((entry) => ({ ...entry, fromUs: Number(entry.fromUs) }));
  return {
    ...manifest,
    header: { ...manifest.header, catalogs },
    fromUs: Number(manifest.fromUs),
    toUs: Number(manifest.toUs),
  };
}

export function logView({ header, importedFrom, fromUs, toUs, tables }: Manifest): LogView {
  return {
    name: header.name,
    title: header.title,
    source: header.source,
    zone: header.zone,
    fromUs,
    toUs,
    pipelines: tables.log_pipelines.rows,
    tasks: tables.log_tasks.rows,
    datasets: tables.log_datasets.rows,
    runs: tables.log_runs.rows,
    taskRuns: tables.log_task_runs.rows,
    events: tables.log_events.rows,
    importedFrom,
  };
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

const numbersAsText = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
