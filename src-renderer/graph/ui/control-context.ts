// The graph's control for the parts of its screen.

import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { GraphControl } from '../control/graph-control.ts';
import type { GraphState } from '../control/graph-state.ts';

export const ControlContext = createContext<GraphControl | null>(null);

export function useControl(): GraphControl {
  const control = useContext(ControlContext);
  if (!control) throw new Error('a part of the graph screen outside of it');
  return control;
}

/** Renders again only when the picked value changes. */
export const useGraph = <T>(pick: (state: GraphState) => T): T => useStore(useControl().store, pick);
