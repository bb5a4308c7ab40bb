// One object of a store's listing, and what reading a listing gives: the files as of its end.

import type { FileFact } from '../../../../shared/analysis/markers/layout.ts';

export interface Listing {
  readonly format: string;
  readonly files: readonly FileFact[];
  /** Rows, objects or records that were read. */
  readonly read: number;
  /** Of a listing that comes in pages, perhaps in several files. */
  readonly pages?: Pages;
}

export interface Pages {
  readonly count: number;
  /** Of those that say that the listing goes on after them: the token that the next page was asked for with, or "". */
  readonly next: readonly string[];
  /** Tokens that pages were asked for with. */
  readonly askedFor: readonly string[];
}

/**
 * Whether a page is missing: one that goes on needs another that was asked for with its token, and where pages do not
 * tell their tokens, one page at least that is the last. A part of a listing would make what it lacks look whole.
 */
export function lacksPages(all: readonly Pages[]): boolean {
  const next = all.flatMap((pages) => pages.next);
  const askedFor = new Set(all.flatMap((pages) => pages.askedFor));
  const count = all.reduce((sum, pages) => sum + pages.count, 0);
  return (
    next.length > 0 && (next.length === count || (askedFor.size > 0 && next.some((token) => !askedFor.has(token))))
  );
}

/** The part of a key under `prefix` (a folder), or null when it lies elsewhere. */
export function underPrefix(key: string, prefix: string): string | null {
  const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
  if (!key.startsWith(folder) || key.endsWith('/')) return null;
  return key.slice(folder.length);
}
