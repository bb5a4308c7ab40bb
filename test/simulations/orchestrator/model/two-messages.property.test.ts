// A task that tells of its datasets by an event and by a marker is, for its readers, two tasks with the same times, each
// with one of them: for any reader, trigger, delay, and fault of one message.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runs } from '../../../support/runs.ts';
import { type Played, played } from './support/play.ts';

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((s) => `${s}s`);

const reader = fc.record({
  reads: fc.constantFrom(['e'], ['m'], ['e', 'm'], ['m', 'e']),
  wait: fc.constantFrom('event', 'poke', 'reschedule', 'deferrable'),
  offset: fc.boolean(),
});
const trigger = fc.constantFrom(
  { all: ['e', 'm'] },
  { any: ['e', 'm'] },
  { any: ['m', 'e'] },
  { all: 'e' },
  { all: 'm' },
);

const fault = fc
  .record({
    kind: fc.constantFrom('publish-lost', 'publish-late', 'publish-duplicated'),
    message: fc.constantFrom('event', 'marker'),
    hour: fc.integer({ min: 0, max: 3 }),
    lasts: seconds(1, 900),
  })
  .map(({ kind, message, hour, lasts }) => ({
    kind,
    message,
    once: { partition: `date=2026-01-01/hour=0${hour}` },
    ...(kind === 'publish-late' ? { lasts } : {}),
  }));

const outage = fc
  .record({ at: seconds(0, 14_000), lasts: seconds(1, 900) })
  .map((times) => ({ kind: 'store-outage', step: 'publish', ...times }));

const recipe = fc.record({
  finalize: fc.record({
    service: seconds(0, 20),
    publishDelay: seconds(0, 60),
    marker: fc.record({ visible: seconds(0, 60), poll: seconds(0, 60) }),
  }),
  duration: fc.oneof(seconds(0, 300), fc.constant('50m')),
  unit: fc.constantFrom('hourly', 'none'),
  map: fc.integer({ min: 1, max: 3 }),
  readers: fc.array(reader, { minLength: 1, maxLength: 3 }),
  triggers: fc.array(trigger, { maxLength: 2 }),
  faults: fc.array(fault, { maxLength: 3 }),
  outages: fc.array(outage, { maxLength: 1 }),
});
type Recipe = typeof recipe extends fc.Arbitrary<infer R> ? R : never;

const HOURLY = '0 * * * *';

/** With one writer of both, or with two. The pipelines after those of the writers are the same. */
function scenario(r: Recipe, isOne: boolean): object {
  const writer = (writes: string[]) => ({
    schedule: HOURLY,
    tasks: { write: { duration: r.duration, map: r.map, writes } },
  });
  const struck = { event: isOne ? 'w' : 'we', marker: isOne ? 'w' : 'wm' };
  const faults = r.unit === 'none' ? [] : r.faults.map((each) => ({ ...each, of: `${struck[each.message]}.write` }));
  return {
    horizon: '4h',
    orchestrator: { finalize: r.finalize },
    faults: [...faults, ...r.outages],
    datasets: { e: r.unit, m: { partitioned: r.unit, marker: '_SUCCESS' } },
    pipelines: {
      ...(isOne ? { w: writer(['e', 'm']) } : { we: writer(['e']), wm: writer(['m']) }),
      ...Object.fromEntries(r.readers.map((each, i) => [`r${i}`, readerOf(each)])),
      ...Object.fromEntries(
        r.triggers.map((schedule, i) => [
          `t${i}`,
          { schedule, tasks: { first: '1m', next: { duration: '1m', after: 'first' } } },
        ]),
      ),
    },
  };
}

const readerOf = ({ reads, wait, offset }: Recipe['readers'][number]): object => ({
  schedule: '1 * * * *',
  tasks: {
    read: {
      duration: '1m',
      reads: reads.map((dataset) => ({ dataset, wait, every: '25s', ...(offset ? { offset: '-1h' } : {}) })),
    },
    after: { duration: '10s', after: 'read' },
  },
});

/** Of every task run that does not write: its task, its times and its outcome, in order. */
function seen({ plan, player }: Played): string[] {
  const { definitions: d, taskRuns } = plan;
  const { readyMs, startMs, finishMs, outcome } = player.times;
  return Array.from(taskRuns.task, (task, i) => {
    const { name } = d.pipelines[d.pipelineOf[task]];
    return `${name}.${d.tasks[task].name} ${readyMs[i]} ${startMs[i]} ${finishMs[i]} ${outcome[i]}`;
  })
    .filter((line) => !line.startsWith('w'))
    .sort();
}

/** By dataset: when each writer's part of it landed. */
function landings({ plan, player }: Played): { readonly event: number[]; readonly marker: number[] } {
  const { definitions: d, taskRuns } = plan;
  const [event, marker]: [number[], number[]] = [[], []];
  for (let i = 0; i < taskRuns.count; i++)
    for (const dataset of d.writes[taskRuns.task[i]]) {
      const byMarker = d.workload.datasets[dataset].marker !== null;
      (byMarker ? marker : event).push(player.landedMs(i, byMarker));
    }
  return { event, marker };
}

describe('one writer with two messages', () => {
  it('is two writers with one each, as their readers see it', () => {
    fc.assert(
      fc.property(recipe, (r) => {
        const [one, two] = [played(scenario(r, true)), played(scenario(r, false))];
        expect(seen(one)).toEqual(seen(two));
        expect(landings(one)).toEqual(landings(two));
      }),
      { numRuns: runs(60) },
    );
  });
});
