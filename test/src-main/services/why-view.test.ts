// Why of a log without the evidence: what cannot be told is unknown, never charged to anyone, and the answer says what to
// record. And of a task run that failed.

import { describe, expect, it } from 'vitest';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { ChainReader } from '../../../shared/analysis/why/critical-chain.ts';
import { EventKind } from '../../../shared/model/event.ts';
import { EventWriter, eventAt } from '../../../shared/model/event-writer.ts';
import type { Log } from '../../../shared/model/log.ts';
import { findSubject } from '../../../src-main/services/why/find-subject.ts';
import { whyView } from '../../../src-main/services/why/why-view.ts';
import { asObserved, nightOf } from '../../simulations/experiments/counterfactual/random-night.ts';

/** Two one-slot tasks of one pool of one slot: the second waits ten minutes. Its reader follows by its publish. */
const NIGHT = {
  start: '2025-03-01T00:00:00Z',
  horizon: '1d',
  pools: { narrow: 1 },
  datasets: { made: 'daily' },
  pipelines: {
    first: { schedule: '0 1 * * *', tasks: { first: { duration: '10m', pool: 'narrow', priority: 2 } } },
    maker: { schedule: '0 1 * * *', tasks: { maker: { duration: '5m', pool: 'narrow', writes: 'made' } } },
    reader: { schedule: { all: 'made' }, tasks: { reader: '3m' } },
    broken: { schedule: '0 2 * * *', tasks: { broken: '4m' } },
  },
  faults: [{ kind: 'task-failure', of: 'broken', share: '100%' }],
};

const night = nightOf(NIGHT);

function why(log: Log, of: string) {
  const reader = new ChainReader(log, night.catalog, taskRunTimes(log));
  const { rows, timeUs } = log.chunks[0] ?? { rows: 0, timeUs: [] };
  const [fromUs = 0, toUs = 0] = [timeUs[0], timeUs[rows - 1]];
  const view = {
    name: log.name,
    title: '',
    source: log.source,
    zone: 'UTC',
    fromUs,
    toUs,
    pipelines: 0,
    tasks: 0,
    datasets: 0,
    runs: 0,
    taskRuns: 0,
    events: 0,
    importedFrom: '',
  };
  return whyView({ view, log, catalog: night.catalog, reader, history: [] }, findSubject(log, night.catalog, of));
}

/** Nothing of when task runs were queued, and no size of any pool. */
function withoutQueues(log: Log): Log {
  const writer = new EventWriter();
  for (const chunk of log.chunks)
    for (let i = 0; i < chunk.rows; i++) if (chunk.kind[i] !== EventKind.taskQueued) writer.push(eventAt(chunk, i));
  const { pools } = log.names;
  const names = { ...log.names, pools: { ...pools, slots: pools.slots.map(() => -1) } };
  return { ...log, names, chunks: writer.finish() };
}

describe('why', () => {
  it('charges the pool to who held it where the log tells it, or its pool does', () => {
    for (const log of [night.log, asObserved(night.log)]) {
      const { charges, chain, advice } = why(log, 'reader');
      expect(chain?.links.map(({ label }) => label)).toEqual(['maker', 'reader']);
      expect(charges[0]).toMatchObject({
        name: 'pool narrow held by first',
        chargedMs: 600_000,
        change: { kind: 'remove-pipeline', pipeline: 'first' },
      });
      expect(advice).toEqual([]);
    }
  });

  it('leaves unknown what a log without the evidence cannot tell, and says what to record', () => {
    const { charges, chain, advice } = why(withoutQueues(asObserved(night.log)), 'reader');
    expect(chain?.unknownMs).toBe(600_000);
    expect(charges[0]).toMatchObject({ name: 'unknown wait of maker', holder: null, change: null });
    expect(advice).toEqual(['10:00 of maker are unknown: record when its tries were queued']);
  });

  it('says of what failed that it never landed, with the chain up to there', () => {
    const { state, sentence, chain, charges } = why(night.log, 'broken');
    expect({ state, charges }).toEqual({ state: 'failed', charges: [] });
    expect(sentence).toMatch(/^broken failed 02:0\d \(attempt 1\): it never landed\.$/);
    expect(chain?.links.at(-1)?.parts.at(-1)?.cause).toBe('run');
  });
});
