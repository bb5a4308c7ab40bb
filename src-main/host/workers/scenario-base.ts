// What a scenario is laid over, as definitions: a reference day with its own dispatch and publish delays, a sample company, or observed logs with what their durations were fitted to.

import type { Catalog } from '../../../shared/model/catalog.ts';
import type { Log } from '../../../shared/model/log.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import type { Scenario, ScenarioBase } from '../../../shared/scenario/scenario.ts';
import { labelOf } from '../../../shared/scenario/workload.ts';
import { durationFits } from '../../../simulations/experiments/duration-fits.ts';
import { workloadOfDay } from '../../../simulations/orchestrator/run-plan/workload-of-day.ts';
import { workloadOfLog } from '../../../simulations/orchestrator/run-plan/workload-of-log.ts';
import { timeSpan } from '../../../simulations/orchestrator/snapshot/observed-state.ts';
import { companyWorkload } from '../../../simulations/scenarios/sample.ts';
import type { ScenarioInput } from './timed-experiment.ts';

/** The day's delays hold where the scenario's orchestrator has none. */
export function overDay(scenario: Scenario, catalog: Catalog, day: ReferenceDay): ScenarioInput {
  const { orchestrator } = scenario;
  const { finalize, dispatchMs } = orchestrator;
  const isOwn = finalize.publishDelay.kind !== 'constant' || finalize.publishDelay.valueMs > 0;
  const publishDelay = isOwn ? finalize.publishDelay : ({ kind: 'constant', valueMs: day.publishMs } as const);
  return {
    base: workloadOfDay(catalog, day),
    observed: null,
    scenario: {
      ...scenario,
      orchestrator: {
        ...orchestrator,
        dispatchMs: dispatchMs > 0 ? dispatchMs : day.dispatchMs,
        finalize: { ...finalize, publishDelay },
      },
    },
  };
}

/** The company's definitions; the orchestrator and what goes wrong are the scenario's own. */
export const overSample = (scenario: Scenario, size: Extract<ScenarioBase, { kind: 'sample' }>): ScenarioInput => ({
  scenario,
  base: companyWorkload(size),
  observed: null,
});

/** The last of those that the instant lies in; where it lies in none, the last, which refuses it. */
function snapshotLog(logs: readonly Log[], atMs: number): Log {
  const within = logs.filter((log) => {
    const { fromMs, toMs } = timeSpan(log);
    return atMs > fromMs && atMs <= toMs;
  });
  const [first, ...others] = within.length > 0 ? within : logs;
  return others.reduce((a, b) => (timeSpan(b).toMs > timeSpan(a).toMs ? b : a), first);
}

/** `logs`: at least one. A task that the scenario writes itself draws from what is written, not from the nights. */
export function overLogs(scenario: Scenario, catalog: Catalog, logs: readonly Log[]): ScenarioInput {
  const { resample, workload } = scenario;
  const found = workloadOfLog(catalog, logs, scenario.startMs, resample);
  const own = new Set(workload.pipelines.flatMap(({ name, tasks }) => tasks.map((task) => labelOf(name, task.name))));
  const { history } = found;
  return {
    scenario,
    base: found.workload,
    log: scenario.snapshotMs === null ? null : snapshotLog(logs, scenario.snapshotMs),
    observed: {
      // No task has an empty label: a column under it is never drawn from.
      history: { ...history, labels: history.labels.map((label) => (own.has(label) ? '' : label)) },
      fits: durationFits(found, resample, logs),
    },
  };
}
