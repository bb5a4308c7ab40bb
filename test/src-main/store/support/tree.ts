// Everything that lies in a folder, as data: to see that nothing in it was changed.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Path to content, folders as "folder". */
export function treeOf(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => {
    const path = join(folder, name);
    return [relative(folder, path), statSync(path).isDirectory() ? 'folder' : readFileSync(path, 'latin1')];
  });
  return Object.fromEntries(entries);
}
