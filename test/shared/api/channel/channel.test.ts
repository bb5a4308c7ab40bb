// One set of contract cases against every transport: what a screen or a command may rely on, whichever way it calls.

import { deepStrictEqual } from 'node:assert';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientOver } from '../../../../shared/api/channel/client-over.ts';
import { serveOver } from '../../../../shared/api/channel/serve-over.ts';
import { topicHub } from '../../../../shared/api/channel/topic-hub.ts';
import type { Client, Handlers } from '../../../../shared/api/client.ts';
import type { Method } from '../../../../shared/api/contract.ts';
import { ServiceError } from '../../../../shared/api/errors.ts';
import type { ImportProgress } from '../../../../shared/api/views.ts';
import { CancelledError, cancelSource } from '../../../../shared/base/cancel.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { type Context, graphOf, handlersWith, IMPORTED, SUMMARY, WORKSPACE } from './services.ts';
import { type Ends, TRANSPORTS } from './transports.ts';

const PATHS = { paths: ['night.ndjson'] };
const step = (n: number): ImportProgress => ({ step: String(n), share: n });
const errorOf = (call: Promise<unknown>): Promise<ServiceError> =>
  call.then(
    () => expect.fail('the call was answered'),
    (error: unknown) => error as ServiceError,
  );

describe.each(TRANSPORTS)('the channel over %s', (_name, open) => {
  let ends: Ends;
  let client: Client;
  let topics: ReturnType<typeof topicHub>;
  let faults: [unknown, string][];

  beforeEach(async () => {
    ends = await open();
    topics = topicHub();
    faults = [];
  });
  afterEach(() => ends.end());

  function serve(handlers: Partial<Handlers>): Client {
    serveOver(ends.far, handlersWith(handlers), topics, { onFault: (fault, where) => faults.push([fault, where]) });
    client = clientOver(ends.near);
    return client;
  }

  it('answers with columns, and unknown stays unknown', async () => {
    const graph = graphOf(1_000_000);
    serve({ 'log.graph': async () => graph, 'log.summary': async () => SUMMARY });
    deepStrictEqual(await client.call('log.graph', { log: 'a' }), graph);
    expect(await client.call('log.summary', { log: 'a' })).toEqual(SUMMARY);
  });

  it('gives each of many calls its own answer, in whatever order they come', async () => {
    const release: (() => void)[] = [];
    serve({
      'log.summary': async ({ log }) => {
        await new Promise<void>((resolve) => release.push(resolve));
        return { ...SUMMARY, log: { ...SUMMARY.log, name: log } };
      },
    });
    const calls = ['a', 'b', 'c'].map((log) => client.call('log.summary', { log }));
    await waitFor(() => expect(release).toHaveLength(3));
    for (const answer of release.reverse()) answer();
    expect((await Promise.all(calls)).map((summary) => summary.log.name)).toEqual(['a', 'b', 'c']);
  });

  it('refuses wrong parameters before the service sees them, and says which', async () => {
    const handler = vi.fn(async () => IMPORTED);
    serve({ 'imports.run': handler });
    const error = await errorOf(client.call('imports.run', { paths: ['ok', ''] }));
    expect([error.code, error.place]).toEqual(['bad-request', 'paths.1']);
    const extra = { paths: ['ok'], shell: 'rm' } as { paths: string[] };
    expect((await errorOf(client.call('imports.run', extra))).code).toBe('bad-request');
    expect(handler).not.toHaveBeenCalled();
  });

  it.each(['no.such', 'toString', '__proto__'])('refuses the method %s', async (method) => {
    serve({});
    const error = await errorOf(client.call(method as Method, {}));
    expect([error.code, error.message]).toEqual(['bad-request', `there is no method "${method}"`]);
  });

  it('carries a ServiceError whole', async () => {
    const data = { code: 'not-found', message: 'no log "x"', place: 'log', hint: 'see logs.list' } as const;
    serve({
      'log.remove': async () => {
        throw new ServiceError(data);
      },
    });
    const error = await errorOf(client.call('log.remove', { log: 'x' }));
    expect(error).toBeInstanceOf(ServiceError);
    expect(error.toData()).toEqual(data);
  });

  it('makes any other error `failed`, with its first line and no stack', async () => {
    const fault = new Error('disk is full\n    at secret (/home/someone/file.ts:1:1)');
    serve({
      'workspace.get': async () => {
        throw fault;
      },
    });
    const error = await errorOf(client.call('workspace.get', {}));
    expect(error.toData()).toEqual({ code: 'failed', message: 'disk is full' });
    expect(faults).toEqual([[fault, 'workspace.get']]);
  });

  it('fails a call whose answer cannot be sent, and goes on', async () => {
    serve({
      'workspace.get': async () => ({ ...WORKSPACE, opened: new Date(0) }),
      'logs.list': async () => [],
    });
    expect((await errorOf(client.call('workspace.get', {}))).toData()).toEqual({
      code: 'failed',
      message: 'a Date cannot be sent',
    });
    expect(await client.call('logs.list', {})).toEqual([]);
  });

  it('fails a call whose parameters cannot be sent or are too large, and goes on', async () => {
    serve({ 'logs.list': async () => [] });
    const wrong = { log: (() => 'a') as unknown as string };
    expect((await errorOf(client.call('log.graph', wrong))).code).toBe('bad-request');
    const large = { log: 'x'.repeat(5_000_000) };
    expect((await errorOf(client.call('log.graph', large))).code).toBe('too-large');
    expect(await client.call('logs.list', {})).toEqual([]);
  });

  it('loses no progress of a handler that awaits each', async () => {
    serve({
      'imports.run': async (_params, context) => {
        for (let n = 0; n < 100; n++) await context.progress(step(n));
        return IMPORTED;
      },
    });
    const seen: number[] = [];
    await client.call('imports.run', PATHS, { onProgress: (progress) => seen.push(progress.share) });
    expect(seen).toEqual(Array.from({ length: 100 }, (_, n) => n));
  });

  it('skips to the newest progress when the caller is slow, and ends with the last', async () => {
    serve({
      'imports.run': async (_params, context) => {
        for (let n = 0; n < 1_000; n++) void context.progress(step(n));
        return IMPORTED;
      },
    });
    const seen: number[] = [];
    await client.call('imports.run', PATHS, { onProgress: (progress) => seen.push(progress.share) });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 999]);
  });

  it('lets a handler go on whose values were skipped', async () => {
    serve({
      'imports.run': async (_params, context) => {
        await Promise.all(Array.from({ length: 100 }, (_, n) => context.progress(step(n))));
        return IMPORTED;
      },
    });
    const seen: number[] = [];
    await client.call('imports.run', PATHS, { onProgress: (progress) => seen.push(progress.share) });
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 99]);
  });

  it('answers any number of calls one after another', async () => {
    serve({ 'logs.list': async () => [] });
    for (let n = 0; n < 300; n++) expect(await client.call('logs.list', {})).toEqual([]);
  });

  it('sends no progress to a caller that wants none, and does not hold up the handler', async () => {
    serve({
      'imports.run': async (_params, context) => {
        for (let n = 0; n < 50; n++) void context.progress(step(n));
        return IMPORTED;
      },
    });
    expect(await client.call('imports.run', PATHS)).toEqual(IMPORTED);
  });

  it('cancels: the call rejects at once, the handler is told, the connection stays', async () => {
    let context: Context | undefined;
    let stopped = false;
    serve({
      'imports.run': async (_params, given) => {
        context = given;
        await new Promise<void>((resolve) => given.signal.onCancel(resolve));
        // More than the caller's credit: what waits for a caller that left must not hold up the handler.
        for (let n = 0; n < 20; n++) await given.progress(step(n));
        stopped = true;
        throw new CancelledError();
      },
      'logs.list': async () => [],
    });
    const source = cancelSource();
    const seen: ImportProgress[] = [];
    const call = client.call('imports.run', PATHS, { signal: source.signal, onProgress: (p) => seen.push(p) });
    const failed = errorOf(call);
    await waitFor(() => expect(context).toBeDefined());
    source.cancel();
    expect((await failed).code).toBe('cancelled');
    await waitFor(() => expect(stopped).toBe(true));
    expect(await client.call('logs.list', {})).toEqual([]);
    expect(seen).toEqual([]);
    expect(faults).toEqual([]);
  });

  it('does not send a call that is cancelled already', async () => {
    const handler = vi.fn(async () => []);
    serve({ 'logs.list': handler, 'workspace.get': async () => WORKSPACE });
    const source = cancelSource();
    source.cancel();
    expect((await errorOf(client.call('logs.list', {}, { signal: source.signal }))).code).toBe('cancelled');
    await client.call('workspace.get', {});
    expect(handler).not.toHaveBeenCalled();
  });

  it('tells listeners what changes from now on, until they stop', async () => {
    serve({ 'logs.list': async () => [] });
    topics.emit('workspace.changed', { revision: 1 });
    const seen: number[] = [];
    const other: number[] = [];
    const stop = client.listen('workspace.changed', ({ revision }) => seen.push(revision));
    client.listen('workspace.changed', ({ revision }) => other.push(revision));
    await client.call('logs.list', {});
    topics.emit('workspace.changed', { revision: 2 });
    await waitFor(() => expect([seen, other]).toEqual([[2], [2]]));
    stop();
    await client.call('logs.list', {});
    topics.emit('workspace.changed', { revision: 3 });
    await waitFor(() => expect(other).toEqual([2, 3]));
    expect(seen).toEqual([2]);
  });

  it('tells a slow listener the newest value last', async () => {
    serve({ 'logs.list': async () => [] });
    const seen: number[] = [];
    client.listen('workspace.changed', ({ revision }) => seen.push(revision));
    await client.call('logs.list', {});
    for (let revision = 1; revision <= 1_000; revision++) topics.emit('workspace.changed', { revision });
    await waitFor(() => expect(seen.at(-1)).toBe(1_000));
    expect(seen).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 1_000]);
  });

  it.each(['near', 'far'] as const)(
    'rejects what is under way when the %s end closes, and cancels its work',
    async (side) => {
      let context: Context | undefined;
      serve({
        'imports.run': (_params, given) => {
          context = given;
          return new Promise(() => {});
        },
      });
      client.listen('workspace.changed', () => {});
      const failed = errorOf(client.call('imports.run', PATHS));
      await waitFor(() => expect(context).toBeDefined());
      if (side === 'near') client.close();
      else ends.far.close();
      expect((await failed).code).toBe('closed');
      await waitFor(() => expect(context?.signal.cancelled).toBe(true));
      expect((await errorOf(client.call('logs.list', {}))).code).toBe('closed');
      topics.emit('workspace.changed', { revision: 9 });
    },
  );
});
