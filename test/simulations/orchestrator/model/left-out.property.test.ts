// A trace leaves out what the times of its play say. The events of its log are those of a trace that tells everything;
// only events of several task runs at one instant may stand in another order.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runs } from '../../../support/runs.ts';
import { anyScenario } from './support/random-scenario.ts';
import { eventsByTaskRun, toldTwice } from './support/told-twice.ts';

type Document = typeof anyScenario extends fc.Arbitrary<infer D> ? D : never;

/** Without what would have to be told of everybody: loops, sources that are late, publishes twice. */
const anyPlain = fc
  .record({
    document: anyScenario,
    hasRival: fc.boolean(),
    isMapped: fc.boolean(),
    isWide: fc.boolean(),
    mayRun: fc.option(fc.integer({ min: 1, max: 3 })),
    isLimited: fc.boolean(),
    isChecked: fc.boolean(),
    isMarked: fc.boolean(),
    mayLook: fc.boolean(),
  })
  .map(({ document, hasRival, isMapped, isWide, mayRun, isLimited, isChecked, isMarked, mayLook }) => {
    const { datasets, faults, orchestrator, pipelines } = document as Document & Record<'orchestrator', object>;
    const { again, report, reader } = pipelines;
    const { activeRuns, ...unlimited } = pipelines.ingest;
    const ingest = isLimited ? { ...unlimited, activeRuns } : unlimited;
    const { load, clean } = ingest.tasks;
    const { map, ...alone } = clean;
    const wide = isWide ? { slots: 2, priority: 7 } : {};
    return {
      ...document,
      orchestrator: { ...orchestrator, loop: undefined, ...(isLimited ? {} : { limits: undefined }) },
      faults: faults.filter((fault) => !/late-source|duplicated/.test(JSON.stringify(fault))),
      datasets: {
        ...datasets,
        ...(isMarked ? {} : { clean: datasets.raw }),
        ...(isChecked ? {} : { report: { partitioned: 'hourly' } }),
      },
      pools: { small: document.pools.small + 1 },
      pipelines: {
        ingest: { ...ingest, tasks: { load, clean: { ...(isMapped ? { ...alone, map } : alone) } } },
        report: { ...report, tasks: { sum: { ...report.tasks.sum, ...wide, pool: 'small' } } },
        reader: {
          ...reader,
          tasks: {
            look: {
              ...reader.tasks.look,
              reads: reader.tasks.look.reads.map((read) => ({ ...read, ...(mayLook ? {} : { wait: 'event' }) })),
            },
          },
        },
        // Its runs wait for each other.
        often: {
          schedule: '*/20 * * * *',
          ...(mayRun === null ? {} : { activeRuns: mayRun }),
          tasks: { work: { duration: '25m', pool: 'small' } },
        },
        ...(hasRival ? { again } : {}),
      },
    };
  });

it('says the same', () => {
  let leftOut = 0;
  fc.assert(
    fc.property(anyPlain, (document) => {
      const told = toldTwice(JSON.parse(JSON.stringify(document)));
      leftOut += told.leftOut;
      expect(eventsByTaskRun(told.short)).toEqual(eventsByTaskRun(told.full));
    }),
    { numRuns: runs(40) },
  );
  expect(leftOut).toBeGreaterThan(0);
});
