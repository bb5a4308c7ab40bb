// What a trace says does not depend on how it is written down: the events of some plays with every kind of wait, by a hash
// that was taken when each event was a row of its own. A change of the model's meaning changes these hashes; a change of
// how it is traced must not.

import { expect, it } from 'vitest';
import { ContentHash } from '../../../../shared/base/hash.ts';
import type { Log } from '../../../../shared/model/log.ts';
import { logged } from './support/play.ts';

/** Of what happened when to whom and why, in order; names and texts are left out. */
function eventsHash({ chunks }: Log): string {
  const hash = new ContentHash();
  for (const { timeUs, kind, taskRun, attempt, code, value } of chunks)
    hash.array(timeUs).array(kind).array(taskRun).array(attempt).array(code).array(value);
  return hash.hex();
}

const DATASETS = {
  raw: { partitioned: 'hourly', rows: 1_000, check: { duration: '59s', passes: '70%' } },
  clean: { partitioned: 'hourly', rows: 1_000, check: { duration: '2s', passes: '70%' }, marker: '_SUCCESS' },
  report: { partitioned: 'hourly', rows: 1_000 },
};

const night = (orchestrator: object, more: object, mode: string, faults: object[]) => ({
  seed: 12,
  horizon: '5h',
  orchestrator: { heartbeat: { every: '10s', timeout: '30s', scan: '20s' }, ...orchestrator },
  faults,
  datasets: DATASETS,
  pools: { small: 2 },
  pipelines: {
    ingest: {
      schedule: '10 * * * *',
      activeRuns: 2,
      retries: { times: 3, delay: '40s' },
      tasks: {
        load: { duration: '33s', writes: 'raw', pool: 'small', slots: 2 },
        clean: { duration: { exponential: { mean: '4m' } }, after: 'load', writes: 'clean', map: 3, pool: 'small' },
      },
    },
    again: {
      schedule: '14 * * * *',
      retries: 1,
      tasks: { load: { duration: '143s', writes: 'raw', pool: 'small', priority: 7, ...more } },
    },
    report: {
      schedule: { all: 'clean' },
      retries: 1,
      tasks: { sum: { duration: { exponential: { mean: '65s' } }, reads: 'raw', writes: 'report' } },
    },
    reader: {
      schedule: '30 * * * *',
      tasks: { look: { duration: '2m', reads: [{ dataset: 'clean', wait: mode, every: '45s' }], pool: 'small' } },
    },
  },
});

const FINALIZE = { finalize: { service: '5s', servers: 1, publishDelay: { exponential: { mean: '133s' } } } };

it.each([
  [
    'a loop, parallelism, a sensor that pokes, publishes that are late or doubled',
    night({ loop: { batch: 2, idle: '5s', perTask: '20ms' }, limits: { parallelism: 2 }, ...FINALIZE }, {}, 'poke', [
      { kind: 'publish-late', share: '20%', lasts: '228s' },
      { kind: 'publish-duplicated', share: '20%' },
    ]),
    'f4457b6f803cf85bac51616a659fdd92',
  ],
  [
    'no loop, a limit on a task, a sensor that is rescheduled, attempts that fail and writers that sleep',
    night(FINALIZE, { concurrency: 1 }, 'reschedule', [
      { kind: 'task-failure', share: '20%' },
      { kind: 'zombie-writer', share: '20%', lasts: '5m', step: 'finalize' },
      { kind: 'crash', share: '20%', step: 'check' },
    ]),
    '138572e868f5272b4f97e23b4bd65fc7',
  ],
  [
    'workers with a start-up, a triggerer, late sources, an outage of the store',
    night({ executor: { local: { slots: 3, startUp: '9s' } }, ...FINALIZE }, {}, 'deferrable', [
      { kind: 'late-source', share: '50%', lasts: '7m' },
      { kind: 'store-outage', at: ['1h', '3h'], lasts: '6m', step: 'open' },
      { kind: 'worker-loss', at: ['2h'], lasts: '4m' },
    ]),
    '46c358cffad10dbc5127a82c86d086c6',
  ],
])('%s', (_, document, hash) => {
  expect(eventsHash(logged(document).log)).toBe(hash);
});
