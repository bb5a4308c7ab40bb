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
  it.each([
    [{ faults: [{ kind: 'zombie-writer', share: '1%', lasts: '1m' }] }, 'faults.0.kind: the fault zombie-writer'],
    [{ faults: [{ kind: 'crash', share: '1%' }] }, 'faults.0.kind: the fault crash'],
    [{ faults: [{ kind: 'task-failure', share: '1%', step: 'check' }] }, 'faults.0.step: a task failure at check'],
    [{ faults: [{ kind: 'task-failure', at: '1m' }] }, 'faults.0: a task failure at given times'],
    [{ orchestrator: { executor: { kubernetes: {} } } }, 'orchestrator.executor: pods for each loop without'],
    [{ orchestrator: { executor: { celery: { workers: 2 } } } }, 'orchestrator.executor: task runs that a busy worker'],
    [{ datasets: { d: { partitioned: 'daily', marker: '_SUCCESS' }, e: 'daily' } }, 'datasets.d.marker: a marker'],
    [
      { pools: { default: { slots: 'none', slowdown: [{ at: '100%', factor: 2 }] } } },
      'pools.default.slowdown: a slowdown',
    ],
    [
      { targets: [{ landing: { dataset: 'd', within: '1h' } }, { landing: { dataset: 'e', within: '2h' } }] },
      'targets.0: a landing target beside another deadline of write',
    ],
  ])('%j', (more, expected) => {
    expect(refusals(more).join('\n')).toContain(expected);
    expect(refusals(more).every((line) => line.endsWith('not simulated yet'))).toBe(true);
  });

  it.each(PRESET_NAMES)('the preset %s is played', (preset) => {
    expect(refusals({ orchestrator: preset })).toEqual([]);
  });
});
