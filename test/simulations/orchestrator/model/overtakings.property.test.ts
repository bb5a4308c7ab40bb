// Who was overtaken, and when, is left out of a trace where it follows from when attempts came and were granted their
// slots. The log is that of a trace which tells it as it happens: with many priorities, ties, empty work, and retries.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../support/runs.ts';
import { eventsByTaskRun, toldTwice } from './support/told-twice.ts';

const seconds = (max: number) => fc.integer({ min: 0, max }).map((s) => `${s}s`);

const anyPipeline = fc.record({
  schedule: fc.record({ at: fc.array(seconds(9), { minLength: 1, maxLength: 3 }) }),
  retries: fc.record({ times: fc.integer({ min: 0, max: 2 }), delay: seconds(3) }),
  tasks: fc.dictionary(
    fc.constantFrom('t', 'u', 'v'),
    fc.record({
      duration: fc.oneof(seconds(3), fc.constant({ exponential: { mean: '4s' } })),
      pool: fc.constantFrom('one', 'two'),
      priority: fc.integer({ min: -2, max: 3 }),
    }),
    { minKeys: 1 },
  ),
});

/** With one of these, everybody is told of as it happens: who takes several slots, who waits for a limit or for its run. */
const wide = { schedule: { at: '4s' }, tasks: { w: { duration: '2s', pool: 'two', slots: 2, priority: -1 } } };
const limited = { schedule: { at: '1s' }, tasks: { l: { duration: '4s', pool: 'one', concurrency: 1, map: 3 } } };
const inTurn = { schedule: { at: ['0s', '1s', '2s'] }, activeRuns: 1, tasks: { r: { duration: '3s', pool: 'one' } } };

/** What strikes it at its finalize comes after its work, which is then done again. */
const writer = { schedule: { at: '2s' }, retries: 2, tasks: { w: { duration: '1s', pool: 'one', writes: 'd' } } };

const anyCrowd = fc.record({
  seed: fc.integer({ min: 0, max: 1_000_000 }),
  horizon: fc.constant('1h'),
  orchestrator: fc.record({
    dispatch: seconds(1),
    heartbeat: fc.constant({ every: '1s', timeout: '3s', scan: '2s' }),
    executor: fc.constantFrom(undefined, { local: { slots: 2, startUp: '1s' } }),
  }),
  faults: fc.constantFrom(
    [],
    [{ kind: 'task-failure', share: '40%' }],
    [{ kind: 'task-failure', share: '40%', step: 'finalize' }],
    [{ kind: 'zombie-writer', share: '40%', step: 'finalize', lasts: '1m' }],
  ),
  datasets: fc.constant({ d: 'daily' }),
  pools: fc.record({ one: fc.integer({ min: 1, max: 2 }), two: fc.integer({ min: 2, max: 3 }) }),
  pipelines: fc
    .tuple(
      fc.array(anyPipeline, { minLength: 2, maxLength: 6 }),
      fc.constantFrom([], [], [], [wide], [limited], [inTurn]),
    )
    .map((parts) => Object.fromEntries([writer, ...parts.flat()].map((pipeline, i) => [`p${i}`, pipeline]))),
});

it('follows from when they came and were granted', () => {
  let overtaken = 0;
  fc.assert(
    fc.property(anyCrowd, (document) => {
      const told = toldTwice(JSON.parse(JSON.stringify(document)));
      overtaken += told.overtaken;
      expect(eventsByTaskRun(told.short)).toEqual(eventsByTaskRun(told.full));
    }),
    { numRuns: runs(60) },
  );
  expect(overtaken).toBeGreaterThan(0);
});
