// The channel over a WebSocket that is open: the browser's own and the one of the `ws` package look the same from here.
// Only binary messages are frames; a text message ends the connection.

import { Inbox } from './inbox.ts';
import type { Protocol } from './protocol.ts';

/** WebSocket close code: a type of data that cannot be accepted (RFC 6455, 7.4.1; also what a page may send). */
const NOT_ACCEPTED = 3003;

export interface SocketLike {
  binaryType: string;
  readonly readyState: number;
  send(bytes: Uint8Array<ArrayBuffer>): void;
  close(code?: number): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: () => void): void;
}

const OPEN = 1;

export function socketProtocol(socket: SocketLike): Protocol {
  const inbox = new Inbox();
  socket.binaryType = 'arraybuffer';
  socket.addEventListener('message', ({ data }) => {
    if (data instanceof ArrayBuffer) inbox.put(new Uint8Array(data));
    else socket.close(NOT_ACCEPTED);
  });
  return {
    send: (bytes) => {
      if (socket.readyState === OPEN) socket.send(bytes as Uint8Array<ArrayBuffer>);
    },
    onMessage: (receive) => inbox.onMessage(receive),
    onClose: (closed) => socket.addEventListener('close', () => closed()),
    close: () => socket.close(),
  };
}
