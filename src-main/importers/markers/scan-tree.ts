// The files under a folder, as a marker's judge wants them. Links are not followed: a tree is what lies in it. What cannot
// be read is a located problem, and the rest is still told.

import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileFact } from '../../../shared/analysis/markers/layout.ts';
import { type CancelSignal, throwIfCancelled } from '../../../shared/base/cancel.ts';
import { systemReason } from '../files/system-reason.ts';
import type { ProblemList } from '../problem-list.ts';

const NS_PER_US = 1_000n;
/** Files asked for at a time. */
const ABREAST = 64;

/** `under`: a folder of the tree, "" for all of it; paths are relative to `root` all the same. */
export async function scanTree(
  root: string,
  under: string,
  problems: ProblemList,
  signal: CancelSignal,
): Promise<FileFact[]> {
  const files: FileFact[] = [];
  const folders = [under];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    throwIfCancelled(signal);
    const paths: string[] = [];
    for (const entry of await entriesOf(join(root, folder), folder === '', problems)) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) folders.push(path);
      else if (entry.isFile()) paths.push(path);
    }
    for (let from = 0; from < paths.length; from += ABREAST) {
      const facts = await Promise.all(paths.slice(from, from + ABREAST).map((path) => factOf(root, path, problems)));
      for (const fact of facts) if (fact !== null) files.push(fact);
    }
  }
  return files;
}

/** What went away since its parent was listed is no problem; a root that is not there is. */
async function entriesOf(folder: string, isRoot: boolean, problems: ProblemList) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isRoot || !isGone(error)) problems.error(folder, null, systemReason(error));
    return [];
  }
}

/** Null when it went away since it was listed, as temporary files do. */
async function factOf(root: string, path: string, problems: ProblemList): Promise<FileFact | null> {
  try {
    const { size, mtimeNs } = await lstat(join(root, path), { bigint: true });
    return { path, sizeBytes: Number(size), modifiedUs: Number(mtimeNs / NS_PER_US) };
  } catch (error) {
    if (!isGone(error)) problems.error(join(root, path), null, systemReason(error));
    return null;
  }
}

const isGone = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
