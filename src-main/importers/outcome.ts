// What an import gives back: the entries that can be stored, and everything that could not be read, located.
// Bad input is a problem in the list, never an exception.

import type { ImportView } from '../../shared/api/views.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Log } from '../../shared/model/log.ts';
import type { ReferenceDay } from '../../shared/model/reference-day.ts';
import type { ProblemCounts } from './problem-list.ts';

/** Identity of what was imported: `contentHash` is the SHA-256 of the bytes as they are on disk, 64 hex digits. */
interface ImportedContent {
  readonly contentHash: string;
  /** The path, as it was given or found below a given folder. */
  readonly importedFrom: string;
  readonly catalog: Catalog;
}

/** One file of events: one log, named after the file. */
export interface ImportedLog extends ImportedContent {
  readonly kind: 'log';
  readonly log: Log;
}

/** A reference day has definitions and no events yet: whoever stores it plays it first. */
export interface ImportedDay extends ImportedContent {
  readonly kind: 'day';
  readonly name: string;
  readonly day: ReferenceDay;
}

export type ImportEntry = ImportedLog | ImportedDay;

export interface ImportOutcome extends ProblemCounts {
  readonly files: ImportView['files'];
  readonly entries: readonly ImportEntry[];
}
