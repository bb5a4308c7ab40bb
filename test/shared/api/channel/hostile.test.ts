// Over every transport: an end that sends rubbish, too much or too often loses its connection or its call, and nothing
// else happens.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientOver } from '../../../../shared/api/channel/client-over.ts';
import { decodeFrame, encodeFrame } from '../../../../shared/api/channel/frame.ts';
import { serveOver } from '../../../../shared/api/channel/serve-over.ts';
import { topicHub } from '../../../../shared/api/channel/topic-hub.ts';
import { LIMITS } from '../../../../shared/base/limits.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { handlersWith, IMPORTED } from './services.ts';
import { type Ends, TRANSPORTS } from './transports.ts';

const call = (id: number, more: object = {}): object => ({
  kind: 'call',
  id,
  method: 'logs.list',
  params: {},
  credit: 0,
  ...more,
});

const NOT_MESSAGES: readonly [string, unknown][] = [
  ['null', null],
  ['a list', []],
  ['text', 'call'],
  ['no kind', { id: 1 }],
  ['an unknown kind', { kind: 'eval', id: 1 }],
  ['no number', { kind: 'cancel' }],
  ['a negative number', { kind: 'cancel', id: -1 }],
  ['a number that is none', { kind: 'cancel', id: Number.NaN }],
  ['a fraction', { kind: 'cancel', id: 0.5 }],
  ['a method that is no text', call(1, { method: ['logs.list'] })],
  ['infinite credit', call(1, { credit: Number.POSITIVE_INFINITY })],
  ['negative credit', { kind: 'credit', id: 1, count: -1 }],
  ['a topic that is no text', { kind: 'listen', id: 1, topic: 3, credit: 1 }],
];

describe.each(TRANSPORTS)('a hostile end over %s', (_name, open) => {
  let ends: Ends;
  let refusals: string[];
  let closed: boolean;
  let answers: unknown[];

  beforeEach(async () => {
    ends = await open();
    refusals = [];
    closed = false;
    answers = [];
  });
  afterEach(() => ends.end());

  /** Serves, and gives the way to send any value as a frame. */
  function serve(handlers: Parameters<typeof handlersWith>[0] = {}): (message: unknown) => void {
    serveOver(ends.far, handlersWith(handlers), topicHub(), {
      onFault: (fault) => void refusals.push((fault as Error).message),
    });
    ends.near.onClose(() => {
      closed = true;
    });
    ends.near.onMessage((bytes) => {
      const frame = decodeFrame(bytes);
      answers.push(frame.ok ? frame.value : frame.error);
    });
    return (message) => ends.near.send(encodeFrame(message));
  }

  it.each(NOT_MESSAGES)('loses its connection for %s', async (_what, message) => {
    serve()(message);
    await waitFor(() => expect(closed).toBe(true));
    expect(refusals).toEqual(['a connection was ended: not a message']);
    expect(answers).toEqual([]);
  });

  it('loses its connection for bytes that are no frame', async () => {
    serve();
    ends.near.send(new TextEncoder().encode('GET / HTTP/1.1\r\n'));
    await waitFor(() => expect(closed).toBe(true));
    expect(refusals).toEqual(['a connection was ended: no frame of this version']);
  });

  it('loses its connection for a frame beyond the limit of a request', async () => {
    serve()({ kind: 'cancel', id: 1, more: new Uint8Array(LIMITS.requestBytes) });
    await waitFor(() => expect(closed).toBe(true));
    expect(refusals[0]).toMatch(/the limit is 4194304/);
  });

  it('loses its connection for a number that is in use, and its work is cancelled', async () => {
    let cancelled = false;
    const send = serve({
      'logs.list': async (_params, context) => {
        context.signal.onCancel(() => {
          cancelled = true;
        });
        return new Promise(() => {});
      },
    });
    send(call(1));
    send(call(1));
    await waitFor(() => expect([closed, cancelled]).toEqual([true, true]));
  });

  it('is told when it has too many calls, cancelled ones that still run included', async () => {
    const send = serve({ 'logs.list': () => new Promise(() => {}) });
    for (let id = 1; id <= 256; id++) {
      send(call(id));
      send({ kind: 'cancel', id });
    }
    send(call(257));
    await waitFor(() => expect(answers).toHaveLength(1));
    expect(answers).toMatchObject([{ kind: 'error', id: 257, error: { code: 'too-large' } }]);
    expect(closed).toBe(false);
  });

  it('gets at most what one value waits for, whatever credit it claims', async () => {
    const send = serve({
      'imports.run': async (_params, context) => {
        for (let share = 0; share < 5_000; share++) void context.progress({ step: '', share });
        return IMPORTED;
      },
    });
    send({ kind: 'call', id: 1, method: 'imports.run', params: { paths: ['a'] }, credit: Number.MAX_SAFE_INTEGER });
    await waitFor(() => expect(answers.at(-1)).toMatchObject({ kind: 'answer' }));
    // 1,024 of credit, the newest of the rest, the answer.
    expect(answers).toHaveLength(1_024 + 1 + 1);
  });

  it('gets no more by granting it in parts, and nothing of a call that it cancelled', async () => {
    const release: (() => void)[] = [];
    const send = serve({
      'imports.run': async (_params, context) => {
        await new Promise<void>((resolve) => release.push(resolve));
        for (let share = 0; share < 5_000; share++) void context.progress({ step: '', share });
        return IMPORTED;
      },
      'logs.list': async () => [],
    });
    send({ kind: 'call', id: 1, method: 'imports.run', params: { paths: ['a'] }, credit: 0 });
    for (let n = 0; n < 3; n++) send({ kind: 'credit', id: 1, count: Number.MAX_SAFE_INTEGER });
    send(call(2));
    await waitFor(() => expect(answers).toMatchObject([{ kind: 'answer', id: 2 }]));
    release[0]?.();
    await waitFor(() => expect(answers.at(-1)).toMatchObject({ kind: 'answer', id: 1 }));
    expect(answers).toHaveLength(1 + 1_024 + 1 + 1);
    send({ kind: 'call', id: 3, method: 'imports.run', params: { paths: ['a'] }, credit: 9 });
    send({ kind: 'cancel', id: 3 });
    send(call(4));
    await waitFor(() => expect(answers.at(-1)).toMatchObject({ id: 4 }));
    release[1]?.();
    send(call(5));
    await waitFor(() => expect(answers.at(-1)).toMatchObject({ id: 5 }));
    expect(answers).not.toContainEqual(expect.objectContaining({ id: 3 }));
  });

  it('harms nothing with numbers that nobody uses', async () => {
    const send = serve({ 'logs.list': async () => [] });
    send({ kind: 'cancel', id: 7 });
    send({ kind: 'unlisten', id: 7 });
    send({ kind: 'credit', id: 7, count: 5 });
    send({ kind: 'listen', id: 8, topic: 'constructor', credit: 1 });
    send(call(9));
    await waitFor(() => expect(answers).toHaveLength(2));
    expect(answers).toMatchObject([
      { kind: 'error', id: 8, error: { code: 'bad-request' } },
      { kind: 'answer', id: 9, value: [] },
    ]);
  });

  it('changes no prototype with `__proto__` in parameters', async () => {
    const send = serve({ 'log.graph': async () => expect.fail('the parameters were accepted') });
    const params: unknown = JSON.parse('{"log":"a","__proto__":{"polluted":true}}');
    send(call(1, { method: 'log.graph', params }));
    await waitFor(() => expect(answers).toMatchObject([{ kind: 'error', error: { code: 'bad-request' } }]));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it.each([
    ['bytes', () => Uint8Array.from([1, 2, 3])],
    ['no message', () => encodeFrame({ kind: 'answer' })],
    ['an error that is none', () => encodeFrame({ kind: 'error', id: 1, error: 'oops' })],
  ])('as a server that sends %s loses its client', async (_what, bytes) => {
    const client = clientOver(ends.near);
    let lost = false;
    ends.far.onClose(() => {
      lost = true;
    });
    ends.far.onMessage(() => ends.far.send(bytes()));
    await expect(client.call('logs.list', {})).rejects.toMatchObject({ code: 'closed' });
    await waitFor(() => expect(lost).toBe(true));
  });

  it('as a server of a later release fails a call with a code that is not known here', async () => {
    const client = clientOver(ends.near);
    const error = { code: 'quota', message: 'too many', place: 7, stack: 'secret' };
    ends.far.onMessage(() => ends.far.send(encodeFrame({ kind: 'error', id: 1, error })));
    await expect(client.call('logs.list', {})).rejects.toMatchObject({
      code: 'failed',
      message: 'too many',
      place: undefined,
    });
  });
});
