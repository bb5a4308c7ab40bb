// Search over pipelines, datasets and groups: every word must be in the name. Whole names first, then beginnings, then
// beginnings of a part (`daily` in `features.user_daily`), then anywhere; shorter names first. When that finds little,
// names that hold the letters in order (`usrdly`). One pass over the names and no sort of all matches, so that 52,000
// names stay within a frame.

import type { GraphModel } from './graph-model.ts';

export type Found =
  | { readonly kind: 'node'; readonly node: number }
  | { readonly kind: 'group'; readonly group: number };

export interface SearchAnswer {
  /** Best first, at most as many as asked for. */
  readonly shown: readonly Found[];
  /** Of all that match. */
  readonly total: number;
  /** 1 for every node that matches. */
  readonly isIn: Uint8Array;
}

/** Fewer matches than this, and letters in order count too. */
const FEW = 8;
const GROUPS_SHOWN = 3;

export function searchGraph(model: GraphModel, query: string, limit: number): SearchAnswer {
  const nodes = matchNames(model.name, query);
  if (nodes.total < FEW) addScattered(model.name, query, nodes);
  const groups = matchNames(model.groupNames, query);
  const foundNodes = best(model.name, nodes, limit).map((node): Found => ({ kind: 'node', node }));
  const foundGroups = best(model.groupNames, groups, GROUPS_SHOWN).map((group): Found => ({ kind: 'group', group }));
  return {
    shown: [...foundNodes.slice(0, 1), ...foundGroups, ...foundNodes.slice(1)].slice(0, limit),
    total: nodes.total + groups.total,
    isIn: Uint8Array.from(nodes.score, (score) => (score < NO_MATCH ? 1 : 0)),
  };
}

interface Matches {
  /** By name: rank, then length; NO_MATCH when it does not match. */
  readonly score: Uint16Array;
  total: number;
}

const LENGTHS = 256;
const Rank = { whole: 0, start: 1, partStart: 2, inside: 3, scattered: 4 } as const;
const NO_MATCH = 5 * LENGTHS;

const scoreOf = (rank: number, length: number): number => rank * LENGTHS + Math.min(LENGTHS - 1, length);

function matchNames(names: readonly string[], query: string): Matches {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const score = new Uint16Array(names.length).fill(NO_MATCH);
  let total = 0;
  if (words.length > 0) {
    lowerCased(names).forEach((name, row) => {
      const rank = rankOf(name, words);
      if (rank < 0) return;
      score[row] = scoreOf(rank, name.length);
      total++;
    });
  }
  return { score, total };
}

/** The worst rank of the words, or -1. */
function rankOf(name: string, words: readonly string[]): number {
  let worst: number = Rank.whole;
  for (const word of words) {
    const at = name.indexOf(word);
    if (at < 0) return -1;
    worst = Math.max(worst, rankAt(name, word, at));
  }
  return worst;
}

const PART_END = /[._/\-: ]/;

function rankAt(name: string, word: string, first: number): number {
  if (name === word) return Rank.whole;
  if (first === 0) return Rank.start;
  for (let at = first; at > 0; at = name.indexOf(word, at + 1)) if (PART_END.test(name[at - 1])) return Rank.partStart;
  return Rank.inside;
}

function addScattered(names: readonly string[], query: string, matches: Matches): void {
  const letters = query.toLowerCase().replaceAll(/\s+/g, '');
  if (letters.length < 3) return;
  lowerCased(names).forEach((name, row) => {
    const span = matches.score[row] < NO_MATCH ? 0 : spanOf(name, letters);
    if (span === 0) return;
    matches.score[row] = scoreOf(Rank.scattered, span);
    matches.total++;
  });
}

/** Characters from the first letter to the last when the letters occur in order; 0 when they do not. */
function spanOf(name: string, letters: string): number {
  let at = -1;
  let first = -1;
  for (const letter of letters) {
    at = name.indexOf(letter, at + 1);
    if (at < 0) return 0;
    if (first < 0) first = at;
  }
  return at - first + 1;
}

/** Rows of the best scores; equal ones in the order of their rows. */
function best(names: readonly string[], { score }: Matches, limit: number): number[] {
  const counts = new Uint32Array(NO_MATCH + 1);
  for (const value of score) counts[value]++;
  let threshold = 0;
  for (let taken = 0; threshold < NO_MATCH && taken < limit; threshold++) taken += counts[threshold];
  const rows: number[] = [];
  for (let row = 0; row < names.length; row++) if (score[row] < threshold) rows.push(row);
  return rows.sort((a, b) => score[a] - score[b] || a - b).slice(0, limit);
}

const lowered = new WeakMap<readonly string[], readonly string[]>();

function lowerCased(names: readonly string[]): readonly string[] {
  let lower = lowered.get(names);
  if (!lower) {
    lower = names.map((name) => name.toLowerCase());
    lowered.set(names, lower);
  }
  return lower;
}
