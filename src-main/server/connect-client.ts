// A program beside an open workbench: calls the process that owns the workspace, with the token from its own files.
// Only an address of this machine is ever called, whatever a file says.

import { request } from 'node:http';
import { WebSocket } from 'ws';
import { clientOver } from '../../shared/api/channel/client-over.ts';
import { type SocketLike, socketProtocol } from '../../shared/api/channel/socket-protocol.ts';
import type { Client } from '../../shared/api/client.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import { LIMITS } from '../../shared/base/limits.ts';

/** Where an owner listens, and its secret. */
export interface OwnerAddress {
  readonly url: string;
  readonly token: string;
}

const PATIENCE_MS = 5_000;

/** Rejects with a ServiceError: `closed` when nobody answers, `failed` when the owner does not let this program in. */
export async function connectClient({ url, token }: OwnerAddress): Promise<Client> {
  const origin = localOrigin(url);
  const socket = new WebSocket(`${origin.replace('http:', 'ws:')}/rpc`, {
    headers: { Authorization: `Bearer ${token}`, Origin: origin },
    handshakeTimeout: PATIENCE_MS,
    maxPayload: LIMITS.frameBytes,
    perMessageDeflate: false,
  });
  return new Promise((resolve, reject) => {
    socket.once('unexpected-response', (_request, response) => {
      reject(notLetIn(origin, response.statusCode));
      socket.terminate();
    });
    // Also there after the connection is made, where `close` follows and tells the client.
    socket.on('error', (error) => reject(nobodyThere(origin, error)));
    socket.once('open', () => resolve(clientOver(socketProtocol(socket as unknown as SocketLike))));
  });
}

/** An address that opens the running workbench in a browser, once. Rejects as `connectClient` does. */
export async function requestLaunchUrl({ url, token }: OwnerAddress): Promise<string> {
  const origin = localOrigin(url);
  const headers = { Authorization: `Bearer ${token}`, Origin: origin, 'Content-Type': 'application/json' };
  return new Promise((resolve, reject) => {
    const post = request(`${origin}/launch`, { method: 'POST', headers, timeout: PATIENCE_MS }, async (response) => {
      try {
        if (response.statusCode !== 200) throw notLetIn(origin, response.statusCode);
        const text = Buffer.concat(await response.toArray()).toString('utf8');
        resolve(String((JSON.parse(text) as { launchUrl: unknown }).launchUrl));
      } catch (error) {
        reject(error);
      } finally {
        response.destroy();
      }
    });
    post.on('timeout', () => post.destroy(new Error('no answer')));
    post.on('error', (error) => reject(nobodyThere(origin, error)));
    post.end('{}');
  });
}

function localOrigin(url: string): string {
  const { protocol, hostname, origin } = URL.canParse(url) ? new URL(url) : { protocol: '', hostname: '', origin: '' };
  if (protocol === 'http:' && (hostname === '127.0.0.1' || hostname === 'localhost')) return origin;
  throw new ServiceError({ code: 'bad-input', message: `${url} is no address of a workbench on this machine` });
}

const nobodyThere = (origin: string, cause: Error): ServiceError =>
  new ServiceError({
    code: 'closed',
    message: `nobody answers at ${origin} (${cause.message})`,
    hint: 'is the workbench still open?',
  });

const notLetIn = (origin: string, status: number | undefined): ServiceError =>
  new ServiceError({ code: 'failed', message: `the workbench at ${origin} refused this program (${status})` });
