// The channel over a MessagePort of a page or of worker_threads. Frames are copied, never transferred: an ArrayBuffer
// that a page transfers to another process of Electron arrives as nothing (electron/electron#34905).

import type { Protocol } from './protocol.ts';

export interface PortLike {
  postMessage(bytes: Uint8Array): void;
  start(): void;
  close(): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

export function portProtocol(port: PortLike): Protocol {
  const closers: (() => void)[] = [];
  let open = true;
  const closed = (): void => {
    if (!open) return;
    open = false;
    for (const closer of closers) closer();
  };
  port.addEventListener('close', closed);
  return {
    send: (bytes) => {
      if (open) port.postMessage(bytes);
    },
    onMessage(receive) {
      port.addEventListener('message', ({ data }) => {
        if (data instanceof Uint8Array) receive(data);
        else port.close();
      });
      // A port keeps what arrives until it is started.
      port.start();
    },
    onClose: (closer) => void closers.push(closer),
    close() {
      port.close();
      closed();
    },
  };
}
