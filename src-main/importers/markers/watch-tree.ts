// Watches a folder and tells which partitions changed their status, as files come and go. Only folders in which
// something happened are looked at again; a file that has another size than last time is still growing.
// Told by the system, not polled; the system's word is a hint, and what is judged is always what a fresh look saw.

import { type FSWatcher, watch } from 'node:fs';
import { type JudgeOptions, judgeTree, type PartitionVerdict } from '../../../shared/analysis/markers/judge.ts';
import { type FileFact, type Layout, placeOf } from '../../../shared/analysis/markers/layout.ts';
import { type CancelSignal, throwIfCancelled } from '../../../shared/base/cancel.ts';
import type { ProblemList } from '../problem-list.ts';
import { scanTree } from './scan-tree.ts';

/** Changes that come together are looked at together. */
const GATHER_MS = 100;

export interface WatchOptions extends Omit<JudgeOptions, 'growing'> {
  readonly problems: ProblemList;
  readonly signal: CancelSignal;
}

/** Yields the verdicts that are new or other than before, first all of them, until cancelled. */
export async function* watchTree(root: string, options: WatchOptions): AsyncGenerator<readonly PartitionVerdict[]> {
  const changes = new Changes(root, options.signal);
  try {
    const files = new Map<string, FileFact>();
    const told = new Map<string, string>();
    let folders: readonly string[] = [''];
    while (!options.signal.cancelled) {
      const growing = await lookAgain(root, folders, files, options);
      const { partitions } = judgeTree(files.values(), { ...options, growing });
      const changed = partitions.filter((verdict) => told.get(verdict.folder) !== summary(verdict));
      for (const verdict of changed) told.set(verdict.folder, summary(verdict));
      if (changed.length > 0) yield changed;
      // What grew must be looked at once more when it is quiet.
      const next = await changes.next(growing.size > 0);
      folders = foldersOf([...next, ...growing], options.layout);
    }
  } finally {
    changes.close();
  }
}

const summary = ({ status, marker, dataFiles }: PartitionVerdict): string =>
  status === 'running' ? status : `${status} ${marker} ${dataFiles}`;

/** Scans these folders again and returns the paths whose size is another than before. */
async function lookAgain(
  root: string,
  folders: readonly string[],
  files: Map<string, FileFact>,
  { problems, signal }: WatchOptions,
): Promise<Set<string>> {
  const growing = new Set<string>();
  for (const folder of folders) {
    throwIfCancelled(signal);
    const before = new Map([...files].filter(([path]) => folder === '' || path.startsWith(`${folder}/`)));
    for (const path of before.keys()) files.delete(path);
    for (const file of await scanTree(root, folder, problems, signal)) {
      const known = before.get(file.path);
      if (known && known.sizeBytes !== file.sizeBytes) growing.add(file.path);
      files.set(file.path, file);
    }
  }
  return growing;
}

/** The partition folders of changed paths; one that holds another's makes that one unnecessary. */
function foldersOf(paths: readonly string[], layout: Layout): string[] {
  const folders = [...new Set(paths.map((path) => placeOf(`${path}/x`, layout).folder))].sort();
  return folders.filter(
    (folder, i) => !folders.slice(0, i).some((other) => other === '' || folder.startsWith(`${other}/`)),
  );
}

/** Paths that the system says something happened to, gathered for a moment. */
class Changes {
  readonly #watcher: FSWatcher;
  readonly #paths = new Set<string>();
  readonly #stopListening: () => void;
  #wake: () => void = () => {};
  #isOver = false;

  constructor(root: string, signal: CancelSignal) {
    this.#watcher = watch(root, { recursive: true }, (_event, path) => {
      this.#paths.add(String(path ?? '').replaceAll('\\', '/'));
      this.#wake();
    });
    this.#watcher.on('error', () => {
      this.#paths.add('');
      this.#wake();
    });
    this.#stopListening = signal.onCancel(() => {
      this.#isOver = true;
      this.#wake();
    });
  }

  /** `soon`: returns after a moment even when nothing happened. */
  async next(soon: boolean): Promise<string[]> {
    if (this.#paths.size === 0 && !this.#isOver && !soon) await new Promise<void>((resolve) => (this.#wake = resolve));
    if (!this.#isOver) await new Promise<void>((resolve) => setTimeout(resolve, GATHER_MS));
    const paths = [...this.#paths];
    this.#paths.clear();
    return paths;
  }

  close(): void {
    this.#stopListening();
    this.#watcher.close();
  }
}
