// Finds what there is to import below the given paths: reference days (folders, told by their files) and single files.
// Symbolic links below a given folder are not followed (they may lead out of it), names that start with a dot are
// passed over, and what is no regular file is told. In the order of names, so that two imports go the same way.

import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ProblemList } from '../problem-list.ts';
import { DAY_FILES } from '../reference-day/read-day-folder.ts';
import { systemReason } from './system-reason.ts';

export interface FoundInput {
  readonly kind: 'day' | 'file';
  readonly path: string;
  /** Of the file; 0 for a day. */
  readonly sizeBytes: number;
}

const FOLDER_DEPTH_MAX = 32;
const INPUTS_MAX = 100_000;
/** So that a day with one file missing is told as that, and not as four strange files. */
const DAY_FILES_MIN = 3;

export async function findInputs(paths: readonly string[], problems: ProblemList): Promise<FoundInput[]> {
  const finder = new InputFinder(problems);
  const given = new Set<string>();
  for (const path of paths) {
    if (!given.has(resolve(path))) await finder.find(path, 0);
    given.add(resolve(path));
  }
  return finder.found;
}

class InputFinder {
  readonly found: FoundInput[] = [];
  readonly #problems: ProblemList;

  constructor(problems: ProblemList) {
    this.#problems = problems;
  }

  async find(path: string, depth: number): Promise<void> {
    try {
      const status = await stat(path);
      if (status.isDirectory()) await this.#folder(path, depth);
      else if (status.isFile()) this.#add({ kind: 'file', path, sizeBytes: status.size });
      else this.#problems.error(path, null, 'is no regular file');
    } catch (error) {
      this.#problems.error(path, null, systemReason(error));
    }
  }

  async #folder(path: string, depth: number): Promise<void> {
    const entries = await readdir(path, { withFileTypes: true });
    if (isDay(entries)) return this.#add({ kind: 'day', path, sizeBytes: 0 });
    const before = this.found.length;
    entries.sort((a, b) => (a.name < b.name ? -1 : 1));
    for (const entry of entries) {
      if (this.found.length >= INPUTS_MAX) break;
      await this.#entry(path, entry, depth);
    }
    if (depth === 0 && this.found.length === before)
      this.#problems.error(path, null, 'there is no file to import in this folder');
    if (depth === 0 && this.found.length >= INPUTS_MAX) {
      this.#problems.error(path, null, `more than ${INPUTS_MAX} files: only the first ones were read`);
    }
  }

  async #entry(folder: string, entry: Dirent, depth: number): Promise<void> {
    const path = join(folder, entry.name);
    if (entry.name.startsWith('.')) return;
    if (entry.isSymbolicLink()) return this.#problems.warning(path, null, 'a symbolic link: not followed');
    if (entry.isDirectory() && depth >= FOLDER_DEPTH_MAX) {
      return this.#problems.error(path, null, `deeper than ${FOLDER_DEPTH_MAX} folders: not read`);
    }
    await this.find(path, depth + 1);
  }

  #add(input: FoundInput): void {
    this.found.push(input);
  }
}

function isDay(entries: readonly Dirent[]): boolean {
  const names = new Set(entries.map(({ name }) => name));
  return DAY_FILES.filter((name) => names.has(name)).length >= DAY_FILES_MIN;
}
