// What is not played yet is refused before the run, with its place: none of it is left out in silence.

import { describe, expect, it } from 'vitest';
import { PRESET_NAMES } from '../../../../shared/scenario/scenario.ts';
import { Replicator } from '../../../../simulations/experiments/replicate.ts';
import { scenarioOf } from './support/play.ts';

const BASE = {
  datasets: { d: 'daily', e: 'daily' },
  pipelines: {
    a: { schedule: { at: '0s' }, tasks: { write: { duration: '1m', writes: ['d', 'e'] } } },
    b: { schedule: { at: '0s' }, tasks: { read: { duration: '1m', reads: 'd' } } },
  },
};

function refusals(more: object): string[] {
  const scenario = scenarioOf({ ...BASE, ...more });
  const made = Replicator.of({ scenario, workload: scenario.workload, history: null, landing: 'published' });
  return made.ok ? [] : made.error.map(({ path, reason }) => `${path.join('.')}: ${reason}`);
}

describe('what is not simulated', () => {
  it('several ways of looking in one task are several sensors', () => {
    const reads = [
      { dataset: 'd', wait: 'poke' },
      { dataset: 'e', wait: 'reschedule' },
    ];
    const pipelines = { ...BASE.pipelines, b: { schedule: { at: '0s' }, tasks: { read: { duration: '1m', reads } } } };
    expect(refusals({ pipelines })).toEqual([
      'pipelines.b.tasks.read: looks for its data in several ways (mode, every, timeout): a task is one sensor, so write a task for each',
    ]);
  });

  it.each(PRESET_NAMES)('the preset %s is played', (preset) => {
    expect(refusals({ orchestrator: preset })).toEqual([]);
  });

  const CHECKED = { d: { partitioned: 'daily', check: { duration: '1s' } }, e: 'daily' };
  it.each([
    [{ kind: 'crash', share: '1%', step: 'check' }, {}, 'faults.0.step: no dataset that "*" writes declares a check'],
    [{ kind: 'crash', share: '1%', of: 'b.read' }, {}, 'faults.0.of: no task that "b.read" names writes a dataset'],
    [{ kind: 'crash', at: '1m', step: 'open' }, {}, 'faults.0.step: a rate or a time strikes then, not at a step'],
    [{ kind: 'crash', share: '1%', step: 'heartbeat' }, {}, 'faults.0.step: the orchestrator has no heartbeats'],
    [{ kind: 'zombie-writer', share: '1%', lasts: '1m', step: 'open' }, {}, 'faults.0.step: a zombie has opened'],
    [
      { kind: 'store-outage', at: '1m', lasts: '1m', step: 'end' },
      {},
      "faults.0.step: the store has no part in a task's",
    ],
    [{ kind: 'late-source', share: '1%', lasts: '1m', step: 'end' }, {}, 'faults.0.step: a late source holds back'],
    [{ kind: 'publish-lost', share: '1%', step: 'end' }, {}, 'faults.0.step: a publish-lost strikes the publish'],
    [
      { kind: 'publish-lost', share: '1%', message: 'marker' },
      {},
      'faults.0.message: no task that "*" names writes a dataset that a marker tells of',
    ],
    [{ kind: 'crash', share: '1%', message: 'event' }, {}, 'faults.0.message: a crash strikes no message'],
    [
      { kind: 'crash', once: { partition: 'date=2020-02-02' } },
      {},
      'faults.0.once: "*" has no run for "date=2020-02-02"',
    ],
    [
      { kind: 'crash', share: '1%', step: 'check' },
      { datasets: CHECKED, orchestrator: { heartbeat: { every: '1m', timeout: '30s', scan: '1s' } } },
      'orchestrator.heartbeat: a writer that beats every 60000 ms and is taken for dead after 30000 ms never lives',
    ],
  ])('a fault that means nothing: %j', (fault, more, expected) => {
    expect(refusals({ faults: [fault], ...more }).join('\n')).toContain(expected);
  });
});
