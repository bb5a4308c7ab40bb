// One client over connections that come and go, against real services over the channel in memory: calls queue, reads
// are sent again, changes are not, listeners are registered again, and tries follow the back-off.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryPair } from '../../../shared/api/channel/memory-pair.ts';
import type { Protocol } from '../../../shared/api/channel/protocol.ts';
import { serveOver } from '../../../shared/api/channel/serve-over.ts';
import { topicHub } from '../../../shared/api/channel/topic-hub.ts';
import type { Handlers } from '../../../shared/api/client.ts';
import type { ServiceError } from '../../../shared/api/errors.ts';
import { cancelSource } from '../../../shared/base/cancel.ts';
import { backOffMs } from '../../../src-renderer/client/back-off.ts';
import { type Connection, NOT_YET_CONNECTED } from '../../../src-renderer/client/connection.ts';
import { type Connect, reconnectingClient } from '../../../src-renderer/client/reconnecting.ts';

function cell() {
  let now: Connection = NOT_YET_CONNECTED;
  return {
    getState: () => now,
    setState(change: Partial<Connection>) {
      now = { ...now, ...change };
    },
  };
}

/** Services whose connections can be refused, opened and broken by the test. */
function server(handlers: Partial<Handlers>) {
  const topics = topicHub();
  const ends: Protocol[] = [];
  let state: 'up' | 'down' | 'refusing' = 'up';
  const connect: Connect = async () => {
    if (state === 'refusing') return 'refused';
    if (state === 'down') throw new Error('nobody there');
    const [near, far] = memoryPair();
    serveOver(far, handlers as Handlers, topics);
    ends.push(far);
    return near;
  };
  return {
    topics,
    connect,
    set: (next: typeof state) => {
      state = next;
    },
    breakConnection: () => ends.at(-1)?.close(),
    tries: () => ends.length,
  };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());
const settle = (ms = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

/** `answered`, or the code of its error. */
const outcomeOf = (answer: Promise<unknown>): Promise<string> =>
  answer.then(
    () => 'answered',
    (error: ServiceError) => error.code,
  );

describe('back-off', () => {
  it('doubles from a quarter second to ten seconds', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 40].map(backOffMs)).toEqual([250, 500, 1000, 2000, 4000, 8000, 10000, 10000]);
  });
});

describe('a reconnecting client', () => {
  it('queues calls until it is connected', async () => {
    const services = server({ 'logs.list': async () => [] });
    services.set('down');
    const connection = cell();
    const client = reconnectingClient(services.connect, connection);
    const answer = client.call('logs.list', {});
    await settle();
    expect(connection.getState()).toMatchObject({ status: 'lost', attempt: 1 });
    services.set('up');
    await settle(backOffMs(1));
    expect(await answer).toEqual([]);
    expect(connection.getState()).toEqual({ status: 'open', attempt: 0, retryAtMs: null });
    client.close();
  });

  it('sends a read again when the connection broke under it', async () => {
    let calls = 0;
    const services = server({
      'logs.list': async () => {
        calls++;
        if (calls === 1) await new Promise(() => {});
        return [];
      },
    });
    const client = reconnectingClient(services.connect, cell());
    const answer = client.call('logs.list', {});
    await settle();
    services.breakConnection();
    await settle(backOffMs(1));
    expect(await answer).toEqual([]);
    expect(calls).toBe(2);
    client.close();
  });

  it('never sends a change twice', async () => {
    let calls = 0;
    const services = server({
      'log.remove': async () => {
        calls++;
        return await new Promise(() => {});
      },
    });
    const client = reconnectingClient(services.connect, cell());
    const outcome = outcomeOf(client.call('log.remove', { log: 'a' }));
    await settle();
    services.breakConnection();
    await settle(backOffMs(1));
    expect(await outcome).toBe('closed');
    expect(calls).toBe(1);
    client.close();
  });

  it('goes on listening on each new connection', async () => {
    const services = server({});
    const client = reconnectingClient(services.connect, cell());
    const heard: number[] = [];
    const stop = client.listen('workspace.changed', ({ revision }) => heard.push(revision));
    await settle();
    services.topics.emit('workspace.changed', { revision: 1 });
    await settle();
    services.breakConnection();
    await settle(backOffMs(1));
    services.topics.emit('workspace.changed', { revision: 2 });
    await settle();
    stop();
    await settle();
    services.topics.emit('workspace.changed', { revision: 3 });
    await settle();
    expect(heard).toEqual([1, 2]);
    client.close();
  });

  it('stops trying when the server does not let it in, and rejects what waits when it is closed', async () => {
    const services = server({});
    services.set('refusing');
    const connection = cell();
    const client = reconnectingClient(services.connect, connection);
    const outcome = outcomeOf(client.call('logs.list', {}));
    await settle(60_000);
    expect(connection.getState()).toMatchObject({ status: 'refused', retryAtMs: null });
    client.close();
    expect(await outcome).toBe('closed');
  });

  it('cancels a call that still waits for a connection', async () => {
    const services = server({});
    services.set('down');
    const client = reconnectingClient(services.connect, cell());
    const { signal, cancel } = cancelSource();
    const outcome = outcomeOf(client.call('logs.list', {}, { signal }));
    cancel();
    expect(await outcome).toBe('cancelled');
    client.close();
  });

  it('tries at once when asked to', async () => {
    const services = server({});
    services.set('down');
    const connection = cell();
    const client = reconnectingClient(services.connect, connection);
    await settle();
    services.set('up');
    client.retryNow();
    await settle();
    expect(connection.getState().status).toBe('open');
    expect(services.tries()).toBe(1);
    client.close();
  });
});
