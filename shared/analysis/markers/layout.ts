// Which partition a file belongs to, by its path under the dataset's root: folders named `name=value` (Hive), or folders
// whose place gives the name (`date/hour` over 2025-12-24/03). Keys are written as everywhere: `name=value` sorted by name.

/** A file under a dataset's root. */
export interface FileFact {
  /** Relative, parts separated by `/`. */
  readonly path: string;
  /** NaN is unknown. */
  readonly sizeBytes: number;
  /** µs since the epoch; NaN is unknown. */
  readonly modifiedUs: number;
}

/** Names of the folder levels, outermost first; empty for Hive's `name=value` folders. */
export type Layout = readonly string[];

export interface Place {
  /** "" for the root of a dataset without partitions. */
  readonly key: string;
  /** The partition's folder, "" for the root. */
  readonly folder: string;
  /** The path below that folder. */
  readonly inside: string;
}

const HIVE = /^([^=/]+)=([^/]*)$/;
/** What Hive writes for a value that is not there. */
const HIVE_NULL = '__HIVE_DEFAULT_PARTITION__';

export function placeOf(path: string, layout: Layout): Place {
  const parts = path.split('/');
  const folders = parts.slice(0, -1);
  const depth = layout.length > 0 ? Math.min(layout.length, folders.length) : hiveDepth(folders);
  const pairs = folders
    .slice(0, depth)
    .map((folder, i) => (layout.length > 0 ? `${layout[i]}=${decode(folder)}` : hivePair(folder)));
  return {
    key: pairs.sort().join('/'),
    folder: parts.slice(0, depth).join('/'),
    inside: parts.slice(depth).join('/'),
  };
}

/** Folders from the root on that are partitions; what comes after the first other one is inside. */
function hiveDepth(folders: readonly string[]): number {
  const end = folders.findIndex((folder) => !HIVE.test(folder));
  return end === -1 ? folders.length : end;
}

function hivePair(folder: string): string {
  const [, name = '', value = ''] = HIVE.exec(folder) ?? [];
  return `${decode(name)}=${value === HIVE_NULL ? '' : decode(value)}`;
}

/** Hive escapes what a path may not hold; what is no escape stays as it is. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
