// One name for all that a play found out: equal for the same (catalog, scenario, seed, replication) whatever thread,
// machine or tracing, and different as soon as one time, outcome or attempt is.

import { ContentHash } from '../../../shared/base/hash.ts';
import type { ModelTimes } from './model-times.ts';

/** 32 hex digits over the columns of the last play. */
export function resultHash({ times }: { readonly times: ModelTimes }): string {
  const hash = new ContentHash();
  for (const column of [times.readyMs, times.enqueuedMs, times.grantedMs, times.startMs, times.finishMs, times.finalMs])
    hash.array(column);
  hash.array(times.outcome);
  for (const attempts of times.attempts) hash.word(attempts);
  return hash.hex();
}
