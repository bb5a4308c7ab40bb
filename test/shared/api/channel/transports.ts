// The transports of the contract cases: two ends that are connected, and the way to take them down.

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { MessageChannel } from 'node:worker_threads';
import { WebSocket, WebSocketServer } from 'ws';
import { memoryPair } from '../../../../shared/api/channel/memory-pair.ts';
import { type PortLike, portProtocol } from '../../../../shared/api/channel/port-protocol.ts';
import type { Protocol } from '../../../../shared/api/channel/protocol.ts';
import { type SocketLike, socketProtocol } from '../../../../shared/api/channel/socket-protocol.ts';

export interface Ends {
  readonly near: Protocol;
  readonly far: Protocol;
  end(): Promise<void>;
}

async function inMemory(): Promise<Ends> {
  const [near, far] = memoryPair();
  return { near, far, end: async () => near.close() };
}

async function overPorts(): Promise<Ends> {
  const { port1, port2 } = new MessageChannel();
  // Node's ports are event targets; its types say so only in parts.
  const near = portProtocol(port1 as unknown as PortLike);
  const far = portProtocol(port2 as unknown as PortLike);
  return { near, far, end: async () => near.close() };
}

async function overSockets(): Promise<Ends> {
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  await once(server, 'listening');
  const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
  const [[accepted]] = await Promise.all([once(server, 'connection'), once(socket, 'open')]);
  return {
    near: socketProtocol(socket as unknown as SocketLike),
    far: socketProtocol(accepted as SocketLike),
    end: async () => {
      socket.terminate();
      server.close();
      await once(server, 'close');
    },
  };
}

export const TRANSPORTS: readonly (readonly [name: string, open: () => Promise<Ends>])[] = [
  ['a pair in memory', inMemory],
  ['worker_threads ports', overPorts],
  ['a WebSocket on 127.0.0.1', overSockets],
];
