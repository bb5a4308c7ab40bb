// The line under the finds: how many there are. Of what is not searched yet nothing is said but that.

import type { SearchState } from './use-search.ts';

export function footText({ total, shown, isSearched }: Pick<SearchState, 'total' | 'shown' | 'isSearched'>): string {
  // Until the search has caught up, what stands above is what the text before it found.
  if (total === 0) return isSearched ? 'Nothing has that in its name' : 'Searching…';
  return total > shown.length ? `${shown.length} of ${total.toLocaleString('en')} found` : `${total} found`;
}
