// Takes a port of 127.0.0.1, and no other address, ever. A port that was asked for is taken or refused; without one the
// usual port is tried, then the ones after it, then any.

import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ServiceError } from '../../shared/api/errors.ts';

export const USUAL_PORT = 4717;
const NEIGHBOURS = 10;

/** Resolves to the port. Rejects with a ServiceError when the port that was asked for cannot be had. */
export async function listen(server: Server, asked: number | undefined): Promise<number> {
  if (asked !== undefined) return listenOn(server, asked);
  for (let port = USUAL_PORT; port < USUAL_PORT + NEIGHBOURS; port++) {
    try {
      return await listenOn(server, port);
    } catch (error) {
      if (!(error instanceof ServiceError && error.code === 'port-in-use')) throw error;
    }
  }
  return listenOn(server, 0);
}

function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(portError(port, error));
    server.once('error', failed);
    server.listen({ host: '127.0.0.1', port, exclusive: true }, () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function portError(port: number, error: NodeJS.ErrnoException): Error {
  if (error.code === 'EADDRINUSE') {
    const message = `port ${port} is in use by another program`;
    return new ServiceError({ code: 'port-in-use', message, place: '--port', hint: whoHasPort(port) });
  }
  if (error.code === 'EACCES') {
    const message = `port ${port} may not be used by this user`;
    return new ServiceError({ code: 'bad-request', message, place: '--port', hint: 'take one above 1023' });
  }
  return error;
}

function whoHasPort(port: number): string {
  if (process.platform === 'win32') return `see which with "netstat -ano | findstr :${port}", or take another port`;
  const command = process.platform === 'linux' ? `ss -ltnp "sport = :${port}"` : `lsof -nP -iTCP:${port} -sTCP:LISTEN`;
  return `see which with ${command}, or take another port`;
}
