// How a dataset tells its readers that a partition is whole, when files are all they see. Written as text in commands:
// `partition`, `partition:_DONE`, `root`, `directory`, `table`, `none`.

import { err, ok, type Result } from '../../base/result.ts';

export type MarkerPolicy =
  /** A done-flag in each partition's folder. */
  | { readonly kind: 'partition'; readonly names: readonly string[] }
  /** One at the root vouches for every partition (Spark's static overwrite). */
  | { readonly kind: 'root'; readonly names: readonly string[] }
  /** The folder itself is the flag: it appears when it is whole (renamed into place). */
  | { readonly kind: 'directory' }
  /** The commits of a table format (Delta, Iceberg, Hudi): what is newer than the last one is not in the table yet. */
  | { readonly kind: 'table' }
  /** No flag: only the end of the task tells, and files cannot. */
  | { readonly kind: 'none' };

/** Hadoop's and Oozie's usual ones. */
export const USUAL_MARKERS: readonly string[] = ['_SUCCESS', '.DONE'];

const WANTED = 'partition, root (both may name flags, as in partition:_SUCCESS,.DONE), directory, table or none';

export function parseMarkerPolicy(text: string): Result<MarkerPolicy, string> {
  const [kind, ...rest] = text.split(':');
  const listed = rest.join(':');
  const names = rest.length === 0 ? USUAL_MARKERS : listed.split(',');
  if (kind === 'partition' || kind === 'root') {
    const bad = names.find((name) => name === '' || name.includes('/'));
    return bad === undefined ? ok({ kind, names }) : err(`a flag is the name of a file, not ${JSON.stringify(bad)}`);
  }
  if (rest.length > 0 || (kind !== 'directory' && kind !== 'table' && kind !== 'none'))
    return err(`${WANTED} is wanted`);
  return ok({ kind });
}
