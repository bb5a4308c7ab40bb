// What the page does when a log grows: all its answers change at once, the old ones stay until then, and what says the
// same stays the same object. The receiver's state follows what is told.

import { describe, expect, it, vi } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { localClient } from '../../../shared/api/channel/local-client.ts';
import { topicHub } from '../../../shared/api/channel/topic-hub.ts';
import type { Handlers } from '../../../shared/api/client.ts';
import type { AnswerOf } from '../../../shared/api/contract.ts';
import type { ReceiverView } from '../../../shared/api/views-live.ts';
import type { Connection } from '../../../src-renderer/client/connection.ts';
import { liveStore } from '../../../src-renderer/state/live.ts';
import { createResources } from '../../../src-renderer/state/resources.ts';
import { sameAnswer } from '../../../src-renderer/state/same-answer.ts';
import { handlersWith } from '../../shared/api/channel/services.ts';
import { waitFor } from '../../support/wait-for.ts';

const LOG = { log: 'live' };
const OPEN: Connection = { status: 'open', attempt: 0, retryAtMs: null };
const RECEIVER = { on: false, received: 0 } as ReceiverView;

describe('sameAnswer', () => {
  const answer = (last: number) => ({ name: ['a'], column: Float64Array.of(1, Number.NaN, last), nested: { n: null } });

  it('compares data and columns by content, NaN with NaN', () => {
    expect(sameAnswer(answer(2), answer(2))).toBe(true);
    expect(sameAnswer(answer(2), answer(3))).toBe(false);
    expect(sameAnswer({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameAnswer({ a: undefined }, { b: undefined })).toBe(false);
    expect(sameAnswer(Int32Array.of(1), Float64Array.of(1))).toBe(false);
    expect(sameAnswer(Int32Array.of(1), [1])).toBe(false);
    expect(sameAnswer([], {})).toBe(false);
    expect(sameAnswer(Float64Array.of(1, 2), Float64Array.of(1))).toBe(false);
  });
});

describe('a log that grows', () => {
  it('changes all of its answers at once, and keeps what says the same', async () => {
    let events = 1;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const handlers: Partial<Handlers> = {
      'log.graph': async () => ({ direct: { from: Int32Array.of(7) } }) as unknown as AnswerOf<'log.graph'>,
      'log.sla': async () => ({ events }) as unknown as AnswerOf<'log.sla'>,
      'log.timeline': async () => {
        if (events > 1) await held;
        return { events } as unknown as AnswerOf<'log.timeline'>;
      },
      'receiver.get': async () => RECEIVER,
    };
    const topics = topicHub();
    const client = localClient(handlersWith(handlers), topics);
    const resources = createResources(client);
    const graph = await resources.whenReady('log.graph', LOG);
    await resources.whenReady('log.sla', LOG);
    await resources.whenReady('log.timeline', LOG);
    const asked = vi.fn();
    const live = liveStore(
      client,
      createStore(() => OPEN),
      resources,
      { refresh: asked },
    );
    await waitFor(() => expect(live.getState().receiver).not.toBeNull());
    events = 2;
    const change = { log: 'live', received: 2, lastEventUs: 5, lastReceivedUs: 6, lastSeq: 2 };
    topics.emit('log.changed', change);
    await waitFor(() => expect(asked).toHaveBeenCalled());
    expect(resources.read('log.sla', LOG)).toEqual({ status: 'ready', value: { events: 1 } });
    release();
    await waitFor(() => expect(resources.read('log.sla', LOG)).toEqual({ status: 'ready', value: { events: 2 } }));
    expect(resources.read('log.timeline', LOG)).toEqual({ status: 'ready', value: { events: 2 } });
    expect((resources.read('log.graph', LOG) as { value: unknown }).value).toBe(graph);
    client.close();
  });
});

describe('the receiver', () => {
  it('is asked for, switched, and follows what is told; a refusal is shown', async () => {
    const topics = topicHub();
    const handlers: Partial<Handlers> = {
      'receiver.get': async () => RECEIVER,
      'receiver.switch': async ({ on }) => {
        if (!on) throw new Error('it stays on');
        return { ...RECEIVER, on };
      },
    };
    const client = localClient(handlersWith(handlers), topics);
    const live = liveStore(
      client,
      createStore(() => OPEN),
      { refresh: async () => undefined },
      { refresh: () => undefined },
    );
    await waitFor(() => expect(live.getState().receiver?.on).toBe(false));
    live.switchReceiver(true);
    await waitFor(() => expect(live.getState().receiver?.on).toBe(true));
    topics.emit('receiver.changed', { ...RECEIVER, on: true, received: 9 });
    await waitFor(() => expect(live.getState().receiver?.received).toBe(9));
    live.switchReceiver(false);
    await waitFor(() => expect(live.getState().refusal).toBe('it stays on'));
    client.close();
  });
});
