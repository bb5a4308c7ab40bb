// What a log says of a moment: slots in use by pool, and the versions that are open.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { momentsOf, openAt, usedAt } from '../../../shared/analysis/moments.ts';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { ChainReader } from '../../../shared/analysis/why/critical-chain.ts';
import { nightOf, scenario } from '../../simulations/experiments/counterfactual/random-night.ts';
import { LogBuilder, SECOND_US } from './log-builder.ts';

/** Two task runs of a pool of 3 and one of a pool without a limit, in a catalog that any log has. */
function byHand() {
  const builder = new LogBuilder();
  const writer = builder.taskRun('ingest/raw', { pool: 'spark' });
  const other = builder.taskRun('features/sessions', { pool: 'spark' });
  const free = builder.taskRun('recs/train', { pool: 'free' });
  const events = builder.version('events', 'date=1', 1, writer);
  const model = builder.version('model', null, 1, free);
  builder.ran(writer, 0, 10, 30).ran(other, 0, 20, Number.NaN).ran(free, 0, 5, 50);
  builder.wrote(events, 12, 28, 29, 100).wrote(model, 6, Number.NaN, Number.NaN);
  // One names the partition alone, one says nothing of rows, one comes when it is whole.
  const partition = builder.version('events', 'date=1', 0);
  builder.read(20, other, partition, { value: 40 }).read(22, other, events).read(30, other, events, { value: 100 });
  const log = builder.build();
  log.names.pools.slots[0] = 3;
  return log;
}

describe('moments', () => {
  const log = byHand();
  const { catalog } = nightOf(fc.sample(scenario, { seed: 1, numRuns: 1 })[0]);
  const moments = momentsOf(log, new ChainReader(log, catalog, taskRunTimes(log)));
  const at = (seconds: number): number => seconds * SECOND_US;

  it('tells of limited pools only, and counts slots from start to end', () => {
    expect(moments.pools.map(({ name, slots }) => [name, slots])).toEqual([['spark', 3]]);
    const [spark] = moments.pools;
    expect([5, 10, 19, 20, 29, 30, 99].map((seconds) => usedAt(spark, at(seconds)))).toEqual([0, 1, 1, 2, 2, 1, 1]);
  });

  it('tells how many rows somebody met in what was open, as far as it was recorded', () => {
    const { writes } = moments;
    const row = writes.label.indexOf('events[date=1]');
    expect([writes.seenUs[row], writes.seenRows[row], writes.rows[row]]).toEqual([at(20), 40, 100]);
    expect(writes.seenUs[writes.label.indexOf('model')]).toBeNaN();
    expect(log.names.datasets.name[writes.dataset[row]]).toBe('events');
  });

  it('tells what is open: from its opening until it is whole, for ever when it never is', () => {
    const { writes } = moments;
    expect(writes.label).toEqual(['model', 'events[date=1]']);
    const open = (seconds: number): string[] => openAt(writes, at(seconds)).map((row) => writes.label[row]);
    expect(open(5)).toEqual([]);
    expect(open(6)).toEqual(['model']);
    expect(open(12)).toEqual(['model', 'events[date=1]']);
    expect(open(28)).toEqual(['model']);
    expect(open(99)).toEqual(['model']);
  });
});
