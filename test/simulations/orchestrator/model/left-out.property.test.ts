// A trace leaves out what the times of its play say. The events of its log are those of a trace that tells everything;
// only events of several task runs at one instant may stand in another order.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Log, versionLabel } from '../../../../shared/model/log.ts';
import { logOfPlay } from '../../../../simulations/orchestrator/model/model-log.ts';
import { catalogOfPlan } from '../../../../simulations/orchestrator/model/plan-catalog.ts';
import { Trace } from '../../../../simulations/orchestrator/model/trace.ts';
import { playerOf } from './support/play.ts';
import { anyScenario } from './support/random-scenario.ts';

const RUNS = 40;

type Document = typeof anyScenario extends fc.Arbitrary<infer D> ? D : never;

/** Without what would have to be told of everybody: loops, markers, sensors, sources that are late, publishes twice. */
const anyPlain = fc
  .record({
    document: anyScenario,
    hasRival: fc.boolean(),
    isMapped: fc.boolean(),
    isWide: fc.boolean(),
    mayRun: fc.integer({ min: 1, max: 3 }),
  })
  .map(({ document, hasRival, isMapped, isWide, mayRun }) => {
    const { datasets, faults, orchestrator, pipelines } = document as Document & Record<'orchestrator', object>;
    const { again, ingest, report, reader } = pipelines;
    const { load, clean } = ingest.tasks;
    const { map, ...alone } = clean;
    const wide = isWide ? { slots: 2, priority: 7 } : {};
    return {
      ...document,
      orchestrator: { ...orchestrator, loop: undefined },
      faults: faults.filter((fault) => !/late-source|duplicated/.test(JSON.stringify(fault))),
      datasets: { ...datasets, clean: datasets.raw },
      pools: { small: document.pools.small + 1 },
      pipelines: {
        ingest: { ...ingest, tasks: { load, clean: { ...(isMapped ? { ...alone, map } : alone) } } },
        report: { ...report, tasks: { sum: { ...report.tasks.sum, ...wide, pool: 'small' } } },
        reader: {
          ...reader,
          tasks: {
            look: {
              ...reader.tasks.look,
              reads: reader.tasks.look.reads.map(({ dataset }) => ({ dataset, wait: 'event' })),
            },
          },
        },
        // Its runs wait for each other.
        often: { schedule: '*/20 * * * *', activeRuns: mayRun, tasks: { work: { duration: '25m', pool: 'small' } } },
        ...(hasRival ? { again } : {}),
      },
    };
  });

function playedTwice(document: object): { readonly short: Log; readonly full: Log; readonly leftOut: number } {
  const short = playerOf(document);
  const full = playerOf(document);
  full.player.toldInFull.fill(1);
  const [one, other] = [short, full].map(({ plan, player }) => {
    const trace = new Trace();
    player.play(0, trace);
    const header = { name: 'l', source: 'simulated', title: '', zone: 'UTC', landing: 'published' } as const;
    return logOfPlay({ header, catalog: catalogOfPlan(plan.definitions), plan, player, trace });
  });
  return { short: one, full: other, leftOut: short.player.toldInFull.filter((isTold) => isTold === 0).length };
}

/** By task run, and of each in their order. */
const eventsOf = (log: Log): string[] =>
  log.chunks
    .flatMap((c) =>
      Array.from({ length: c.rows }, (_, i) => ({
        taskRun: c.taskRun[i],
        event: [
          ...[c.timeUs, c.kind, c.run, c.taskRun, c.attempt, c.code, c.value].map((column) => column[i]),
          c.version[i] < 0 ? '' : versionLabel(log, c.version[i]),
          c.text[i] < 0 ? '' : log.names.texts[c.text[i]],
        ].join(' '),
      })),
    )
    .sort((a, b) => a.taskRun - b.taskRun)
    .map(({ event }) => event);

it('says the same', () => {
  let leftOut = 0;
  fc.assert(
    fc.property(anyPlain, (document) => {
      const logs = playedTwice(JSON.parse(JSON.stringify(document)));
      leftOut += logs.leftOut;
      expect(eventsOf(logs.short)).toEqual(eventsOf(logs.full));
    }),
    { numRuns: RUNS },
  );
  expect(leftOut).toBeGreaterThan(0);
});
