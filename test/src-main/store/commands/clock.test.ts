import { afterEach, expect, it, vi } from 'vitest';
import { systemClock } from '../../../../src-main/store/commands/clock.ts';
import { LedgerStore } from '../../../../src-main/store/commands/ledger-store.ts';
import { RealStore } from './real-store.ts';

afterEach(() => vi.restoreAllMocks());

const HOUR_MS = 3_600_000;

it('goes on when the system’s clock jumps back, and follows it again once that has caught up', () => {
  const startMs = 1_800_000_000_000;
  const wall = vi.spyOn(Date, 'now').mockReturnValue(startMs);
  const monotonic = vi.spyOn(performance, 'now').mockReturnValue(50);
  const clock = systemClock(0);
  expect(clock.nowUs()).toBe(startMs * 1_000);
  wall.mockReturnValue(startMs - HOUR_MS);
  expect(clock.nowUs()).toBe(startMs * 1_000);
  monotonic.mockReturnValue(57.5);
  expect(clock.nowUs()).toBe((startMs + 7.5) * 1_000);
  wall.mockReturnValue(startMs + HOUR_MS);
  expect(clock.nowUs()).toBe((startMs + HOUR_MS) * 1_000);
});

it('is not before the ledger’s last record, and the store says so', async () => {
  const real = await RealStore.make();
  try {
    const aheadMs = Date.now() - real.clock.nowUs() / 1_000 + HOUR_MS;
    real.clock.advance(aheadMs);
    await real.settled();
    const recordUs = real.store.index.lastReceivedUs;
    real.store.close();
    real.store.detach();
    const store = await LedgerStore.open(real.ledger);
    expect(store.problems).toMatchObject([
      {
        severity: 'warning',
        reason: expect.stringMatching(/^the system's clock is \d+ ms behind the ledger's last record/),
      },
    ]);
    const { leaseUntilUs } = await store.open({ namespace: 'w', dataset: 'd', partition: '', run: 'r', attempt: 1 });
    expect(leaseUntilUs).toBeGreaterThan(recordUs);
    store.close();
  } finally {
    await real.remove();
  }
});
