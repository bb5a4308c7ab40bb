// What the graph screen shows, as one value. Behaviour is in graph-control; React only reads this.

import { createStore, type StoreApi } from 'zustand/vanilla';
import type { GraphView } from '../../../shared/api/views.ts';
import type { GraphModel } from '../model/graph-model.ts';
import type { Direction } from '../model/reach.ts';
import type { Scene } from '../model/scene.ts';
import type { NodeStates } from '../paint/picture.ts';

export interface FocusState {
  /** A node of the whole graph. */
  readonly node: number;
  readonly direction: Direction;
  /** Pipelines in focus. */
  readonly pipelineCount: number;
}

export interface GraphState {
  readonly view: GraphView | null;
  /** The whole graph. */
  readonly model: GraphModel | null;
  /** What is on the stage; null until the first layout. */
  readonly scene: Scene | null;
  readonly focus: FocusState | null;
  /** A node of the whole graph. */
  readonly selected: number | null;
  /** A node of the scene. */
  readonly hovered: number | null;
  /** By node of the scene. */
  readonly states: NodeStates;
  /** Whether the states of the scene's nodes are known yet, though it be that nothing is known of any. */
  readonly hasStates: boolean;
  /** By row of the view's datasets: how full the partition is that is being written as of the cursor, 0 … 1. */
  readonly fills: ReadonlyMap<number, number>;
  /** Mounted nodes, of the scene. */
  readonly near: readonly number[];
  /** No more are to be mounted, and none taken away, until the camera moves. */
  readonly isNearDone: boolean;
  /** Of the last rest. */
  readonly scale: number;
  /** Nodes of the whole graph that a search has found; others step back. Null when nothing is searched. */
  readonly found: Uint8Array | null;
}

export type GraphStore = StoreApi<GraphState>;

export const graphStore = (): GraphStore =>
  createStore<GraphState>(() => ({
    view: null,
    model: null,
    scene: null,
    focus: null,
    selected: null,
    hovered: null,
    states: new Uint8Array(),
    hasStates: false,
    fills: new Map(),
    near: [],
    isNearDone: true,
    scale: 1,
    found: null,
  }));

/** The selected node in the scene, or null when it is not in it. */
export function selectedHere({ scene, selected }: GraphState): number | null {
  if (scene === null || selected === null) return null;
  const local = scene.local[selected] ?? -1;
  return local < 0 ? null : local;
}
