// The server's life: services over its socket for a program with the token, ports that are taken, a quick end.

import { once } from 'node:events';
import { connect, createServer, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { topicHub } from '../../../shared/api/channel/topic-hub.ts';
import { LIMITS } from '../../../shared/base/limits.ts';
import { connectClient, requestLaunchUrl } from '../../../src-main/server/connect-client.ts';
import { USUAL_PORT } from '../../../src-main/server/listen.ts';
import { startServer } from '../../../src-main/server/start-server.ts';
import { graphOf, handlersWith, WORKSPACE } from '../../shared/api/channel/services.ts';
import { waitFor } from '../../support/wait-for.ts';
import { codeOf, useSite } from './site.ts';

const site = useSite({
  'workspace.get': async () => WORKSPACE,
  'log.graph': async () => graphOf(100_000),
  'imports.run': () => new Promise(() => {}),
});
const taken: Server[] = [];
afterEach(() => {
  for (const server of taken.splice(0)) server.close();
});

async function take(port: number): Promise<number> {
  const server = createServer().listen({ host: '127.0.0.1', port });
  await once(server, 'listening');
  taken.push(server);
  return (server.address() as { port: number }).port;
}

const start = (port?: number): ReturnType<typeof startServer> => {
  const options = { handlers: handlersWith({}), topics: topicHub(), staticDir: site().dir };
  return startServer(port === undefined ? options : { ...options, port });
};

describe('a program with the token', () => {
  it('calls the services, and hears what changes', async () => {
    const { server, topics } = site();
    const client = await connectClient(server);
    const revisions: number[] = [];
    client.listen('workspace.changed', ({ revision }) => revisions.push(revision));
    expect(await client.call('workspace.get', {})).toEqual(WORKSPACE);
    expect((await client.call('log.graph', { log: 'a' })).pipelines.taskCount).toHaveLength(100_000);
    topics.emit('workspace.changed', { revision: 4 });
    await waitFor(() => expect(revisions).toEqual([4]));
    client.close();
  });

  it('gets a link for a browser that works once', async () => {
    const link = await requestLaunchUrl(site().server);
    expect(link).toMatch(new RegExp(`^${site().server.url}/\\?code=[0-9a-f]{32}$`));
    expect(codeOf(link)).not.toBe(codeOf(site().server.launchUrl));
  });

  it.each([
    ['connectClient', connectClient],
    ['requestLaunchUrl', requestLaunchUrl],
  ])('%s says who does not answer, who refuses, and calls nobody elsewhere', async (_name, reach) => {
    const { url } = site().server;
    await expect(reach({ url, token: '0'.repeat(64) })).rejects.toMatchObject({ code: 'failed', message: /401/ });
    const free = await take(0);
    taken.splice(0).forEach((server) => server.close());
    const nobody = { url: `http://127.0.0.1:${free}`, token: 'x' };
    await expect(reach(nobody)).rejects.toMatchObject({ code: 'closed', message: /nobody answers/ });
    for (const elsewhere of [
      'http://evil.example:4717',
      'https://127.0.0.1:4717',
      'http://127.0.0.1.evil.example',
      'nonsense',
    ]) {
      await expect(reach({ url: elsewhere, token: 'x' })).rejects.toThrow(/no address of a workbench/);
    }
  });

  it('is one of at most 64', async () => {
    const { server } = site();
    const clients = await Promise.all(Array.from({ length: 64 }, () => connectClient(server)));
    await expect(connectClient(server)).rejects.toMatchObject({ code: 'failed', message: /503/ });
    clients[0]?.close();
    await waitFor(async () => (await connectClient(server)).close());
    for (const client of clients) client.close();
  });

  it('loses its connection when it sends too much', async () => {
    const { server } = site();
    const headers = { Authorization: `Bearer ${server.token}`, Origin: server.url };
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/rpc`, { headers });
    await once(socket, 'open');
    socket.send(new Uint8Array(LIMITS.requestBytes + 1));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1009);
  });

  it('loses its connection for a message of text', async () => {
    const { server } = site();
    const headers = { Authorization: `Bearer ${server.token}`, Origin: server.url };
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/rpc`, { headers });
    await once(socket, 'open');
    socket.send('{"kind":"call"}');
    const [code] = await once(socket, 'close');
    expect(code).toBe(3003);
  });
});

describe('ports', () => {
  it('refuses a port that was asked for and is taken, and says how to find who has it', async () => {
    const port = await take(0);
    await expect(start(port)).rejects.toMatchObject({
      code: 'port-in-use',
      message: `port ${port} is in use by another program`,
      hint: expect.stringContaining(String(port)),
    });
  });

  it('takes the next one when none was asked for, and says so', async () => {
    const first = await start();
    const second = await start();
    try {
      expect(second.port).toBeGreaterThan(USUAL_PORT);
      expect(second.portNote).toBe(`Port ${USUAL_PORT} is in use, so this is ${second.port}.`);
      expect(first.portNote === null).toBe(first.port === USUAL_PORT);
    } finally {
      await Promise.all([first.close(), second.close()]);
    }
  });

  it('says that there is no built page', async () => {
    const options = { handlers: handlersWith({}), topics: topicHub(), port: 0 };
    await expect(startServer({ ...options, staticDir: `${site().dir}/assets` })).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(startServer({ ...options, staticDir: `${site().dir}/nowhere` })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('close', () => {
  it('ends calls, sockets and idle connections, also of peers that never answer', async () => {
    const { server } = site();
    const client = await connectClient(server);
    const failed = client.call('imports.run', { paths: ['a'] }).catch((error: unknown) => error);
    const deaf = new WebSocket(`${server.url.replace('http', 'ws')}/rpc`, {
      headers: { Authorization: `Bearer ${server.token}`, Origin: server.url },
    });
    await once(deaf, 'open');
    // Reads nothing any more, so it never answers the closing handshake.
    deaf.pause();
    const idle = connect({ host: '127.0.0.1', port: server.port });
    await once(idle, 'connect');
    await server.close();
    expect(await failed).toMatchObject({ code: 'closed' });
    deaf.terminate();
    idle.destroy();
    await expect(connectClient(server)).rejects.toMatchObject({ code: 'closed' });
  });
});
