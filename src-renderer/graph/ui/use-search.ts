// The search field's state: what was typed, what it found, which find is active. Everything else on the stage steps
// back while something is found.

import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { GraphControl } from '../control/graph-control.ts';
import { type Found, type SearchAnswer, searchGraph } from '../model/search.ts';
import { useControl, useGraph } from './control-context.ts';

const SHOWN = 12;
/** One letter is in too many names to mean one. */
const LIT_FROM = 2;

export interface SearchState {
  readonly query: string;
  readonly shown: readonly Found[];
  /** Of all that match. */
  readonly total: number;
  readonly active: number;
  /** What is shown is of what is typed now: the search comes after the typing, and the graph may not be laid out yet. */
  readonly isSearched: boolean;
  setQuery(query: string): void;
  moveActive(by: number): void;
  choose(found: Found): void;
  /** Goes to the active find of what is typed now, though it may not be shown yet. */
  chooseActive(): void;
}

export function useSearch(onDone: () => void): SearchState {
  const control = useControl();
  const model = useGraph((state) => state.model);
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const searched = useDeferredValue(query);
  const answer = useMemo(() => (model ? searchGraph(model, searched, SHOWN) : null), [model, searched]);
  useLit(control, searched, answer);
  const shown = answer?.shown ?? [];
  const choose = (found: Found): void => {
    setQuery('');
    onDone();
    if (found.kind === 'node') void control.jumpTo(found.node);
    else void control.showWholeGroup(found.group);
  };
  return {
    query,
    shown,
    total: answer?.total ?? 0,
    active: Math.min(active, Math.max(0, shown.length - 1)),
    isSearched: answer !== null && searched === query,
    setQuery: (text) => {
      setQuery(text);
      setActive(0);
    },
    moveActive: (by) => setActive((at) => (at + by + shown.length) % Math.max(1, shown.length)),
    choose,
    chooseActive: () => {
      const finds = searched === query || !model ? shown : searchGraph(model, query, SHOWN).shown;
      const found = finds[Math.min(active, finds.length - 1)];
      if (found) choose(found);
    },
  };
}

function useLit(control: GraphControl, query: string, answer: SearchAnswer | null): void {
  useEffect(() => {
    const isMeant = query.trim().length >= LIT_FROM && answer !== null && answer.total > 0;
    control.setFound(isMeant ? answer.isIn : null);
    return () => control.setFound(null);
  }, [control, query, answer]);
}
