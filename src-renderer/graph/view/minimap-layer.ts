// The minimap: the whole scene painted small by the same painter, and a frame around what the screen shows. Pressing or
// dragging moves the view.

import type { Painter } from '../paint/painter.ts';
import type { Palette } from '../paint/pen.ts';
import type { Camera } from './camera.ts';
import { type Extent, fitted, screenRect, toWorld, type View, worldRect } from './view.ts';

const INSET = 8;
/** Between two paintings while states change. */
const PAUSE_MS = 400;

export class MinimapLayer {
  readonly #canvas: HTMLCanvasElement;
  readonly #frame: HTMLElement;
  readonly #context: ImageBitmapRenderingContext | null;
  readonly #painter: Painter;
  readonly #stop = new AbortController();
  #whole: Extent = { width: 1, height: 1 };
  #isBusy = false;
  #next: Palette | null = null;

  constructor(canvas: HTMLCanvasElement, frame: HTMLElement, painter: Painter, camera: Camera) {
    this.#canvas = canvas;
    this.#frame = frame;
    this.#context = canvas.getContext('bitmaprenderer');
    this.#painter = painter;
    const { signal } = this.#stop;
    canvas.addEventListener(
      'pointerdown',
      (event) => {
        canvas.setPointerCapture(event.pointerId);
        this.#moveTo(event, camera);
      },
      { signal },
    );
    canvas.addEventListener(
      'pointermove',
      (event) => {
        if (canvas.hasPointerCapture(event.pointerId)) this.#moveTo(event, camera);
      },
      { signal },
    );
  }

  dispose(): void {
    this.#stop.abort();
  }

  setWhole({ width, height }: Extent): void {
    this.#whole = { width, height };
  }

  follow(view: View, screen: Extent): void {
    const seen = screenRect(this.#view(), worldRect(view, screen));
    const { width, height } = this.#size();
    const left = Math.max(0, seen.x);
    const top = Math.max(0, seen.y);
    const right = Math.min(width, seen.x + seen.width);
    const bottom = Math.min(height, seen.y + seen.height);
    this.#frame.style.transform = `translate(${left}px,${top}px)`;
    this.#frame.style.width = `${Math.max(4, right - left)}px`;
    this.#frame.style.height = `${Math.max(4, bottom - top)}px`;
  }

  refresh(palette: Palette): void {
    this.#next = palette;
    if (!this.#isBusy) void this.#paint(palette);
  }

  async #paint(palette: Palette): Promise<void> {
    this.#isBusy = true;
    this.#next = null;
    const painted = await this.#painter.paint({
      view: this.#view(),
      size: this.#size(),
      pixelRatio: Math.min(2, globalThis.devicePixelRatio),
      palette,
      isMinimap: true,
      lit: null,
    });
    if (painted) this.#context?.transferFromImageBitmap(painted.bitmap);
    setTimeout(() => {
      this.#isBusy = false;
      if (this.#next) void this.#paint(this.#next);
    }, PAUSE_MS);
  }

  #moveTo(event: PointerEvent, camera: Camera): void {
    const box = this.#canvas.getBoundingClientRect();
    const at = toWorld(this.#view(), event.clientX - box.left, event.clientY - box.top);
    const { view, screen } = camera;
    camera.goTo({ ...view, x: screen.width / 2 - at.x * view.scale, y: screen.height / 2 - at.y * view.scale });
  }

  #view(): View {
    const insets = { left: INSET, right: INSET, top: INSET, bottom: INSET };
    return fitted({ x: 0, y: 0, ...this.#whole }, this.#size(), insets);
  }

  #size(): Extent {
    return { width: this.#canvas.clientWidth, height: this.#canvas.clientHeight };
  }
}
