// Finds pipelines by name as one types: every word must be in the name; whole names first, then beginnings, then
// beginnings of a part (`daily` in `features.user_daily`), then anywhere. 52,000 names stay within a frame.

const lowered = new WeakMap<readonly string[], readonly string[]>();

/** Rows of the best matches, best first; shorter names before longer ones of the same rank. */
export function searchNames(names: readonly string[], query: string, limit: number): number[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: { row: number; rank: number }[] = [];
  const lower = lowerCased(names);
  for (let row = 0; row < lower.length; row++) {
    const rank = rankOf(lower[row], words);
    if (rank < NO_MATCH) found.push({ row, rank });
  }
  found.sort((a, b) => a.rank - b.rank || names[a.row].length - names[b.row].length || a.row - b.row);
  return found.slice(0, limit).map((match) => match.row);
}

function lowerCased(names: readonly string[]): readonly string[] {
  let lower = lowered.get(names);
  if (!lower) lowered.set(names, (lower = names.map((name) => name.toLowerCase())));
  return lower;
}

const NO_MATCH = 100;
const PART_START = /[._/\-: ]/;

function rankOf(name: string, words: readonly string[]): number {
  let worst = 0;
  for (const word of words) {
    const at = name.indexOf(word);
    if (at < 0) return NO_MATCH;
    worst = Math.max(worst, rankAt(name, word, at));
  }
  return worst;
}

function rankAt(name: string, word: string, first: number): number {
  if (name === word) return 0;
  if (first === 0) return 1;
  for (let at = first; at >= 0; at = name.indexOf(word, at + 1)) if (PART_START.test(name[at - 1])) return 2;
  return 3;
}
