// The layout worker: one graph in, one layout out.

import { layOut } from './lay-out.ts';
import type { LayoutInput } from './types.ts';

declare const self: DedicatedWorkerGlobalScope;

self.addEventListener('message', ({ data }: MessageEvent<LayoutInput>): void => {
  const layout = layOut(data);
  self.postMessage(
    layout,
    Object.values(layout).flatMap((value) => (ArrayBuffer.isView(value) ? [value.buffer] : [])),
  );
});
