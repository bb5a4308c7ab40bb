// The behaviour of the screen without a page: what pressing, walking, focusing and searching do.

import { beforeEach, describe, expect, test } from 'vitest';
import { State } from '../../../../shared/analysis/state-at.ts';
import { GraphControl } from '../../../../src-renderer/graph/control/graph-control.ts';
import { nodeRect } from '../../../../src-renderer/graph/model/scene.ts';
import { screenRect } from '../../../../src-renderer/graph/view/view.ts';
import { FakeClock } from '../fake-clock.ts';
import { NODE, SMALL } from '../small-graph.ts';

let clock: FakeClock;
let control: GraphControl;
let told: (number | null)[];
const state = () => control.store.getState();
const middleOf = (node: number): [number, number] => {
  const { scene } = state();
  if (!scene) throw new Error('nothing is on the stage');
  const box = screenRect(control.camera.view, nodeRect(scene, scene.local[node]));
  return [box.x + box.width / 2, box.y + box.height / 2];
};

beforeEach(async () => {
  clock = new FakeClock();
  control = new GraphControl(clock, false);
  told = [];
  control.setOnSelect((pipeline) => told.push(pipeline));
  control.camera.setScreen({ width: 1_200, height: 800 });
  await control.setGraph(SMALL);
  clock.settle();
});

describe('a graph', () => {
  test('is shown whole, and its nodes are mounted when they are near', () => {
    expect(state().scene?.model.nodeCount).toBe(7);
    expect(state().near).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('another one replaces it, and keeps what the page has selected', async () => {
    control.setSelection(2);
    const once = control.setGraph(SMALL);
    const twice = control.setGraph(SMALL);
    await twice;
    await Promise.race([once, Promise.resolve()]);
    expect(state().selected).toBe(2);
    expect(state().scene).not.toBeNull();
  });

  test('has no place for a selection of another one', async () => {
    control.setSelection(99);
    expect(state().selected).toBeNull();
    await control.setGraph(SMALL);
    expect(state().selected).toBeNull();
  });

  test('has states once it is laid out and they are known, whichever comes first', async () => {
    expect(state().hasStates).toBe(false);
    control.setStates(new Uint8Array(4), 1);
    expect(state().hasStates).toBe(true);
    const shown = control.setGraph(SMALL);
    control.setStates(new Uint8Array(4), 2);
    expect(state()).toMatchObject({ scene: null, hasStates: false });
    await shown;
    expect(state().hasStates).toBe(true);
    control.setStates(null, 3);
    expect(state().hasStates).toBe(false);
  });

  test('is coloured, and coloured again when the same array has another version', () => {
    const states = Uint8Array.of(State.whole, State.running, State.waiting, State.early);
    control.setStates(states, 1);
    expect(state().states[NODE.train]).toBe(State.early);
    states[NODE.train] = State.whole;
    control.setStates(states, 1);
    expect(state().states[NODE.train]).toBe(State.early);
    control.setStates(states, 2);
    expect(state().states[NODE.train]).toBe(State.whole);
  });
});

describe('pressing', () => {
  test('a pipeline selects it and tells the page', () => {
    control.pressAt(...middleOf(NODE.sessions));
    expect(state().selected).toBe(NODE.sessions);
    expect(told).toEqual([NODE.sessions]);
  });

  test('a dataset selects it; the page, which knows pipelines only, is told of none, and that does not undo it', () => {
    control.setSelection(NODE.sessions);
    control.pressAt(...middleOf(NODE.events));
    expect(told).toEqual([null]);
    control.setSelection(null);
    expect(state().selected).toBe(NODE.events);
  });

  test('empty space clears the selection', () => {
    control.select(NODE.train);
    control.pressAt(1, 799);
    expect(state().selected).toBeNull();
    expect(told).toEqual([NODE.train, null]);
  });

  test('twice shows the lineage of the node', async () => {
    control.doublePressAt(...middleOf(NODE.sessions));
    await expect.poll(() => state().focus).toMatchObject({ node: NODE.sessions, direction: 'both', pipelineCount: 3 });
  });

  test('hovering lights the node until the pointer leaves', () => {
    const [px, py] = middleOf(NODE.events);
    control.hoverAt({ px, py });
    expect(state().hovered).toBe(NODE.events);
    control.hoverAt(null);
    expect(state().hovered).toBeNull();
  });
});

describe('focus', () => {
  test('shows only what feeds the selected node; clearing it brings the whole and the view back', async () => {
    control.camera.zoom(1.5, 100, 100);
    clock.settle();
    const before = control.camera.view;
    control.select(NODE.sessions);
    await control.focus('upstream');
    expect(state().scene?.model.name).toEqual(['ingest.events_raw', 'features.sessions', 'events']);
    expect(state().focus?.pipelineCount).toBe(2);
    expect(state().selected).toBe(NODE.sessions);
    await control.clearFocus();
    clock.settle();
    expect(state().scene?.model.nodeCount).toBe(7);
    expect(state().focus).toBeNull();
    expect(control.camera.view.scale).toBeCloseTo(before.scale);
  });

  test('without a selection does nothing', async () => {
    await control.focus('downstream');
    expect(state().focus).toBeNull();
  });

  test('colours follow the nodes into the part', async () => {
    control.setStates(Uint8Array.of(State.whole, State.running, State.waiting, State.early), 1);
    await control.focus('both', NODE.train);
    const { scene, states } = state();
    expect(states[scene?.local[NODE.train] ?? -1]).toBe(State.early);
    expect(states[scene?.local[NODE.eventsRaw] ?? -1]).toBe(State.whole);
  });

  test('jumping to a node outside of it leaves it', async () => {
    await control.focus('downstream', NODE.userDaily);
    await control.jumpTo(NODE.train);
    expect(state().focus).toBeNull();
    expect(state().selected).toBe(NODE.train);
  });
});

describe('walking', () => {
  test('begins in the middle, then goes along edges and tells the page of pipelines', () => {
    control.walk('right');
    expect(state().selected).not.toBeNull();
    control.select(NODE.eventsRaw);
    control.walk('right');
    control.walk('right');
    expect([NODE.sessions, NODE.train]).toContain(state().selected);
    expect(told.slice(-2)).toEqual([null, state().selected]);
  });

  test('brings what it reaches into view', () => {
    control.camera.goTo({ x: 0, y: 0, scale: 2 });
    control.select(NODE.eventsRaw);
    for (let i = 0; i < 4; i++) control.walk('right');
    clock.settle();
    const [x, y] = middleOf(state().selected ?? -1);
    expect(x > 0 && x < 1_200 && y > 0 && y < 800).toBe(true);
  });
});
