// Where the package lies: the folder of Landfall's own package.json, found upwards from this code, so that the same
// code works from source, from out/main and from an application archive.

import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

let found: string | undefined;

export function packageRoot(): string {
  found ??= findRoot(dirname(fileURLToPath(import.meta.url)));
  return found;
}

function findRoot(from: string): string {
  for (let dir = from; ; dir = dirname(dir)) {
    if (existsSync(join(dir, 'package.json')) && manifestOf(dir).name === 'landfall') return dir;
    if (dir === dirname(dir)) throw new Error(`no package.json of landfall above ${from}`);
  }
}

const manifestOf = (dir: string): { name?: string; version?: string } =>
  JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) as { name?: string; version?: string };

export const packageVersion = (): string => manifestOf(packageRoot()).version ?? 'unknown';

/** Built programs of Node: the command line, the host process and the workers. */
export const builtMainDir = (): string => join(packageRoot(), 'out', 'main');
/** The built page. */
export const builtPageDir = (): string => join(packageRoot(), 'out', 'renderer');
/** The workspace that `landfall start` uses unless told otherwise. */
export const defaultWorkspaceDir = (): string => join(packageRoot(), '.landfall', 'sample');
