// Holds the picture and the states and turns requests into bitmaps. The same object serves the page and the worker.

import { paintPicture } from './paint.ts';
import type { NodeStates, PaintRequest, Picture } from './picture.ts';

export interface Painted {
  readonly bitmap: ImageBitmap;
  /** What the painting took, in ms. */
  readonly paintMs: number;
}

export class PaintCore {
  #picture: Picture | null = null;
  #states: NodeStates = new Uint8Array();
  readonly #overview = new OffscreenCanvas(1, 1);
  readonly #minimap = new OffscreenCanvas(1, 1);

  setPicture(picture: Picture): void {
    this.#picture = picture;
  }

  /** One state by node of the picture. */
  setStates(states: NodeStates): void {
    this.#states = states;
  }

  /** Null when there is nothing to paint yet. */
  paint(request: PaintRequest): Painted | null {
    const canvas = request.isMinimap ? this.#minimap : this.#overview;
    const from = performance.now();
    fit(canvas, request);
    const pen = canvas.getContext('2d');
    if (pen === null || this.#picture === null) return null;
    paintPicture(pen, this.#picture, this.#states, request);
    return { bitmap: canvas.transferToImageBitmap(), paintMs: performance.now() - from };
  }
}

/** Setting a canvas's size clears and reallocates it, so only when it changes. */
function fit(canvas: OffscreenCanvas, { size, pixelRatio }: PaintRequest): void {
  const width = Math.max(1, Math.round(size.width * pixelRatio));
  const height = Math.max(1, Math.round(size.height * pixelRatio));
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
