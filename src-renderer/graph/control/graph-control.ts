// The behaviour of the graph screen, without React and without DOM: which graph, which part of it, what is selected and
// where the camera looks. Nodes in its methods are those of the whole graph unless they say otherwise.

import type { GraphView } from '../../../shared/api/views.ts';
import type { GraphModel } from '../model/graph-model.ts';
import type { Direction } from '../model/reach.ts';
import { groupRect, nodeRect, type Scene } from '../model/scene.ts';
import { type Arrow, type WalkState, walk } from '../model/walk.ts';
import { NearMounter } from '../near/near-mounter.ts';
import { nearNodes } from '../near/near-set.ts';
import { nodeStates } from '../paint/picture-of.ts';
import { Camera, type CameraListener, type Clock, INSETS } from '../view/camera.ts';
import { fitted, toWorld, type View } from '../view/view.ts';
import { focusView } from './focus-view.ts';
import { type GraphStore, graphStore, selectedHere } from './graph-state.ts';
import { Scenes } from './scenes.ts';

/** A press this far from a node still means it, in pixels. */
const SLACK_PX = 5;
/** A search shows its find at least this large. */
const READABLE_SCALE = 0.8;

export class GraphControl {
  readonly store: GraphStore = graphStore();
  readonly camera: Camera;
  /** Follows the camera: the stage, once there is one. */
  stage: CameraListener | null = null;
  #onSelect: (pipeline: number | null) => void = () => undefined;
  /** The selection as the page knows it. */
  #pageSelection: number | null = null;
  #statesVersion = -1;
  readonly #mounter: NearMounter;
  #scenes: Scenes | null = null;
  #pipelineState: Uint8Array | null = null;
  #wholeView: View | null = null;
  #cameFrom: WalkState['cameFrom'] = null;
  #isMoving = false;

  constructor(clock: Clock, glides: boolean) {
    this.camera = new Camera(
      clock,
      {
        onMove: (view) => {
          this.#isMoving = true;
          this.stage?.onMove(view);
        },
        onRest: (view) => this.#rest(view),
      },
      glides,
    );
    this.#mounter = new NearMounter(clock, (near, isNearDone) => this.store.setState({ near, isNearDone }));
  }

  /** Who is told when the user selects: a pipeline, or null. */
  setOnSelect(onSelect: (pipeline: number | null) => void): void {
    this.#onSelect = onSelect;
  }

  /** Another graph. The page's selection holds in it. */
  async setGraph(view: GraphView): Promise<void> {
    this.#scenes?.cancel();
    const scenes = new Scenes(view);
    this.#scenes = scenes;
    this.#wholeView = null;
    this.#mounter.reset();
    const empty = { scene: null, hasStates: false, focus: null, hovered: null, found: null, near: [] };
    this.store.setState({
      ...empty,
      view,
      model: scenes.model,
      selected: knownPipeline(this.#pageSelection, scenes.model),
    });
    const scene = await scenes.whole();
    if (this.#scenes === scenes) this.#show(scene, null);
  }

  /** States by pipeline as of the cursor; the array may be one that is written again and again, with a new version. */
  setStates(pipelineState: Uint8Array | null, version: number): void {
    if (pipelineState === this.#pipelineState && version === this.#statesVersion) return;
    this.#pipelineState = pipelineState;
    this.#statesVersion = version;
    const { scene } = this.store.getState();
    if (scene) this.store.setState({ states: nodeStates(scene, pipelineState), hasStates: pipelineState !== null });
  }

  /** How far datasets have come as of the cursor, by row of the view. */
  setFills(fills: ReadonlyMap<number, number>): void {
    if (fills !== this.store.getState().fills) this.store.setState({ fills });
  }

  /** The selection as the page knows it, which is of pipelines only. */
  setSelection(pipeline: number | null): void {
    this.#pageSelection = pipeline;
    const { selected, model } = this.store.getState();
    if (model && knownPipeline(pipeline, model) !== pipeline) return;
    const isDataset = selected !== null && model !== null && selected >= model.pipelineCount;
    if (selected === pipeline || (pipeline === null && isDataset)) return;
    this.#setSelected(pipeline);
    this.#cameFrom = null;
    if (pipeline !== null) this.#bringIntoView(pipeline, false);
  }

  select(node: number | null): void {
    this.#cameFrom = null;
    this.#selectAndTell(node);
  }

  /** Selects and shows, at a size that can be read; leaves a focus that does not hold the node. */
  async jumpTo(node: number): Promise<void> {
    const { scene } = this.store.getState();
    if (scene && scene.local[node] < 0) await this.clearFocus();
    this.select(node);
    this.#bringIntoView(node, true);
  }

  showGroup(groupOfScene: number): void {
    const { scene } = this.store.getState();
    if (scene) this.camera.fitTo(groupRect(scene, groupOfScene));
  }

  /** A group of the whole graph. */
  async showWholeGroup(group: number): Promise<void> {
    await this.clearFocus();
    this.showGroup(group);
  }

  walk(arrow: Arrow): void {
    const { scene } = this.store.getState();
    if (!scene) return;
    const node = selectedHere(this.store.getState());
    const next = node === null ? this.#middle(scene) : walk(scene, { node, cameFrom: this.#cameFrom }, arrow);
    if (next === null) return;
    this.#cameFrom = next.cameFrom;
    this.#selectAndTell(scene.whole[next.node]);
    this.camera.reveal(nodeRect(scene, next.node));
  }

  /** Shows only the selected node, or the given one, and what it reaches. */
  async focus(direction: Direction, node = this.store.getState().selected): Promise<void> {
    const { scene, focus } = this.store.getState();
    if (!this.#scenes || !scene || node === null) return;
    if (focus === null) this.#wholeView = this.camera.view;
    const part = await this.#scenes.around(node, direction);
    const focused = { node, direction, pipelineCount: part.model.pipelineCount };
    this.#show(part, focusView(part, part.local[node], direction, this.camera.screen));
    this.store.setState({ focus: focused });
  }

  async clearFocus(): Promise<void> {
    const scenes = this.#scenes;
    if (!scenes || this.store.getState().focus === null) return;
    const whole = await scenes.whole();
    this.store.setState({ focus: null });
    this.#show(whole, this.#wholeView);
    const { selected } = this.store.getState();
    if (selected !== null) this.#bringIntoView(selected, false);
  }

  setFound(found: Uint8Array | null): void {
    this.store.setState({ found });
  }

  hoverAt(at: { readonly px: number; readonly py: number } | null): void {
    const hovered = at === null ? null : this.#nodeAt(at.px, at.py);
    if (hovered === this.store.getState().hovered) return;
    this.store.setState({ hovered });
  }

  pressAt(px: number, py: number): void {
    const { scene } = this.store.getState();
    const node = this.#nodeAt(px, py);
    this.select(node === null || !scene ? null : scene.whole[node]);
  }

  doublePressAt(px: number, py: number): void {
    const { scene } = this.store.getState();
    const node = this.#nodeAt(px, py);
    if (node !== null && scene) void this.focus('both', scene.whole[node]);
  }

  /** Stops a layout under way. */
  cancel(): void {
    this.#scenes?.cancel();
  }

  #show(scene: Scene, view: View | null): void {
    this.#mounter.reset();
    const { width, height } = scene.layout;
    const hasStates = this.#pipelineState !== null;
    this.store.setState({ scene, hovered: null, states: nodeStates(scene, this.#pipelineState), hasStates });
    this.camera.setWhole({ width, height });
    this.camera.goTo(view ?? fitted({ x: 0, y: 0, width, height }, this.camera.screen, INSETS));
  }

  #selectAndTell(node: number | null): void {
    const { model } = this.store.getState();
    this.#setSelected(node);
    this.#onSelect(node !== null && model && node < model.pipelineCount ? node : null);
  }

  #setSelected(selected: number | null): void {
    this.store.setState({ selected });
    this.#mountNear();
  }

  #bringIntoView(node: number, isJump: boolean): void {
    const { scene } = this.store.getState();
    const local = scene?.local[node] ?? -1;
    if (!scene || local < 0) return;
    if (isJump) this.camera.centre(nodeRect(scene, local), READABLE_SCALE);
    else this.camera.reveal(nodeRect(scene, local));
  }

  #middle(scene: Scene): WalkState | null {
    const { view, screen } = this.camera;
    const { x, y } = toWorld(view, screen.width / 2, screen.height / 2);
    const node = scene.hit.nearest(x, y, 1)[0];
    return node === undefined ? null : { node, cameFrom: null };
  }

  #nodeAt(px: number, py: number): number | null {
    const { scene } = this.store.getState();
    const { x, y } = toWorld(this.camera.view, px, py);
    return scene?.hit.nodeAt(x, y, SLACK_PX / this.camera.view.scale) ?? null;
  }

  #rest(view: View): void {
    this.#isMoving = false;
    if (this.store.getState().scale !== view.scale) this.store.setState({ scale: view.scale });
    this.#mountNear();
    this.stage?.onRest(view);
  }

  #mountNear(): void {
    const state = this.store.getState();
    if (!state.scene || this.#isMoving) return;
    this.#mounter.want(nearNodes(state.scene, this.camera.view, this.camera.screen, selectedHere(state)));
  }
}

/** The pipeline when the graph has it: a page may still hold the selection of another log. */
const knownPipeline = (pipeline: number | null, { pipelineCount }: GraphModel): number | null =>
  pipeline !== null && pipeline < pipelineCount ? pipeline : null;
