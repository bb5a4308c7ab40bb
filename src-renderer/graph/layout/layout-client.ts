// Layouts on demand: from memory when the structure is known, else from a worker that lives for one layout. Small graphs
// are laid out at once, on the page: that is faster than starting a worker.

import { layOut } from './lay-out.ts';
import { structureOf } from './structure.ts';
import type { Layout, LayoutInput } from './types.ts';

/** Nodes up to which a layout takes a few milliseconds. */
const SMALL = 600;
const KEPT = 6;

export interface LayoutJob {
  readonly done: Promise<Layout>;
  /** Stops the work; `done` then never settles. */
  cancel(): void;
}

const known = new Map<string, Layout>();

export function requestLayout(input: LayoutInput): LayoutJob {
  const key = structureOf(input);
  const layout = known.get(key) ?? (input.nodeCount <= SMALL ? layOut(input) : undefined);
  if (layout) {
    keep(key, layout);
    return { done: Promise.resolve(layout), cancel: () => undefined };
  }
  return typeof Worker === 'undefined' ? onPage(key, input) : inWorker(key, input);
}

function keep(key: string, layout: Layout): void {
  known.delete(key);
  known.set(key, layout);
  for (const oldest of known.keys()) {
    if (known.size <= KEPT) return;
    known.delete(oldest);
  }
}

function onPage(key: string, input: LayoutInput): LayoutJob {
  let isCancelled = false;
  const done = new Promise<Layout>((resolve) => {
    setTimeout(() => {
      if (isCancelled) return;
      const layout = layOut(input);
      keep(key, layout);
      resolve(layout);
    });
  });
  return {
    done,
    cancel: () => {
      isCancelled = true;
    },
  };
}

function inWorker(key: string, input: LayoutInput): LayoutJob {
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module', name: 'graph-layout' });
  let instead: LayoutJob | null = null;
  const done = new Promise<Layout>((resolve) => {
    worker.addEventListener('message', ({ data }: MessageEvent<Layout>) => {
      worker.terminate();
      keep(key, data);
      resolve(data);
    });
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      worker.terminate();
      instead = onPage(key, input);
      void instead.done.then(resolve);
    });
    worker.postMessage(input, []);
  });
  return {
    done,
    cancel: () => {
      worker.terminate();
      instead?.cancel();
    },
  };
}
