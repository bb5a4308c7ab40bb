// The state of every pipeline as of the time cursor, for the colours of the graph. Recomputed at most once a frame;
// whoever shows it is told only when a state really changed.

import { useEffect, useState } from 'react';
import { pipelineStates, State, type StateIndex, stateIndex, taskStatesAt } from '../../shared/analysis/state-at.ts';
import type { LogView, TimelineView } from '../../shared/api/views.ts';
import { inNextTask } from '../widgets/next-task.ts';
import { cursorIn } from './cursor.ts';
import { type EarlyRead, useEarlyReads } from './early-reads.ts';
import { useApp, useResource } from './use-app.ts';

/** Gives the State of all pipelines at a moment, into one array that is reused. */
export class StatesAt {
  readonly states: Uint8Array;
  readonly #index: StateIndex;
  readonly #pipelineOf: Int32Array;
  readonly #taskStates: Uint8Array;
  readonly #next: Uint8Array;

  constructor(timeline: TimelineView, pipelines: number, early: readonly EarlyRead[]) {
    this.#index = stateIndex(timeline.times, timeline.deadlineUs, early);
    this.#pipelineOf = timeline.task.map((task) => timeline.taskPipeline[task]);
    this.#taskStates = new Uint8Array(timeline.task.length);
    this.#next = new Uint8Array(pipelines);
    this.states = new Uint8Array(pipelines).fill(State.unknown);
  }

  /** Whether any state changed. */
  moveTo(us: number): boolean {
    taskStatesAt(this.#index, us, this.#taskStates);
    pipelineStates(this.#taskStates, this.#pipelineOf, this.#next);
    const isChanged = this.#next.some((state, i) => state !== this.states[i]);
    if (isChanged) this.states.set(this.#next);
    return isChanged;
  }
}

export interface PipelineStates {
  readonly states: Uint8Array | null;
  readonly version: number;
}

export function usePipelineStates(log: LogView, pipelines: number | null): PipelineStates {
  const { cursor } = useApp();
  const timeline = useResource('log.timeline', { log: log.name });
  const early = useEarlyReads(log);
  const [version, setVersion] = useState(0);
  const [built, setBuilt] = useState<{ readonly log: string; readonly at: StatesAt } | null>(null);
  const view = timeline.status === 'ready' ? timeline.value : null;
  const { name } = log;
  useEffect(() => {
    if (!view || pipelines === null) return;
    return inNextTask(() => setBuilt({ log: name, at: new StatesAt(view, pipelines, early) }));
  }, [name, view, pipelines, early]);
  // While the log grows, what was last known of it stays.
  const at = built?.log === name ? built.at : null;
  useEffect(() => {
    if (!at || !view) return;
    let frame = 0;
    const update = (): void => {
      frame = 0;
      if (at.moveTo(cursorIn(cursor.getState(), view))) setVersion((v) => v + 1);
    };
    update();
    const stop = cursor.subscribe(() => {
      if (frame === 0) frame = requestAnimationFrame(update);
    });
    return () => {
      stop();
      cancelAnimationFrame(frame);
    };
  }, [at, view, cursor]);
  return { states: at?.states ?? null, version };
}
