// The app in a browser: the built page and the services on 127.0.0.1, for the user who started it. Every way in passes
// the guard. Whoever starts a server closes it; closing lets requests of the API
// finish for a moment, then ends what is left.

import { createServer, type Server } from 'node:http';
import { serveOver } from '../../shared/api/channel/serve-over.ts';
import type { Handlers, TopicSource } from '../../shared/api/client.ts';
import { pageHeaders } from '../../shared/api/page/page-headers.ts';
import { answerRequest, type Site } from './answer-request.ts';
import { sockets } from './answer-upgrade.ts';
import { apiSite } from './api/answer-api.ts';
import type { Api } from './api/api.ts';
import type { GuardPolicy } from './guard.ts';
import { listen, USUAL_PORT } from './listen.ts';
import { listPageFiles } from './page-files.ts';
import { Secrets } from './secrets.ts';

export interface ServerOptions {
  readonly handlers: Handlers;
  readonly topics: TopicSource;
  /** The built page: the folder with its index.html. */
  readonly staticDir: string;
  /** What other programs may use; answers while its receiver is on. */
  readonly api?: Api;
  /** Taken or refused; 0 is any. Left out: the usual one, or the next that is free. */
  readonly port?: number;
  /** Told of faults that a caller sees one line of. */
  readonly onFault?: (fault: unknown, where: string) => void;
}

export interface RunningServer {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** One line when the usual port was taken, else null. */
  readonly portNote: string | null;
  /** The address to open, with a code that works once. */
  readonly launchUrl: string;
  /** For programs of the same user: `Authorization: Bearer …`. To be kept in a file of mode 0600. */
  readonly token: string;
  newLaunchUrl(): string;
  close(): Promise<void>;
}

const SECOND_MS = 1_000;
/** Clients that keep a connection between two events should not find it closed. */
const KEEP_ALIVE_MS = 65 * SECOND_MS;

/** Rejects with a ServiceError: `port-in-use`, or `not-found` when the page is not built. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const files = listPageFiles(options.staticDir);
  const http = createServer({
    headersTimeout: 10 * SECOND_MS,
    requestTimeout: 20 * SECOND_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  const port = await listen(http, options.port);
  const secrets = new Secrets();
  const policy: GuardPolicy = {
    port,
    isToken: (text) => secrets.isToken(text),
    isSession: (text) => secrets.isSession(text),
    isKey: (text) => options.api?.receiver.isKey(text) ?? false,
    isApiOn: () => options.api?.receiver.isOn ?? false,
  };
  const api = options.api === undefined ? null : apiSite(options.api);
  const url = `http://127.0.0.1:${port}`;
  const newLaunchUrl = (): string => `${url}/?code=${secrets.newCode()}`;
  const headers = pageHeaders([`ws://127.0.0.1:${port}`, `ws://localhost:${port}`]);
  const { handlers, topics, onFault } = options;
  const open = sockets(policy, (protocol) => serveOver(protocol, handlers, topics, onFault ? { onFault } : {}));
  route(http, { policy, secrets, files, headers, newLaunchUrl, api }, open.answerUpgrade);
  options.api?.receiver.listensAt(url);
  const portNote =
    options.port === undefined && port !== USUAL_PORT ? `Port ${USUAL_PORT} is in use, so this is ${port}.` : null;
  const close = async (): Promise<void> => {
    options.api?.receiver.listensAt(null);
    await closeServer(http, async () => {
      await api?.close();
      await open.close();
    });
  };
  return { url, port, portNote, launchUrl: newLaunchUrl(), token: secrets.token, newLaunchUrl, close };
}

function route(http: Server, site: Site, answerUpgrade: ReturnType<typeof sockets>['answerUpgrade']): void {
  http.on('request', (request, response) => {
    // What fails here is a connection that broke while it was answered.
    answerRequest(site, request, response).catch(() => response.destroy());
  });
  http.on('upgrade', answerUpgrade);
}

async function closeServer(http: Server, closeConnections: () => Promise<void>): Promise<void> {
  const closed = new Promise<void>((resolve) => http.close(() => resolve()));
  await closeConnections();
  http.closeAllConnections();
  await closed;
}
