// A painter: bitmaps on request, from a worker where that works, else from the page itself. Who asks cannot tell which.

import { PaintCore, type Painted } from './paint-core.ts';
import type { FromPainter, ToPainter } from './paint-messages.ts';
import type { NodeStates, PaintRequest, Picture } from './picture.ts';

export interface Painter {
  setPicture(picture: Picture): void;
  setStates(states: NodeStates): void;
  /** Null when there is nothing to paint, or the painter was closed. */
  paint(request: PaintRequest): Promise<Painted | null>;
  close(): void;
}

/** `onFaces` is called when pictures would now come out in other type faces. */
export function createPainter(onFaces: () => void): Painter {
  return typeof Worker === 'undefined' ? pagePainter() : new WorkerPainter(onFaces);
}

export function pagePainter(): Painter {
  const core = new PaintCore();
  return {
    setPicture: (picture) => core.setPicture(picture),
    setStates: (states) => core.setStates(states),
    paint: async (request) => core.paint(request),
    close: () => undefined,
  };
}

class WorkerPainter implements Painter {
  readonly #worker = new Worker(new URL('./paint-worker.ts', import.meta.url), { type: 'module', name: 'graph-paint' });
  readonly #waiting = new Map<number, { request: PaintRequest; resolve: (painted: Painted | null) => void }>();
  readonly #onFaces: () => void;
  /** Takes over when the worker cannot be started (a browser without module workers, a policy that forbids them). */
  #instead: Painter | null = null;
  #picture: Picture | null = null;
  #states: NodeStates | null = null;
  #lastId = 0;

  constructor(onFaces: () => void) {
    this.#onFaces = onFaces;
    this.#worker.addEventListener('message', ({ data }: MessageEvent<FromPainter>) => this.#hear(data));
    this.#worker.addEventListener('error', (event) => this.#giveUp(event));
  }

  setPicture(picture: Picture): void {
    this.#picture = picture;
    this.#instead?.setPicture(picture);
    this.#say({ kind: 'picture', picture });
  }

  setStates(states: NodeStates): void {
    this.#states = states;
    this.#instead?.setStates(states);
    this.#say({ kind: 'states', states });
  }

  paint(request: PaintRequest): Promise<Painted | null> {
    if (this.#instead) return this.#instead.paint(request);
    const id = ++this.#lastId;
    return new Promise((resolve) => {
      this.#waiting.set(id, { request, resolve });
      this.#say({ kind: 'paint', id, request });
    });
  }

  close(): void {
    this.#worker.terminate();
    for (const { resolve } of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }

  #say(message: ToPainter): void {
    if (!this.#instead) this.#worker.postMessage(message, []);
  }

  #hear(message: FromPainter): void {
    if (message.kind === 'faces') {
      this.#onFaces();
      return;
    }
    const waiting = this.#waiting.get(message.id);
    this.#waiting.delete(message.id);
    if (waiting) waiting.resolve(message.painted);
    else message.painted?.bitmap.close();
  }

  #giveUp(event: ErrorEvent): void {
    event.preventDefault();
    this.#worker.terminate();
    const instead = pagePainter();
    if (this.#picture) instead.setPicture(this.#picture);
    if (this.#states) instead.setStates(this.#states);
    this.#instead = instead;
    for (const { request, resolve } of this.#waiting.values()) void instead.paint(request).then(resolve);
    this.#waiting.clear();
  }
}
