// What the caller's end says, word for word: no more credit than it has use for, and nothing about calls that are over.

import { expect, it } from 'vitest';
import { clientOver } from '../../../../shared/api/channel/client-over.ts';
import { decodeFrame, encodeFrame } from '../../../../shared/api/channel/frame.ts';
import { memoryPair } from '../../../../shared/api/channel/memory-pair.ts';
import { cancelSource } from '../../../../shared/base/cancel.ts';
import { waitFor } from '../../../support/wait-for.ts';

it('gives credit only where somebody listens, and gives it back value by value', async () => {
  const [near, far] = memoryPair();
  const said: unknown[] = [];
  far.onMessage((bytes) => {
    const frame = decodeFrame(bytes);
    said.push(frame.ok && frame.value);
  });
  const client = clientOver(near);
  void client.call('logs.list', {}).catch(() => {});
  void client.call('imports.run', { paths: ['a'] }, { onProgress: () => {} }).catch(() => {});
  far.send(encodeFrame({ kind: 'part', id: 2, value: { step: '', share: 0 } }));
  const calls = [
    { kind: 'call', id: 1, method: 'logs.list', params: {}, credit: 0 },
    { kind: 'call', id: 2, method: 'imports.run', params: { paths: ['a'] }, credit: 8 },
  ];
  await waitFor(() => expect(said).toEqual([...calls, { kind: 'credit', id: 2, count: 1 }]));
});

it('says nothing of a call that is over when its signal is cancelled later', async () => {
  const [near, far] = memoryPair();
  const said: unknown[] = [];
  far.onMessage((bytes) => {
    const frame = decodeFrame(bytes);
    said.push(frame.ok && frame.value);
    far.send(encodeFrame({ kind: 'answer', id: 1, value: [] }));
  });
  const source = cancelSource();
  const client = clientOver(near);
  expect(await client.call('logs.list', {}, { signal: source.signal })).toEqual([]);
  source.cancel();
  await expect(client.call('logs.list', {}, { signal: source.signal })).rejects.toMatchObject({ code: 'cancelled' });
  await new Promise((resolve) => setImmediate(resolve));
  expect(said).toHaveLength(1);
});
