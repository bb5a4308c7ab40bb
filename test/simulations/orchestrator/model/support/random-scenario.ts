// Small random scenarios with every part of the model on: schedules, triggers, windows, limits, pools, loops, executors,
// checks, markers, finalize servers, heartbeats, and faults of every kind. All that depends is checked by dependency.

import fc from 'fast-check';

const seconds = (min: number, max: number) => fc.integer({ min, max }).map((s) => `${s}s`);
/** The part written out, or left to the format's default. */
const maybe = <T extends object>(arbitrary: fc.Arbitrary<T>) => fc.oneof(arbitrary, fc.constant({}));
const duration = fc.oneof(
  seconds(0, 300),
  seconds(1, 300).map((mean) => ({ exponential: { mean } })),
);

const loop = fc.record({ batch: fc.integer({ min: 1, max: 5 }), idle: seconds(1, 9), perTask: fc.constant('20ms') });
const executor = fc.oneof(
  fc.record({ local: fc.record({ slots: fc.integer({ min: 1, max: 6 }), startUp: duration }) }),
  fc.record({ celery: fc.record({ workers: fc.constant(2), concurrency: fc.integer({ min: 1, max: 3 }) }) }),
  fc.record({ kubernetes: fc.record({ startUp: duration }) }),
);

const orchestrator = fc
  .tuple(
    maybe(loop.map((written) => ({ loop: written }))),
    maybe(executor.map((written) => ({ executor: written }))),
    fc.record({
      service: seconds(0, 20),
      servers: fc.integer({ min: 1, max: 3 }),
      publishDelay: duration,
      marker: fc.record({ visible: seconds(0, 20), poll: seconds(1, 60) }),
    }),
    maybe(fc.constant({ heartbeat: { every: '10s', timeout: '30s', scan: '20s' } })),
    maybe(fc.record({ limits: fc.record({ parallelism: fc.integer({ min: 1, max: 6 }) }) })),
  )
  .map(([a, b, finalize, c, d]) => ({ finalize, ...a, ...b, ...c, ...d }));

const dataset = fc.record({
  partitioned: fc.constant('hourly'),
  rows: fc.constant(1_000),
  check: fc.record({ duration: seconds(0, 60), passes: fc.constantFrom('100%', '70%') }),
});
const marked = dataset.map((d) => ({ ...d, marker: '_SUCCESS' }));

export const KINDS = [
  'task-failure',
  'crash',
  'zombie-writer',
  'worker-loss',
  'publish-lost',
  'publish-duplicated',
  'publish-late',
  'store-outage',
  'late-source',
] as const;

const STEPS: Readonly<Record<string, readonly string[]>> = {
  'task-failure': ['start', 'open', 'end', 'check', 'finalize', 'publish'],
  crash: ['start', 'open', 'end', 'check', 'finalize', 'publish'],
  'zombie-writer': ['end', 'check', 'finalize', 'publish'],
  'store-outage': ['open', 'check', 'finalize', 'publish'],
};
const LASTING = ['zombie-writer', 'worker-loss', 'publish-late', 'store-outage', 'late-source'];

export const faultOf = (kind: (typeof KINDS)[number]) =>
  fc
    .record({
      lasts: seconds(1, 400),
      step: fc.constantFrom(...(STEPS[kind] ?? [''])),
      share: fc.constantFrom('20%', '60%'),
      timed: fc.boolean(),
      at: fc.array(seconds(0, 17_999), { minLength: 1, maxLength: 6 }),
    })
    .map(({ lasts, step, share, timed, at }) => {
      const isOfTime = kind === 'store-outage' || kind === 'worker-loss';
      const strikes = isOfTime || timed ? { at } : { share };
      const hasStep = STEPS[kind] !== undefined && (kind === 'store-outage' || !timed);
      return { kind, ...strikes, ...(hasStep ? { step } : {}), ...(LASTING.includes(kind) ? { lasts } : {}) };
    });

const anyFault = fc.constantFrom(...KINDS).chain(faultOf);

/** `faults`: what goes wrong. */
export const scenarioWith = (faults: fc.Arbitrary<object[]>) =>
  fc
    .record({
      seed: fc.integer({ min: 0, max: 1_000_000 }),
      orchestrator,
      raw: dataset,
      clean: marked,
      report: dataset,
      faults,
      durations: fc.array(duration, { minLength: 5, maxLength: 5 }),
      slots: fc.integer({ min: 1, max: 3 }),
      copies: fc.integer({ min: 1, max: 3 }),
      activeRuns: fc.integer({ min: 1, max: 3 }),
      cleaned: fc.constantFrom(['clean'], ['clean', 'counts'], ['counts', 'clean']),
      mode: fc.constantFrom('event', 'poke', 'reschedule', 'deferrable'),
      priority: fc.integer({ min: 1, max: 3 }),
    })
    .map(({ seed, raw, clean, report, durations: d, slots, copies, activeRuns, cleaned, mode, priority, ...rest }) => ({
      seed,
      horizon: '5h',
      ...rest,
      datasets: { raw, clean, report, ...(cleaned.length > 1 ? { counts: raw } : {}) },
      pools: { small: slots },
      pipelines: {
        ingest: {
          schedule: '10 * * * *',
          activeRuns,
          retries: { times: 3, delay: '40s' },
          tasks: {
            load: { duration: d[0], writes: 'raw', pool: 'small' },
            clean: { duration: d[1], after: 'load', writes: cleaned, map: copies, pool: 'small', priority },
          },
        },
        // Writes the same partitions as `ingest`, a little later.
        again: {
          schedule: '14 * * * *',
          retries: { times: 1, delay: '9s' },
          tasks: { load: { duration: d[2], writes: 'raw', pool: 'small' } },
        },
        report: {
          schedule: { all: cleaned },
          retries: 1,
          tasks: { sum: { duration: d[3], reads: 'raw', writes: 'report' } },
        },
        reader: {
          schedule: '30 * * * *',
          tasks: {
            look: {
              duration: d[4],
              reads: cleaned.map((dataset) => ({ dataset, wait: mode, every: '45s' })),
              pool: 'small',
            },
          },
        },
      },
    }));

export const anyScenario = scenarioWith(fc.array(anyFault, { maxLength: 3 }));
