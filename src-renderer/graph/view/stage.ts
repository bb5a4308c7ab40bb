// The stage: everything on the page that follows the camera without React. It binds the layers (overview, near nodes,
// group names, rings, minimap) to the control's state and moves them once a frame.

import type { GraphControl } from '../control/graph-control.ts';
import { type GraphState, selectedHere } from '../control/graph-state.ts';
import { NodeKind } from '../layout/types.ts';
import { groupRect, nodeRect, type Scene } from '../model/scene.ts';
import { createPainter, type Painter } from '../paint/painter.ts';
import type { Palette, Theme } from '../paint/pen.ts';
import { pictureOf } from '../paint/picture-of.ts';
import { readPalette } from '../paint/read-palette.ts';
import type { CameraListener } from './camera.ts';
import { Detail, detailAt, nameSize } from './detail.ts';
import { listenForGestures } from './gestures.ts';
import { type GroupLabel, LabelLayer } from './label-layer.ts';
import { MinimapLayer } from './minimap-layer.ts';
import { OverviewLayer } from './overview-layer.ts';
import { placeCard, placeRing } from './ring.ts';
import type { View } from './view.ts';

export interface StageElements {
  readonly surface: HTMLElement;
  readonly overview: HTMLCanvasElement;
  readonly near: HTMLElement;
  readonly lit: SVGGElement;
  readonly labels: HTMLElement;
  readonly selectedRing: HTMLElement;
  readonly hoverRing: HTMLElement;
  readonly hoverCard: HTMLElement;
  readonly minimap: HTMLCanvasElement;
  readonly minimapFrame: HTMLElement;
}

export class Stage implements CameraListener {
  readonly #control: GraphControl;
  readonly #elements: StageElements;
  readonly #painter: Painter;
  readonly #overview: OverviewLayer;
  readonly #labels: LabelLayer;
  readonly #minimap: MinimapLayer;
  readonly #stops: (() => void)[] = [];
  #palette: Palette | null = null;
  #rests = 0;

  /** `onPainted` is told how long each painting of the overview took, in ms. */
  constructor(control: GraphControl, elements: StageElements, onPainted: (paintMs: number) => void) {
    this.#control = control;
    this.#elements = elements;
    this.#painter = createPainter(() => this.#refresh());
    this.#overview = new OverviewLayer(elements.overview, this.#painter, onPainted);
    this.#labels = new LabelLayer(elements.labels, (group) => control.showGroup(group));
    this.#minimap = new MinimapLayer(elements.minimap, elements.minimapFrame, this.#painter, control.camera);
    control.stage = this;
    this.#stops.push(
      listenForGestures(elements.surface, control.camera, {
        onPress: (px, py) => control.pressAt(px, py),
        onDoublePress: (px, py) => control.doublePressAt(px, py),
        onHover: (at) => control.hoverAt(at),
      }),
      this.#watchSize(),
      control.store.subscribe((now, before) => this.#onState(now, before)),
    );
    if (control.store.getState().scene) this.#setScene(control.store.getState());
  }

  /** Paints in the colours of a theme; to be called when it changed. */
  setTheme(theme: Theme): void {
    const read = (): void => {
      this.#palette = readPalette(this.#elements.surface, theme);
      this.#refresh();
    };
    read();
    // Whoever owns the theme may put it on the page after this call, in the same frame.
    requestAnimationFrame(read);
  }

  onMove(view: View): void {
    const { screen } = this.#control.camera;
    this.#overview.follow(view, screen);
    this.#elements.near.style.transform = `translate(${view.x}px,${view.y}px) scale(${view.scale})`;
    this.#elements.lit.setAttribute('transform', `translate(${view.x} ${view.y}) scale(${view.scale})`);
    this.#showDetail(view);
    this.#labels.follow(view, screen);
    this.#minimap.follow(view, screen);
    this.#placeMarks(this.#control.store.getState(), view);
  }

  onRest(view: View): void {
    this.#overview.rest();
    // For tests, which wait for it.
    this.#elements.surface.dataset['rests'] = String(++this.#rests);
    const { style } = this.#elements.near;
    style.setProperty('--pipeline-name-size', `${nameSize(NodeKind.pipeline, view.scale).toFixed(2)}px`);
    style.setProperty('--dataset-name-size', `${nameSize(NodeKind.dataset, view.scale).toFixed(2)}px`);
  }

  dispose(): void {
    for (const stop of this.#stops) stop();
    this.#minimap.dispose();
    this.#painter.close();
    if (this.#control.stage === this) this.#control.stage = null;
  }

  #onState(now: GraphState, before: GraphState): void {
    if (now.scene !== before.scene) this.#setScene(now);
    else if (now.states !== before.states) {
      this.#painter.setStates(now.states);
      this.#refresh();
    } else if (now.found !== before.found) this.#refresh();
    if (now.selected !== before.selected || now.hovered !== before.hovered || now.scene !== before.scene) {
      this.#placeMarks(now, this.#control.camera.view);
    }
  }

  #setScene({ scene, view, states }: GraphState): void {
    if (!scene || !view) {
      this.#labels.setLabels([]);
      return;
    }
    this.#painter.setPicture(pictureOf(scene, view));
    this.#painter.setStates(states);
    this.#labels.setLabels(labelsOf(scene));
    this.#minimap.setWhole(scene.layout);
    this.#refresh();
    this.onMove(this.#control.camera.view);
  }

  #refresh(): void {
    const { scene, found } = this.#control.store.getState();
    if (!this.#palette || !scene) return;
    const lit = found && Uint8Array.from(scene.whole, (node) => found[node]);
    this.#overview.refresh({ palette: this.#palette, lit });
    this.#minimap.refresh(this.#palette);
  }

  /** Mounted nodes that are too small to be cards leave the picture to the overview; their edges stay. */
  #showDetail({ scale }: View): void {
    const detail = detailAt(scale);
    const shown = detail < Detail.outlines ? 'dots' : detail < Detail.full ? 'names' : 'full';
    const { near, lit } = this.#elements;
    if (near.dataset['detail'] === shown) return;
    near.dataset['detail'] = shown;
    if (lit.ownerSVGElement) lit.ownerSVGElement.dataset['detail'] = shown;
  }

  #placeMarks(state: GraphState, view: View): void {
    const { screen } = this.#control.camera;
    const { scene, hovered } = state;
    const selected = selectedHere(state);
    const { selectedRing, hoverRing, hoverCard, surface } = this.#elements;
    const rect = scene && hovered !== null ? nodeRect(scene, hovered) : null;
    placeRing(selectedRing, scene && selected !== null ? nodeRect(scene, selected) : null, view, screen);
    placeRing(hoverRing, hovered === selected ? null : rect, view, screen);
    // The card says what the drawing has no room for.
    placeCard(hoverCard, detailAt(view.scale) < Detail.full ? rect : null, view, screen);
    surface.classList.toggle('over-node', hovered !== null);
  }

  #watchSize(): () => void {
    const { surface } = this.#elements;
    let isFirst = true;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = surface;
      if (width === 0 || height === 0) return;
      this.#control.camera.setScreen({ width, height });
      if (isFirst) this.#control.camera.fitAtOnce();
      isFirst = false;
    };
    const observer = new ResizeObserver(measure);
    observer.observe(surface);
    measure();
    return () => observer.disconnect();
  }
}

function labelsOf(scene: Scene): GroupLabel[] {
  const { model, isFlat } = scene;
  if (isFlat) return [];
  const counts = new Int32Array(model.groupNames.length);
  for (let node = 0; node < model.pipelineCount; node++) counts[model.group[node]]++;
  return model.groupNames.map((name, group) => ({
    name,
    note: counts[group] === 1 ? '1 pipeline' : `${counts[group].toLocaleString('en')} pipelines`,
    rect: groupRect(scene, group),
  }));
}
