// The structure of a graph as a name: what a layout depends on, and nothing else.

import { ContentHash } from '../../../shared/base/hash.ts';
import type { LayoutInput } from './types.ts';

/** Two inputs with the same structure get the same layout. */
export function structureOf(input: LayoutInput): string {
  const hash = new ContentHash().word(input.nodeCount).word(input.groupCount);
  for (const column of [input.kind, input.group, input.rank, input.groupRank, input.from, input.to]) hash.array(column);
  return hash.hex();
}
