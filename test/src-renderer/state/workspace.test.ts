// The workspace in the page: asked again when it changes and when a connection comes back, and a log whose content
// changed under its name is loaded anew.

import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { localClient } from '../../../shared/api/channel/local-client.ts';
import { topicHub } from '../../../shared/api/channel/topic-hub.ts';
import type { Handlers } from '../../../shared/api/client.ts';
import { ServiceError } from '../../../shared/api/errors.ts';
import type { LogView } from '../../../shared/api/views.ts';
import { type Connection, NOT_YET_CONNECTED } from '../../../src-renderer/client/connection.ts';
import { createResources } from '../../../src-renderer/state/resources.ts';
import { workspaceStore } from '../../../src-renderer/state/workspace.ts';

const log = (name: string, events: number) => ({ name, events }) as LogView;

function start() {
  const topics = topicHub();
  const server = { logs: [log('a', 1), log('b', 1)], asked: 0, fails: false };
  const handlers = {
    'workspace.get': async () => {
      server.asked++;
      if (server.fails) throw new ServiceError({ code: 'failed', message: 'The disk is gone.' });
      return { name: 'w', dir: '/w', revision: server.asked, logs: server.logs };
    },
    'log.summary': async () => ({}),
  };
  const client = localClient(handlers as unknown as Handlers, topics);
  const connection = createStore<Connection>(() => NOT_YET_CONNECTED);
  const resources = createResources(client);
  const store = workspaceStore(client, connection, resources);
  /** Every message under way has arrived when a later call is answered. */
  const settle = (): Promise<unknown> => client.call('log.summary', { log: 'settle' });
  return { topics, server, connection, resources, store, settle };
}

describe('the workspace', () => {
  it('is asked again when it changes', async () => {
    const { topics, server, store, settle } = start();
    await settle();
    server.logs = [log('a', 1)];
    topics.emit('workspace.changed', { revision: 2 });
    await expect.poll(() => store.getState()).toMatchObject({ status: 'ready', value: { logs: [{ name: 'a' }] } });
  });

  it('is asked again when a connection came back, and not at the first one', async () => {
    const { server, connection, settle } = start();
    connection.setState({ status: 'open' });
    await settle();
    expect(server.asked).toBe(1);
    connection.setState({ status: 'lost' });
    connection.setState({ status: 'open' });
    connection.setState({ status: 'refused' });
    connection.setState({ status: 'open' });
    await settle();
    expect(server.asked).toBe(3);
  });

  it('forgets what it knew of a log that is gone or has other content', async () => {
    const { topics, server, resources, settle } = start();
    await settle();
    for (const name of ['a', 'b']) await resources.whenReady('log.summary', { log: name });
    server.logs = [log('a', 1), log('b', 2)];
    topics.emit('workspace.changed', { revision: 2 });
    await expect.poll(() => Object.keys(resources.store.getState())).toEqual(['log.summary {"log":"a"}']);
  });

  it('keeps the reason when it cannot be read, and can be asked again', async () => {
    const { server, store, settle } = start();
    server.fails = true;
    store.refresh();
    await settle();
    await expect
      .poll(() => store.getState())
      .toMatchObject({ status: 'error', error: { message: 'The disk is gone.' } });
    server.fails = false;
    store.refresh();
    await expect.poll(() => store.getState().status).toBe('ready');
  });
});
