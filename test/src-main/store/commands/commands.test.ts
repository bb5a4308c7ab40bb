import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ServiceError } from '../../../../shared/api/errors.ts';
import { HTTP_STATUS } from '../../../../shared/api/http-status.ts';
import { NEVER_CANCELLED } from '../../../../shared/base/cancel.ts';
import type { LedgerRecord } from '../../../../shared/model/ledger.ts';
import { LEASE_MS, RealStore } from './real-store.ts';

const NAME = { namespace: 'warehouse', dataset: 'events', partition: 'date=2025-12-24' };
const OTHER = { ...NAME, dataset: 'labels' };
const opened = (run: string, attempt = 1) => ({ ...NAME, run, attempt });
const writing = (run: string, token = 1) => ({ ...NAME, run, token });
const finalizing = (run: string, token = 1, rowCount = 10) => ({
  run,
  outputs: [{ ...NAME, token, metrics: { rowCount } }],
});

let real: RealStore;
beforeEach(async () => {
  real = await RealStore.make();
});
afterEach(() => real.remove());

/** The error of a command that must be refused, with what a program sees of it. */
async function refused(command: () => unknown) {
  try {
    await command();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { code: error.code, status: HTTP_STATUS[error.code], message: error.message, holder: error.holder };
  }
  throw new Error('it was accepted');
}

async function records(): Promise<LedgerRecord[]> {
  const all: LedgerRecord[] = [];
  for await (const batch of real.ledger.read(1, NEVER_CANCELLED)) all.push(...batch);
  return all;
}
const kinds = async (): Promise<string[]> => (await records()).map(({ kind }) => kind);

describe('a writer', () => {
  it('opens, is heard, checks, finalizes; the store publishes; readers see each after it is durable', async () => {
    const { store } = real;
    expect(await store.open({ ...opened('r'), pipeline: 'p', task: 't' })).toMatchObject({ token: 1, seq: 1 });
    expect(store.ready({ inputs: [NAME] })).toEqual({ ready: false, versions: [0], asOfSeq: 1 });
    expect(store.heartbeat(writing('r')).leaseUntilUs).toBe(real.clock.nowUs() + LEASE_MS * 1_000);
    expect(await store.check({ ...writing('r'), metrics: { rowCount: 10 } })).toMatchObject({ passed: true, seq: 2 });
    expect(await store.finalize({ run: 'r', outputs: [{ ...NAME, token: 1 }] })).toEqual({ seq: 3 });
    expect(store.ready({ inputs: [NAME, OTHER] })).toMatchObject({ ready: false, versions: [1, 0] });
    await real.settled();
    expect(store.ready({ inputs: [NAME], when: 'published' })).toMatchObject({ ready: true, versions: [1] });
    expect(await kinds()).toEqual(['opened', 'checked', 'finalized', 'published', 'declared']);
    const [, , whole] = await records();
    expect(whole.kind === 'finalized' && whole.outputs[0].metrics.rowCount).toBe(10);
  });

  it('gets the first answer again for each command that it repeats, also after the store was opened again', async () => {
    const { store } = real;
    const first = {
      open: await store.open(opened('r')),
      check: await store.check({ ...writing('r'), metrics: { rowCount: 10 } }),
    };
    expect(await store.open(opened('r'))).toEqual(first.open);
    expect(await store.check({ ...writing('r'), metrics: { rowCount: 10 } })).toEqual(first.check);
    const finalized = await store.finalize(finalizing('r'));
    const published = await store.publish({ ...NAME, token: 1 });
    await store.open(opened('s'));
    const failed = await store.fail({ ...writing('s', 2), reason: 'disk' });
    await real.reopen();
    expect(await real.store.finalize(finalizing('r'))).toEqual(finalized);
    expect(await real.store.publish({ ...NAME, token: 1 })).toEqual(published);
    expect(await real.store.fail({ ...writing('s', 2), reason: 'disk' })).toEqual(failed);
    expect(await kinds()).toEqual(['opened', 'checked', 'finalized', 'published', 'opened', 'failed']);
  });

  it('gets the first answer while the first is still on its way', async () => {
    const { store } = real;
    const [a, b] = await Promise.all([store.open(opened('r')), store.open(opened('r'))]);
    expect(a).toEqual(b);
    const [c, d] = await Promise.all([store.finalize(finalizing('r')), store.finalize(finalizing('r'))]);
    expect(c).toEqual(d);
    await real.settled();
    expect(await kinds()).toEqual(['opened', 'finalized', 'published', 'declared']);
  });

  it('gets it also when the next version has been opened meanwhile', async () => {
    const { store } = real;
    await store.declare({ ...NAME, gate: { rowCount: { min: 5 } } });
    const check = (run: string, token: number, rowCount: number) =>
      store.check({ ...writing(run, token), metrics: { rowCount } });
    const [, failed, , again] = await Promise.all([
      store.open(opened('r')),
      check('r', 1, 3),
      store.open(opened('s')),
      check('r', 1, 3),
    ]);
    expect(failed.passed).toBe(false);
    expect(again).toEqual(failed);
    const [, finalized, , repeated, published] = await Promise.all([
      check('s', 2, 10),
      store.finalize(finalizing('s', 2)),
      store.open(opened('t')),
      store.finalize(finalizing('s', 2)),
      store.publish({ ...NAME, token: 2 }),
    ]);
    expect(repeated).toEqual(finalized);
    expect(published.seq).toBeGreaterThan(finalized.seq);
  });

  it('finalizes several outputs in one record, or none of them', async () => {
    const { store } = real;
    await store.open(opened('r'));
    await store.open({ ...OTHER, run: 'r', attempt: 1 });
    const outputs = [NAME, OTHER].map((name) => ({ ...name, token: 1, metrics: { rowCount: 5 } }));
    const wrong = [outputs[0], { ...outputs[1], token: 2 }];
    expect(await refused(() => store.finalize({ run: 'r', outputs: wrong }))).toMatchObject({ code: 'not-open' });
    expect(store.ready({ inputs: [NAME] }).ready).toBe(false);
    const inputs = [{ ...OTHER, dataset: 'raw', version: 3 }];
    await store.finalize({ run: 'r', outputs, inputs });
    expect(store.ready({ inputs: [NAME, OTHER] })).toMatchObject({ ready: true });
    await real.settled();
    const all = await records();
    expect(all.filter(({ kind }) => kind === 'finalized')).toMatchObject([{ outputs: [{}, {}], inputs }]);
    expect(all.filter(({ kind }) => kind === 'published')).toHaveLength(2);
  });
});

describe('each bad command has its own code, text and status', () => {
  it('a partition that another run holds', async () => {
    await real.store.open(opened('r'));
    expect(await refused(() => real.store.open(opened('s')))).toEqual({
      code: 'held',
      status: 423,
      message: 'events[date=2025-12-24]: r (attempt 1) holds v1 (RUNNING) (one-owner)',
      holder: { run: 'r', attempt: 1, token: 1 },
    });
  });

  it('a stale token, which names the holder, also when the holder has ended and the store was opened again', async () => {
    await real.store.open(opened('r', 1));
    await real.store.open(opened('r', 2));
    const stale = {
      code: 'stale-token',
      status: 409,
      message: 'events[date=2025-12-24]: token 1 is fenced: r (attempt 2) has v2 (RUNNING) (one-owner)',
      holder: { run: 'r', attempt: 2, token: 2 },
    };
    for (const command of [
      () => real.store.finalize(finalizing('r', 1)),
      () => real.store.heartbeat(writing('r', 1)),
      () => real.store.fail({ ...writing('r', 1), reason: 'x' }),
      () => real.store.check({ ...writing('r', 1), metrics: {} }),
    ]) {
      expect(await refused(command)).toEqual(stale);
    }
    await real.store.open({ ...opened('s'), takeover: true });
    await real.store.finalize(finalizing('s', 3));
    await real.reopen();
    expect(await refused(() => real.store.finalize(finalizing('r', 2)))).toMatchObject({
      code: 'stale-token',
      holder: { run: 's', attempt: 1, token: 3 },
    });
  });

  it('an unknown partition, and a finalize without open', async () => {
    expect(await refused(() => real.store.finalize(finalizing('r')))).toMatchObject({
      code: 'unknown-partition',
      status: 404,
      message: 'nothing was ever opened in events[date=2025-12-24] of warehouse',
    });
    await real.store.open(opened('r'));
    expect(await refused(() => real.store.finalize(finalizing('r', 2)))).toMatchObject({
      code: 'not-open',
      status: 409,
    });
    expect(await refused(() => real.store.publish({ ...OTHER, token: 1 }))).toMatchObject({
      code: 'unknown-partition',
    });
  });

  it('a duplicate with another payload', async () => {
    await real.store.open(opened('r'));
    await real.store.finalize(finalizing('r', 1, 10));
    expect(await refused(() => real.store.finalize(finalizing('r', 1, 11)))).toMatchObject({
      code: 'other-payload',
      status: 409,
      message: 'events[date=2025-12-24]: v1 was finalized with other content (finalize-once)',
    });
  });

  it('a clock that jumps back, and one that is ahead', async () => {
    const nowUs = real.clock.nowUs();
    await real.store.open(opened('r'));
    expect(await refused(() => real.store.fail({ ...writing('r'), reason: 'x', atUs: nowUs - 2e6 }))).toMatchObject({
      code: 'clock-back',
      status: 422,
    });
    expect(await refused(() => real.store.open({ ...OTHER, run: 'r', attempt: 1, atUs: nowUs + 2e6 }))).toMatchObject({
      code: 'clock-ahead',
      status: 422,
      message: 'the command’s time is 2000 ms ahead of the store’s clock (time-goes-forward)',
    });
  });

  it('a publish of what is not whole, and a write after the end', async () => {
    await real.store.open(opened('r'));
    expect(await refused(() => real.store.publish({ ...NAME, token: 1 }))).toMatchObject({ code: 'not-whole' });
    await real.store.fail({ ...writing('r'), reason: 'out of memory' });
    expect(await refused(() => real.store.finalize(finalizing('r')))).toMatchObject({
      code: 'ended',
      message: 'events[date=2025-12-24]: v1 is FAILED: out of memory (no-write-after-end)',
    });
  });

  it('what is no command at all', async () => {
    const bad = [
      () => real.store.open({ ...opened('r'), dataset: '' }),
      () => real.store.open({ ...opened('r'), partition: '\ud800' }),
      () => real.store.open({ ...opened('r'), attempt: 0 }),
      () => real.store.open({ ...opened('r'), leaseMs: 0 }),
      () => real.store.open({ ...opened('r'), atUs: Number.NaN }),
      () => real.store.finalize({ run: 'r', outputs: [] }),
      () => real.store.finalize({ run: 'r', outputs: [1, 1].map((token) => ({ ...NAME, token })) }),
      () => real.store.finalize(finalizing('r', 1, -1)),
      () => real.store.declare({ ...NAME, gate: { rowCount: { min: 2, max: 1 } } }),
      () => real.store.subscribe({ fromSeq: 2 }, NEVER_CANCELLED)[Symbol.asyncIterator]().next(),
    ];
    for (const command of bad) expect(await refused(command)).toMatchObject({ code: 'bad-request', status: 400 });
    expect(await kinds()).toEqual([]);
  });
});

describe('a quality gate', () => {
  const gate = { rowCount: { min: 100, relative: { versions: 3, low: 0.5, high: 2 } } };

  it('fails the version with every broken bound, and there is no event', async () => {
    const { store } = real;
    await store.declare({ ...NAME, gate });
    await store.open(opened('r'));
    const answer = await store.check({ ...writing('r'), metrics: { rowCount: 7 } });
    expect(answer).toMatchObject({ passed: false, reasons: ['7 rows, at least 100 are wanted'] });
    expect(await refused(() => store.finalize(finalizing('r', 1, 7)))).toMatchObject({
      code: 'ended',
      message: 'events[date=2025-12-24]: v1 is FAILED: 7 rows, at least 100 are wanted (no-write-after-end)',
    });
    expect(await store.check({ ...writing('r'), metrics: { rowCount: 7 } })).toEqual(answer);
    await real.reopen();
    expect(await real.store.check({ ...writing('r'), metrics: { rowCount: 7 } })).toEqual(answer);
    expect(await kinds()).toEqual(['declared', 'opened', 'checked']);
    expect(real.store.ready({ inputs: [NAME] }).versions).toEqual([0]);
  });

  it('wants the check before the finalize, and the finalize to say what was checked', async () => {
    const { store } = real;
    const declared = store.declare({ ...NAME, gate });
    await store.open(opened('r'));
    expect(await refused(() => store.finalize(finalizing('r', 1, 500)))).toMatchObject({ code: 'not-checked' });
    await store.check({ ...writing('r'), metrics: { rowCount: 500 } });
    expect(await refused(() => store.finalize(finalizing('r', 1, 5)))).toMatchObject({
      code: 'not-checked',
      message: 'events[date=2025-12-24]: the row count is not what the check saw (checked-first)',
    });
    await store.finalize(finalizing('r', 1, 500));
    await declared;
  });

  it('compares with the last whole versions of the dataset, over partitions and openings', async () => {
    await real.store.declare({ ...NAME, gate });
    const write = async (day: number, rowCount: number) => {
      const name = { ...NAME, partition: `date=${day}` };
      await real.store.open({ ...name, run: `r${day}`, attempt: 1 });
      const { passed, reasons } = await real.store.check({ ...name, run: `r${day}`, token: 1, metrics: { rowCount } });
      if (passed) await real.store.finalize({ run: `r${day}`, outputs: [{ ...name, token: 1 }] });
      return reasons;
    };
    expect(await write(1, 10_000)).toEqual([]);
    expect(await write(2, 1_000)).toEqual(['1000 rows, less than 0.5 x the mean of the last 1 whole version (10000)']);
    await real.reopen();
    expect(await write(3, 20_001)).toEqual(['20001 rows, more than 2 x the mean of the last 1 whole version (10000)']);
    expect(await write(4, 20_000)).toEqual([]);
    expect(await write(5, 7_500)).toEqual([]);
  });
});

describe('a lease', () => {
  it('that is over becomes a written EXPIRED event by a timer, and reading writes nothing', async () => {
    const { store, clock } = real;
    await store.open(opened('r'));
    clock.advance(LEASE_MS / 2);
    store.heartbeat(writing('r'));
    clock.advance(LEASE_MS);
    store.ready({ inputs: [NAME] });
    await real.settled();
    expect((await kinds()).filter((kind) => kind === 'expired')).toEqual([]);
    clock.advance(2);
    await real.settled();
    expect(await records()).toMatchObject([
      { kind: 'opened' },
      { kind: 'heartbeats', versions: [{ ...NAME, version: 1 }] },
      { kind: 'declared' },
      { kind: 'expired', version: 1, reason: 'its lease was over' },
      { kind: 'declared' },
    ]);
    expect(await refused(() => store.heartbeat(writing('r')))).toMatchObject({
      code: 'ended',
      message: 'events[date=2025-12-24]: v1 is EXPIRED: its lease was over (heartbeat-in-lease)',
    });
    expect(await store.open(opened('s'))).toMatchObject({ token: 2 });
  });

  it('is told to the ledger once a period, however often it is renewed', async () => {
    const { store, clock } = real;
    await store.open(opened('r'));
    await store.open({ ...OTHER, run: 'r', attempt: 1 });
    for (let i = 0; i < 100; i++) {
      store.heartbeat(writing('r'));
      store.heartbeat({ ...OTHER, run: 'r', token: 1 });
      clock.advance(LEASE_MS / 20);
    }
    await real.settled();
    const beats = (await records()).filter(({ kind }) => kind === 'heartbeats');
    expect(beats.length).toBeGreaterThanOrEqual(4);
    expect(beats.length).toBeLessThanOrEqual(5);
    expect(beats[0]).toMatchObject({ versions: [{ dataset: 'events' }, { dataset: 'labels' }] });
  });

  it('begins again when the store is opened again', async () => {
    await real.store.open(opened('r'));
    await real.close();
    real.clock.advance(LEASE_MS * 10);
    await real.open();
    expect(await refused(() => real.store.open(opened('s')))).toMatchObject({ code: 'held' });
    real.clock.advance(LEASE_MS + 2);
    await real.settled();
    expect(await real.store.open(opened('s'))).toMatchObject({ token: 2 });
  });

  it('of a late writer does not stop its finalize while nobody else came', async () => {
    await real.store.open({ ...opened('r'), leaseMs: 100 });
    expect(await real.store.finalize(finalizing('r'))).toMatchObject({ seq: 2 });
    real.clock.advance(LEASE_MS);
    await real.settled();
    expect(await kinds()).toEqual(['opened', 'finalized', 'published', 'declared']);
    expect(real.clock.pending).toBe(0);
  });
});

describe('publishing', () => {
  it('is left to the writer where that was declared', async () => {
    const { store } = real;
    await store.declare({ ...NAME, gate: null, publishedBy: 'writer' });
    await store.open(opened('r'));
    await store.finalize(finalizing('r'));
    await real.reopen();
    await real.settled();
    expect(real.store.ready({ inputs: [NAME] }).ready).toBe(true);
    expect(real.store.ready({ inputs: [NAME], when: 'published' }).ready).toBe(false);
    await real.store.publish({ ...NAME, token: 1 });
    expect(real.store.ready({ inputs: [NAME], when: 'published' }).ready).toBe(true);
  });

  it('is made good at the next start when a crash came between', async () => {
    await real.store.open(opened('r'));
    const ending = real.store.finalize(finalizing('r'));
    // The ledger takes nothing more from the moment of the finalize: its publish is lost.
    const closing = real.ledger.close();
    await Promise.all([ending, closing]);
    expect(await kinds()).toEqual(['opened', 'finalized']);
    await real.reopen();
    await real.settled();
    expect(await kinds()).toEqual(['opened', 'finalized', 'published', 'declared']);
  });
});
