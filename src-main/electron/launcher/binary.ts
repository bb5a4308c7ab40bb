// Electron's binary as the `electron` package keeps it: its own index.js would download what is missing, so the same
// files are read here instead.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The path of the binary that belongs to this version of the package, or null. Reads only. */
export function installedBinary(packageDir: string, env: Readonly<Record<string, string | undefined>>): string | null {
  const override = env.ELECTRON_OVERRIDE_DIST_PATH;
  const name = read(join(packageDir, 'path.txt'));
  if (override) return existing(join(override, name ?? 'electron'));
  const isThisVersion = read(join(packageDir, 'dist', 'version'))?.replace(/^v/, '') === packageVersion(packageDir);
  return name !== null && isThisVersion ? existing(join(packageDir, 'dist', name)) : null;
}

export function packageVersion(packageDir: string): string {
  return (JSON.parse(readFileSync(join(packageDir, 'package.json'), 'utf8')) as { version: string }).version;
}

const existing = (path: string): string | null => (existsSync(path) ? path : null);

function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return null;
  }
}
