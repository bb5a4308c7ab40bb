// The upgrade to a WebSocket, behind the same guard as everything else, and the services over it.

import type { IncomingMessage } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Protocol } from '../../shared/api/channel/protocol.ts';
import { type SocketLike, socketProtocol } from '../../shared/api/channel/socket-protocol.ts';
import { LIMITS } from '../../shared/base/limits.ts';
import { type GuardPolicy, guard } from './guard.ts';
import { requestFacts } from './request-facts.ts';

/** Pages and programs that are connected at a time. */
const SOCKET_LIMIT = 64;

export interface Sockets {
  answerUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Tells every peer that the server goes away, then ends what is left. */
  close(): Promise<void>;
}

const GOING_AWAY = 1001;
const GOODBYE_MS = 200;

export function sockets(policy: GuardPolicy, serve: (protocol: Protocol) => void): Sockets {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: LIMITS.requestBytes,
    perMessageDeflate: false,
    clientTracking: true,
  });
  return {
    answerUpgrade(request, socket, head) {
      socket.on('error', () => socket.destroy());
      const verdict = guard(requestFacts(request, true), policy);
      if (!verdict.allowed) return refuse(socket, verdict.status, verdict.reason);
      if (server.clients.size >= SOCKET_LIMIT) return refuse(socket, 503, 'too many connections');
      server.handleUpgrade(request, socket, head, (accepted) => {
        // A frame beyond maxPayload and the like: `ws` reports it and closes.
        accepted.on('error', () => accepted.terminate());
        serve(socketProtocol(accepted as SocketLike));
      });
    },
    close: () => closeAll(server.clients),
  };
}

async function closeAll(clients: ReadonlySet<WebSocket>): Promise<void> {
  const gone = Promise.all(Array.from(clients, (client) => new Promise((resolve) => client.once('close', resolve))));
  for (const client of clients) client.close(GOING_AWAY);
  const timer = setTimeout(() => {
    for (const client of clients) client.terminate();
  }, GOODBYE_MS);
  await gone;
  clearTimeout(timer);
}

function refuse(socket: Duplex, status: number, reason: string): void {
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Type: text/plain\r\n`;
  // A peer that never closes its half must not keep the socket.
  socket.once('finish', () => socket.destroy());
  socket.end(`${head}Content-Length: ${reason.length}\r\nX-Content-Type-Options: nosniff\r\n\r\n${reason}`);
}
