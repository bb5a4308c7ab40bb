// Chooses the transport: the port that an Electron window is handed, or a WebSocket to the page's own origin after
// the session is open. The only file that knows both.

import { openMessagePort } from './message-port.ts';
import { preloadOf } from './preload.ts';
import { type Connect } from './reconnecting.ts';
import { isServerThere, openSession } from './session.ts';
import { openWebSocket } from './web-socket.ts';

export function connectFrom(page: Window): Connect {
  const preload = preloadOf(page);
  if (preload) return () => openMessagePort(preload, page);
  const send = page.fetch.bind(page);
  return async () => {
    const session = await openSession({ location: page.location, history: page.history, fetch: send });
    if (session === 'unreachable') throw new Error('The server does not answer.');
    try {
      return await openWebSocket(page.location);
    } catch (error) {
      // A browser does not tell a page why an upgrade failed: no server is worth another try, a closed door is not.
      if (await isServerThere(send)) return 'refused';
      throw error;
    }
  };
}
