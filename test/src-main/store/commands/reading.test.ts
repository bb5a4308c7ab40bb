// Readers of a store on real files: they wait, they subscribe, and events of others are stored for them.

import { queryObjects } from 'node:v8';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cancelSource, NEVER_CANCELLED } from '../../../../shared/base/cancel.ts';
import type { LedgerRecord } from '../../../../shared/model/ledger.ts';
import { RealStore } from './real-store.ts';

const NAME = { namespace: 'warehouse', dataset: 'events', partition: 'date=2025-12-24' };
const OTHER = { ...NAME, dataset: 'labels' };

let real: RealStore;
beforeEach(async () => {
  real = await RealStore.make();
});
afterEach(() => real.remove());

describe('a waiting reader', () => {
  it('is woken by the publish of its last input', async () => {
    const { store } = real;
    const inputs = [NAME, { ...OTHER, version: 2 }];
    let woken = 0;
    const waiting = store.wait({ inputs, when: 'published' }, NEVER_CANCELLED).then((answer) => {
      woken++;
      return answer;
    });
    const write = async (name: typeof NAME, token: number) => {
      await store.open({ ...name, run: `r${token}`, attempt: 1 });
      await store.finalize({ run: `r${token}`, outputs: [{ ...name, token }] });
      await real.settled();
    };
    await write(NAME, 1);
    await write(OTHER, 1);
    expect([woken, store.waiting]).toEqual([0, 1]);
    await write(OTHER, 2);
    expect(await waiting).toMatchObject({ ready: true, versions: [1, 2] });
    expect(store.waiting).toBe(0);
    expect(await store.wait({ inputs }, NEVER_CANCELLED)).toMatchObject({ ready: true });
  });

  it('can give up, and is told when the store closes', async () => {
    const source = cancelSource();
    const waiting = real.store.wait({ inputs: [NAME] }, source.signal);
    source.cancel();
    await expect(waiting).rejects.toThrow('cancelled');
    expect(real.store.waiting).toBe(0);
    const closed = real.store.wait({ inputs: [NAME] }, NEVER_CANCELLED);
    await Promise.all([expect(closed).rejects.toMatchObject({ code: 'closed' }), real.close()]);
  });
});

describe('what waits leaves nothing behind', () => {
  const promises = (): number => queryObjects(Promise, { format: 'count' });

  it('a reader that was answered, or gave up', async () => {
    const { store } = real;
    await store.open({ ...NAME, run: 'r', attempt: 1 });
    const before = promises();
    for (let i = 0; i < 300; i++) {
      const source = cancelSource();
      const waiting = store.wait({ inputs: [NAME] }, source.signal).catch(() => {});
      source.cancel();
      await waiting;
    }
    expect(promises() - before).toBeLessThan(100);
  });

  it('a subscriber that was woken many times', async () => {
    const { store } = real;
    const source = cancelSource();
    let last = 0;
    const reading = (async () => {
      for await (const batch of store.subscribe({ fromSeq: 1 }, source.signal)) last = batch.at(-1)?.seq ?? last;
    })();
    await real.settled();
    const before = promises();
    for (let i = 0; i < 300; i++) await real.settled();
    const left = promises() - before;
    source.cancel();
    await reading;
    expect(left).toBeLessThan(100);
    expect(last).toBeGreaterThan(290);
  });
});

describe('a subscriber', () => {
  it('gets every record from its seq on, gapless, from the disk and then as they come', async () => {
    const { store } = real;
    for (let i = 0; i < 30; i++) await store.open({ ...NAME, partition: `p=${i}`, run: 'r', attempt: 1 });
    await real.reopen();
    const source = cancelSource();
    const seen: number[] = [];
    const reading = (async () => {
      for await (const batch of real.store.subscribe({ fromSeq: 5 }, source.signal)) {
        for (const { seq } of batch) seen.push(seq);
        if (seen.at(-1) === 60) source.cancel();
      }
    })();
    for (let i = 30; i < 60; i++) await real.store.open({ ...NAME, partition: `p=${i}`, run: 'r', attempt: 1 });
    await reading;
    expect(seen).toEqual(Array.from({ length: 56 }, (_, i) => i + 5));
  });

  it('that reads slowly loses nothing and holds nobody up', async () => {
    const { store } = real;
    const source = cancelSource();
    const stream = store.subscribe({ fromSeq: 1 }, source.signal)[Symbol.asyncIterator]();
    for (let i = 0; i < 5; i++) {
      await Promise.all(
        Array.from({ length: 2_000 }, (_, j) =>
          store.open({ ...NAME, partition: `p=${i * 2_000 + j}`, run: 'r', attempt: 1 }),
        ),
      );
    }
    let last = 0;
    while (last < 10_000) {
      const batch: readonly LedgerRecord[] = (await stream.next()).value ?? [];
      const seqs = batch.map(({ seq }) => seq);
      expect(seqs).toEqual(seqs.map((_, i) => last + 1 + i));
      last += seqs.length;
    }
    source.cancel();
    expect(await stream.next()).toMatchObject({ done: true });
  });
});

describe('observed events', () => {
  it('are stored once, with the seq of the first for each repeat', async () => {
    const event = (contentHash: string) => ({ contentHash, event: `{"is":"${contentHash}"}`, atUs: 5 });
    const { store } = real;
    const [first, beside] = await Promise.all([
      store.observe([event('a'), event('b'), event('a')]),
      store.observe([event('b'), event('c')]),
    ]);
    expect(first).toEqual([
      { seq: 1, known: false },
      { seq: 2, known: false },
      { seq: 1, known: true },
    ]);
    expect(beside).toEqual([
      { seq: 2, known: true },
      { seq: 3, known: false },
    ]);
    await real.reopen();
    expect(await real.store.observe([event('c'), event('d')])).toEqual([
      { seq: 3, known: true },
      { seq: 4, known: false },
    ]);
  });
});
