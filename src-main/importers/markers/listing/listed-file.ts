// One object of a store's listing, and what reading a listing gives: the files as of its end.

import type { FileFact } from '../../../../shared/analysis/markers/layout.ts';

export interface Listing {
  readonly format: string;
  readonly files: readonly FileFact[];
  /** Rows, objects or records that were read. */
  readonly read: number;
}

/** The part of a key under `prefix` (a folder), or null when it lies elsewhere. */
export function underPrefix(key: string, prefix: string): string | null {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  if (!key.startsWith(folder) || key.endsWith('/')) return null;
  return key.slice(folder.length);
}
