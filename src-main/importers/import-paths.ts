// Imports files and folders: finds them, tells their format by content, reads each, and gives back what can be stored
// with everything that could not be read. Nothing is written. Bad input never throws; cancelling does (CancelledError),
// between files and between batches of a large one.

import { basename } from 'node:path';
import type { ImportProgress, ImportView } from '../../shared/api/views.ts';
import { type CancelSignal, throwIfCancelled } from '../../shared/base/cancel.ts';
import { type FoundInput, findInputs } from './files/find-inputs.ts';
import { readInput } from './files/read-input.ts';
import { binaryReason, textReason } from './files/wrong-format.ts';
import { documentShape } from './json/split-documents.ts';
import { readOpenLineage } from './openlineage/read-openlineage.ts';
import type { ImportEntry, ImportOutcome } from './outcome.ts';
import { ProblemList } from './problem-list.ts';
import { dayCatalog } from './reference-day/day-catalog.ts';
import { readDayFolder } from './reference-day/read-day-folder.ts';

export interface ImportOptions {
  readonly signal: CancelSignal;
  onProgress(progress: ImportProgress): void;
}

/** One log a file of events, named after the file; one day a folder. */
export async function importPaths(paths: readonly string[], options: ImportOptions): Promise<ImportOutcome> {
  return new Importer(options).run(paths);
}

type FileRow = ImportView['files'][number];

class Importer {
  readonly #options: ImportOptions;
  readonly #problems = new ProblemList();
  readonly #entries: ImportEntry[] = [];
  readonly #files: FileRow[] = [];

  constructor(options: ImportOptions) {
    this.#options = options;
  }

  async run(paths: readonly string[]): Promise<ImportOutcome> {
    this.#options.onProgress({ step: 'looking for files', share: Number.NaN });
    const inputs = await findInputs(paths, this.#problems);
    for (const [i, input] of inputs.entries()) {
      throwIfCancelled(this.#options.signal);
      const onShare = (share: number): void =>
        this.#options.onProgress({ step: `reading ${basename(input.path)}`, share: (i + share) / inputs.length });
      onShare(0);
      await (input.kind === 'day' ? this.#readDay(input) : this.#readFile(input, onShare));
    }
    const { problems, problemCount, errorCount } = this.#problems;
    return { files: this.#files, entries: this.#entries, problems, problemCount, errorCount };
  }

  async #readDay({ path }: FoundInput): Promise<void> {
    const reading = await readDayFolder(path, { hash: true });
    const { day, name, contentHash } = reading;
    this.#problems.addAll(reading);
    const tasks = day?.taskCount ?? 0;
    this.#files.push({ file: path, format: 'reference day', read: tasks, stored: tasks, unit: 'tasks' });
    if (day === null) return;
    this.#entries.push({ kind: 'day', contentHash, importedFrom: path, name, catalog: dayCatalog(day), day });
  }

  async #readFile({ path }: FoundInput, onShare: (share: number) => void): Promise<void> {
    const input = await readInput(path);
    if (!input.ok) return this.#refuse(path, input.error);
    const { bytes, contentHash } = input.value;
    const binary = binaryReason(bytes);
    if (binary !== null) return this.#refuse(path, binary);
    const shape = documentShape(bytes);
    if (shape === null) return this.#refuse(path, textReason(bytes));
    const watch = { signal: this.#options.signal, onShare };
    const name = logName(path);
    const { imported, found, taken } = await readOpenLineage({ file: path, bytes, shape }, name, watch, this.#problems);
    this.#files.push({ file: path, format: 'OpenLineage', read: found, stored: taken, unit: 'events' });
    if (imported !== null) this.#entries.push({ kind: 'log', contentHash, importedFrom: path, ...imported });
  }

  #refuse(path: string, reason: string): void {
    this.#problems.error(path, 1, reason);
    this.#files.push({ file: path, format: 'unknown', read: 0, stored: 0, unit: 'events' });
  }
}

const NAME_CHARACTERS_MAX = 200;

/** The file's name without what tells only its format. */
export function logName(path: string): string {
  const name = basename(path)
    .replace(/\.gz$/i, '')
    .replace(/\.(?:json|ndjson|jsonl|log|txt)$/i, '');
  return (name || basename(path)).slice(0, NAME_CHARACTERS_MAX);
}
