// The overview on the page: a canvas that shows painted bitmaps and follows the view by a CSS transform. One painting
// is under way at a time; what was asked for meanwhile is asked for once, afterwards.

import type { Painter } from '../paint/painter.ts';
import type { Palette } from '../paint/pen.ts';
import { isWorn, marginFor, type Painting, placeOf } from './overscan.ts';
import type { Extent, View } from './view.ts';

export interface Look {
  readonly palette: Palette;
  readonly lit: Uint8Array | null;
}

export class OverviewLayer {
  readonly #canvas: HTMLCanvasElement;
  readonly #context: ImageBitmapRenderingContext | null;
  readonly #painter: Painter;
  /** Called with the time a painting took, in ms. */
  readonly #onPainted: (paintMs: number) => void;
  #painting: Painting | null = null;
  #look: Look | null = null;
  #view: View = { x: 0, y: 0, scale: 1 };
  #screen: Extent = { width: 0, height: 0 };
  #isBusy = false;
  #isStale = true;

  constructor(canvas: HTMLCanvasElement, painter: Painter, onPainted: (paintMs: number) => void) {
    this.#canvas = canvas;
    this.#context = canvas.getContext('bitmaprenderer');
    this.#painter = painter;
    this.#onPainted = onPainted;
  }

  /** Content or colours changed: what is shown is out of date. */
  refresh(look: Look): void {
    this.#look = look;
    this.#isStale = true;
    this.#paintIfNeeded();
  }

  /** Follows the view; paints again when the picture no longer serves it. */
  follow(view: View, screen: Extent): void {
    this.#view = view;
    this.#screen = screen;
    this.#place();
    this.#paintIfNeeded();
  }

  /** At rest the picture should be exact: painted again when it is shown scaled. */
  rest(): void {
    if (this.#painting && this.#painting.view.scale !== this.#view.scale) this.#isStale = true;
    this.#paintIfNeeded();
  }

  #place(): void {
    if (!this.#painting) return;
    const { x, y } = placeOf(this.#painting, this.#view);
    this.#canvas.style.transform = `translate(${x}px,${y}px) scale(${this.#view.scale / this.#painting.view.scale})`;
  }

  #paintIfNeeded(): void {
    const { width, height } = this.#screen;
    if (this.#isBusy || !this.#look || width === 0 || height === 0) return;
    const isCurrent = this.#painting && !this.#isStale && !isWorn(this.#painting, this.#view, this.#screen);
    if (!isCurrent) void this.#paint(this.#look);
  }

  async #paint({ palette, lit }: Look): Promise<void> {
    const pixelRatio = Math.min(2, globalThis.devicePixelRatio);
    const painting = { view: this.#view, screen: this.#screen, margin: marginFor(this.#screen, pixelRatio) };
    const { margin, screen, view } = painting;
    const size = { width: screen.width + 2 * margin, height: screen.height + 2 * margin };
    this.#isBusy = true;
    this.#isStale = false;
    const painted = await this.#painter.paint({
      view: { ...view, x: view.x + margin, y: view.y + margin },
      size,
      pixelRatio,
      palette,
      isMinimap: false,
      lit,
    });
    this.#isBusy = false;
    if (!painted) return;
    this.#painting = painting;
    this.#canvas.style.width = `${size.width}px`;
    this.#canvas.style.height = `${size.height}px`;
    this.#context?.transferFromImageBitmap(painted.bitmap);
    this.#place();
    this.#onPainted(painted.paintMs);
    this.#paintIfNeeded();
  }
}
