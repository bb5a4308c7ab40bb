// The moment at the cursor: which pools and writes are shown, in which order, and who waits.

import { describe, expect, it } from 'vitest';
import type { Moments } from '../../../shared/analysis/moments.ts';
import { momentAt } from '../../../src-renderer/inspector/moment.ts';

const US = 60_000_000;
const minutes = (...values: number[]): Float64Array => Float64Array.from(values, (value) => value * US);

/** 0 writes `events` (open 10 to 30), 1 reads it early at 15, 2 waits from 12 to 22 in the full pool. */
const moments: Moments = {
  pools: [
    { pool: 0, name: 'default', slots: 10, us: minutes(0), used: Int32Array.of(4) },
    { pool: 1, name: 'spark', slots: 8, us: minutes(10, 22), used: Int32Array.of(8, 6) },
  ],
  writes: {
    taskRun: Int32Array.of(2, 0),
    version: Int32Array.of(0, 1),
    label: ['other', 'events'],
    openedUs: minutes(5, 10),
    wholeUs: minutes(40, 30),
    dataset: Int32Array.of(0, 1),
    rows: Float64Array.of(1, 100),
    seenUs: minutes(Number.NaN, 15),
    seenRows: Float64Array.of(Number.NaN, 15),
  },
};
const times = {
  readyUs: minutes(9, 14, 12),
  queuedUs: minutes(Number.NaN, Number.NaN, 22),
  startedUs: minutes(10, 15, 23),
};
const timeline = {
  task: Int32Array.of(0, 1, 2),
  taskPipeline: Int32Array.of(0, 1, 2),
  taskNames: ['ingest.events_raw', 'recs.train_daily', 'features.sessions'],
  pool: Int32Array.of(0, 0, 1),
  times,
} as unknown as Parameters<typeof momentAt>[1];
const early = [{ taskRun: 1, timeUs: 15 * US, version: 1 }];
const at = (minute: number, pipeline: number | null = null) =>
  momentAt(moments, timeline, early, minute * US, pipeline);

describe('momentAt', () => {
  it('shows the fullest pool first, and who is ready and has no slots', () => {
    expect(at(14).pools.map(({ name, used, waiting }) => [name, used, waiting])).toEqual([
      ['spark', 8, 1],
      ['default', 4, 1],
    ]);
    expect(at(23).pools[0]).toMatchObject({ name: 'spark', used: 6, waiting: 0 });
  });
  it('shows what is read too early before the rest, and the read once it has happened', () => {
    expect(at(14).writes.map(({ label }) => label)).toEqual(['events', 'other']);
    expect(at(14).earlyReads).toEqual([]);
    expect(at(15).earlyReads).toEqual([{ taskRun: 1, timeUs: 15 * US, label: 'recs.train_daily' }]);
  });
  it('shows of a reader what it reads too early, until after it is whole', () => {
    expect(at(15, 1).writes).toMatchObject([{ label: 'events', sinceMs: 5 * 60_000, share: 0.25, isWhole: false }]);
    expect(at(14, 1).writes).toMatchObject([{ rows: 100, seenRows: Number.NaN }]);
    expect(at(15, 1).writes).toMatchObject([{ rows: 100, seenRows: 15, seenUs: 15 * US }]);
    expect(at(31, 1).writes).toMatchObject([{ label: 'events', isWhole: true }]);
    expect(at(15, 1).pools.map(({ name }) => name)).toEqual(['default']);
    expect(at(4, 1).writes).toEqual([]);
  });
});
