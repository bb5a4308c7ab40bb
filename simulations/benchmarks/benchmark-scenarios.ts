// What the benchmarks of the model play, in the scenario format over a synthetic day: the reference model with drawn
// durations, and the full model with everything that costs time. Same size and seed, same scenario.

import { readScenario } from '../../shared/scenario/read-scenario.ts';
import type { TaskDef, Workload } from '../../shared/scenario/workload.ts';
import { overDay } from '../../src-main/host/workers/scenario-base.ts';
import { replicatorOf } from '../../src-main/host/workers/timed-experiment.ts';
import { dayCatalog } from '../../src-main/importers/reference-day/day-catalog.ts';
import type { Replicator } from '../experiments/replicate.ts';
import { syntheticDay } from './synthetic-day.ts';

/** Sigma of the log-normal durations: the 99th percentile is twice the median. */
const SIGMA = 0.3;

const FULL = {
  orchestrator: {
    heartbeat: { every: '30s', timeout: '5m', scan: '10s' },
    finalize: { service: { lognormal: { median: '200ms', sigma: 0.5 } }, servers: 50, publishDelay: '250ms' },
  },
  faults: [
    { kind: 'task-failure', share: '2%' },
    { kind: 'task-failure', rate: '1 per day' },
    { kind: 'worker-loss', rate: '1 per day', lasts: '5m' },
    { kind: 'crash', share: '0.1%', step: 'finalize' },
    { kind: 'publish-late', share: '1%', lasts: '5m' },
    { kind: 'store-outage', at: ['4h'], lasts: '2m' },
  ],
};

export type ModelKind = 'reference model' | 'full model';

/** Throws when the model cannot play what stands here. */
export function benchmarkReplicator(kind: ModelKind, tasks: number, seed: number, replications: number): Replicator {
  const more = kind === 'full model' ? FULL : {};
  const { scenario, problems } = readScenario({ version: 1, seed, replications, base: { day: 'synthetic' }, ...more });
  if (scenario === null) throw new Error(JSON.stringify(problems));
  const day = syntheticDay(tasks, seed);
  const input = overDay(scenario, dayCatalog(day), day);
  const base = input.base === null ? null : changed(input.base, kind === 'full model');
  const made = replicatorOf({ ...input, base });
  if (!made.ok) throw new Error(JSON.stringify(made.error.slice(0, 5)));
  return made.value.replicator;
}

function changed(workload: Workload, isFull: boolean): Workload {
  const task = (def: TaskDef): TaskDef => ({
    ...def,
    duration:
      def.duration.kind === 'constant'
        ? { kind: 'lognormal', medianMs: def.duration.valueMs, sigma: SIGMA }
        : def.duration,
    ...(isFull ? { retries: { times: 2, delayMs: 300_000, backoff: 'exponential', capMs: 3_600_000 } as const } : {}),
  });
  return {
    ...workload,
    datasets: workload.datasets.map((dataset) =>
      isFull ? { ...dataset, check: { duration: { kind: 'constant', valueMs: 1_000 }, passShare: 0.999 } } : dataset,
    ),
    pipelines: workload.pipelines.map((pipeline) => ({ ...pipeline, tasks: pipeline.tasks.map(task) })),
  };
}
