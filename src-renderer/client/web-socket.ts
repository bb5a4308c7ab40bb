// The channel's protocol over a WebSocket to the page's own origin. The session cookie goes with the upgrade; nothing
// secret is ever in the address.

import type { Protocol } from '../../shared/api/channel/protocol.ts';
import { socketProtocol } from '../../shared/api/channel/socket-protocol.ts';

/** Connects; rejects when the socket closes before it opened. */
export function openWebSocket(page: Location = window.location): Promise<Protocol> {
  const scheme = page.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(`${scheme}//${page.host}/rpc`);
  return new Promise((resolve, reject) => {
    const refuse = (): void => reject(new Error('The connection was not accepted.'));
    socket.addEventListener('close', refuse, { once: true });
    socket.addEventListener(
      'open',
      () => {
        socket.removeEventListener('close', refuse);
        resolve(socketProtocol(socket));
      },
      { once: true },
    );
  });
}
