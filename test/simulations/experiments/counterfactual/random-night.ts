// Random nights for the tests of chains and replays: small scenarios with pools, schedules, triggers, sensors, retries and
// loops, played by the model and written as a log that records every wait; and the same log with only what an orchestrator
// keeps of it (times of tries, no waits).

import fc from 'fast-check';
import type { Catalog } from '../../../../shared/model/catalog.ts';
import { EventKind } from '../../../../shared/model/event.ts';
import { EventWriter, eventAt } from '../../../../shared/model/event-writer.ts';
import type { Log } from '../../../../shared/model/log.ts';
import { logOfPlay } from '../../../../simulations/orchestrator/model/model-log.ts';
import { Trace } from '../../../../simulations/orchestrator/model/trace.ts';
import { catalogOfDefinitions } from '../../../../simulations/orchestrator/run-plan/catalog-of.ts';
import { playerOf } from '../../orchestrator/model/support/play.ts';

export interface Night {
  readonly log: Log;
  readonly catalog: Catalog;
}

const task = fc.record({
  minutes: fc.integer({ min: 1, max: 40 }),
  pool: fc.constantFrom('small', 'wide', 'default'),
  slots: fc.integer({ min: 1, max: 2 }),
  priority: fc.integer({ min: 0, max: 3 }),
});

const pipelineWith = (waits: readonly string[]) =>
  fc.record({
    start: fc.constantFrom('0 0 * * *', '10 0 * * *', '30 0 * * *', 'triggered'),
    tasks: fc.array(task, { minLength: 1, maxLength: 4 }),
    reads: fc.nat(),
    waits: fc.constantFrom(...waits),
  });

const AT_ONCE = [{ dispatch: '2s' }, { dispatch: '0s', finalize: { service: '3s', publishDelay: '7s' } }];
const LOOPS = [
  { loop: { batch: 3, perTask: '300ms', idle: '5s' }, limits: { parallelism: 5 } },
  {
    loop: { batch: 8, perTask: '50ms', idle: '1s' },
    executor: { kubernetes: { startUp: { exponential: { mean: '9s' } } } },
  },
];

const scenarioWith = (orchestrators: readonly object[], waits: readonly string[]) =>
  fc
    .record({
      pipelines: fc.array(pipelineWith(waits), { minLength: 2, maxLength: 6 }),
      orchestrator: fc.constantFrom(...orchestrators),
      failures: fc.constantFrom('0%', '25%'),
      small: fc.integer({ min: 2, max: 3 }),
    })
    .map(({ pipelines, orchestrator: kind, failures, small }) => ({
      start: '2025-03-01T00:00:00Z',
      horizon: '1d',
      orchestrator: kind,
      pools: { small, wide: 6, default: 4 },
      datasets: Object.fromEntries(pipelines.map((_, i) => [`d${i}`, 'daily'])),
      pipelines: Object.fromEntries(pipelines.map((p, i) => [`p${i}`, pipelineOf(p, i)])),
      faults: [{ kind: 'task-failure', share: failures }],
    }));

type Pipeline = ReturnType<typeof pipelineWith> extends fc.Arbitrary<infer T> ? T : never;

/** Everything that the model has. */
export const scenario = scenarioWith([...AT_ONCE, ...LOOPS], ['event', 'poke', 'deferrable', 'none']);
/** What a replay can make anew to the moment: no loop that grants at its turns, no sensor that holds a slot meanwhile. */
export const plainScenario = scenarioWith(AT_ONCE, ['event', 'deferrable', 'none']);

/** Reads an earlier pipeline's dataset, if there is one; its last task writes its own. */
function pipelineOf({ start, tasks, reads, waits }: Pipeline, i: number) {
  const input = i === 0 ? null : `d${reads % i}`;
  const isTriggered = start === 'triggered' && input !== null;
  const names = tasks.map((_, t) => `t${t}`);
  return {
    schedule: isTriggered ? { all: [input] } : start === 'triggered' ? '0 0 * * *' : start,
    retries: { times: 3, delay: '1m' },
    tasks: Object.fromEntries(
      tasks.map(({ minutes, pool, slots, priority }, t) => [
        names[t],
        {
          duration: { exponential: { mean: `${minutes}m` } },
          pool,
          slots,
          priority,
          ...(t === 0 ? {} : { after: names[t - 1] }),
          ...(t === 0 && input !== null && !isTriggered ? { reads: { dataset: input, wait: waits } } : {}),
          ...(t === tasks.length - 1 ? { writes: `d${i}` } : {}),
        },
      ]),
    ),
  };
}

export function nightOf(document: object): Night {
  const { plan, player } = playerOf(document);
  const trace = new Trace();
  player.play(0, trace);
  const catalog = catalogOfDefinitions(plan.definitions, 'scenario');
  const header = { name: 'night', source: 'observed', title: '', zone: 'UTC', landing: 'published' } as const;
  return { catalog, log: logOfPlay({ header, catalog, plan, player, trace }) };
}

const DROPPED: readonly number[] = [EventKind.taskBlocked, EventKind.taskReady];

/** The same log without what only a simulator can tell: waits, and when a task run was ready. */
export function asObserved(log: Log): Log {
  const writer = new EventWriter();
  for (const chunk of log.chunks)
    for (let i = 0; i < chunk.rows; i++) {
      if (DROPPED.includes(chunk.kind[i])) continue;
      writer.push(eventAt(chunk, i));
    }
  return { ...log, chunks: writer.finish() };
}
