// The hand-over of a port in an Electron window, with a real MessageChannel: only a message of this very window counts,
// and services answer over what it brought.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientOver } from '../../../shared/api/channel/client-over.ts';
import { portProtocol } from '../../../shared/api/channel/port-protocol.ts';
import { serveOver } from '../../../shared/api/channel/serve-over.ts';
import { topicHub } from '../../../shared/api/channel/topic-hub.ts';
import type { Handlers } from '../../../shared/api/client.ts';
import { openMessagePort } from '../../../src-renderer/client/message-port.ts';
import { PORT_MESSAGE, preloadOf } from '../../../src-renderer/client/preload.ts';

/** A window that hears messages; `post` is what the preload script does. */
function fakeWindow() {
  const target = new EventTarget();
  const post = (data: unknown, ports: readonly MessagePort[], source: unknown = target): void => {
    target.dispatchEvent(Object.assign(new Event('message'), { data, ports, source }));
  };
  return { page: target as unknown as Window, post };
}

const handlers = { 'logs.list': async () => [] } as unknown as Handlers;

describe('preloadOf', () => {
  it('is there in an Electron window only', () => {
    expect(preloadOf({})).toBeNull();
    expect(preloadOf({ landfall: {} })).toBeNull();
    const landfall = { connect: () => {}, pathOf: () => '' };
    expect(preloadOf({ landfall })).toBe(landfall);
  });
});

describe('openMessagePort', () => {
  it('asks for a port and calls services over it', async () => {
    const { page, post } = fakeWindow();
    const { port1, port2 } = new MessageChannel();
    serveOver(portProtocol(port2), handlers, topicHub());
    const connect = (): void => {
      post({ type: 'something else' }, [port1]);
      post({ type: PORT_MESSAGE }, []);
      post({ type: PORT_MESSAGE }, [port1], {});
      post({ type: PORT_MESSAGE }, [port1]);
    };
    const client = clientOver(await openMessagePort({ connect, pathOf: () => '' }, page));
    expect(await client.call('logs.list', {})).toEqual([]);
    client.close();
    port2.close();
  });
});

describe('a window that gets no port', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('gives up after a while', async () => {
    const { page, post } = fakeWindow();
    const { port1, port2 } = new MessageChannel();
    const outcome = openMessagePort({ connect: () => {}, pathOf: () => '' }, page).then(
      () => 'opened',
      (error: Error) => error.message,
    );
    // A port that some other frame sends is none of ours.
    post({ type: PORT_MESSAGE }, [port1], {});
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await outcome).toContain('no connection');
    port1.close();
    port2.close();
  });
});
