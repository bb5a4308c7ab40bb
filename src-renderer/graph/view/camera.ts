// The camera over a scene: the one place that changes the view. Tells its listeners once a frame, and once more when it
// has come to rest. Knows no DOM: frames and timers come from a Clock.

import {
  type Extent,
  fitted,
  type Insets,
  limited,
  panned,
  type Rect,
  revealed,
  screenRect,
  type View,
  zoomedAt,
} from './view.ts';

export interface Clock {
  nowMs(): number;
  /** Calls back before the next paint. */
  nextFrame(callback: () => void): void;
  /** Returns the way to call it off. */
  after(ms: number, callback: () => void): () => void;
}

export interface CameraListener {
  onMove(view: View): void;
  onRest(view: View): void;
}

/** Room that the overlays of the screen need, in pixels. */
export const INSETS: Insets = { left: 20, right: 20, top: 64, bottom: 56 };

const REST_MS = 100;
const GLIDE_MS = 130;
/** Steps of the + and - keys. */
export const ZOOM_STEP = 1.3;

export class Camera {
  readonly #clock: Clock;
  readonly #listener: CameraListener;
  readonly glides: boolean;
  #view: View = { x: 0, y: 0, scale: 1 };
  #screen: Extent = { width: 0, height: 0 };
  #whole: Extent = { width: 1, height: 1 };
  #isFramePending = false;
  #callOffRest: () => void = () => undefined;
  /** A glide under way; replaced by the next move. */
  #glide: { from: View; to: View; startMs: number } | null = null;

  constructor(clock: Clock, listener: CameraListener, glides: boolean) {
    this.#clock = clock;
    this.#listener = listener;
    this.glides = glides;
  }

  get view(): View {
    return this.#view;
  }
  get screen(): Extent {
    return this.#screen;
  }

  setScreen({ width, height }: Extent): void {
    this.#screen = { width, height };
    this.#show(this.#view);
  }

  /** The size of what can be seen; the view stays as far as it may. */
  setWhole({ width, height }: Extent): void {
    this.#whole = { width, height };
    this.#show(this.#view);
  }

  goTo(view: View): void {
    this.#glide = null;
    this.#show(view);
  }
  pan(dx: number, dy: number): void {
    this.goTo(panned(this.#view, dx, dy));
  }
  zoom(factor: number, px = this.#screen.width / 2, py = this.#screen.height / 2): void {
    const wanted = limited({ ...this.#view, scale: this.#view.scale * factor }, this.#whole, this.#screen).scale;
    this.goTo({ ...zoomedAt(this.#view, wanted / this.#view.scale, px, py), scale: wanted });
  }
  fit(): void {
    this.#glideTo(fitted({ x: 0, y: 0, ...this.#whole }, this.#screen, INSETS));
  }
  fitAtOnce(): void {
    this.goTo(fitted({ x: 0, y: 0, ...this.#whole }, this.#screen, INSETS));
  }
  fitTo(rect: Rect): void {
    this.#glideTo(fitted(rect, this.#screen, INSETS));
  }
  /** Moves no more than needed for the rectangle to be seen. */
  reveal(rect: Rect): void {
    this.#glideTo(revealed(this.#view, rect, this.#screen, INSETS));
  }
  /** Brings the rectangle to the middle, at `scaleMin` or nearer. */
  centre(rect: Rect, scaleMin = 0): void {
    const scale = Math.max(scaleMin, this.#view.scale);
    const middle = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 };
    this.#glideTo({
      scale,
      x: this.#screen.width / 2 - middle.x * scale,
      y: this.#screen.height / 2 - middle.y * scale,
    });
  }

  /** Short ways are gone visibly, long ones at once: nothing could be followed. */
  #glideTo(view: View): void {
    const to = limited(view, this.#whole, this.#screen);
    const ratio = to.scale / this.#view.scale;
    const was = screenRect(to, {
      x: -this.#view.x / this.#view.scale,
      y: -this.#view.y / this.#view.scale,
      width: 0,
      height: 0,
    });
    const isShort = Math.abs(was.x) < this.#screen.width && Math.abs(was.y) < this.#screen.height;
    if (!this.glides || !isShort || ratio < 0.5 || ratio > 2) return this.goTo(to);
    this.#glide = { from: this.#view, to, startMs: this.#clock.nowMs() };
    this.#requestFrame();
  }

  #show(view: View): void {
    this.#view = limited(view, this.#whole, this.#screen);
    this.#requestFrame();
  }

  #requestFrame(): void {
    this.#callOffRest();
    if (this.#isFramePending) return;
    this.#isFramePending = true;
    this.#clock.nextFrame(() => this.#frame());
  }

  #frame(): void {
    this.#isFramePending = false;
    if (this.#glide) this.#stepGlide(this.#glide);
    this.#listener.onMove(this.#view);
    if (this.#glide) this.#requestFrame();
    else this.#callOffRest = this.#clock.after(REST_MS, () => this.#listener.onRest(this.#view));
  }

  #stepGlide({ from, to, startMs }: { from: View; to: View; startMs: number }): void {
    const t = Math.min(1, (this.#clock.nowMs() - startMs) / GLIDE_MS);
    const eased = 1 - (1 - t) * (1 - t);
    const mix = (a: number, b: number): number => a + (b - a) * eased;
    this.#view = t === 1 ? to : { x: mix(from.x, to.x), y: mix(from.y, to.y), scale: mix(from.scale, to.scale) };
    if (t === 1) this.#glide = null;
  }
}
