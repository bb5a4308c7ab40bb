// What a scenario is laid over, as definitions: a reference day with its own dispatch and publish delays, or the calm
// night of a sample company.

import type { Catalog } from '../../../shared/model/catalog.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import type { Scenario, ScenarioBase } from '../../../shared/scenario/scenario.ts';
import { workloadOfDay } from '../../../simulations/orchestrator/run-plan/workload-of-day.ts';
import { sampleDay } from '../../../simulations/scenarios/sample.ts';
import type { ScenarioInput } from './timed-experiment.ts';

/** The day's delays hold where the scenario's orchestrator has none. */
export function overDay(scenario: Scenario, catalog: Catalog, day: ReferenceDay): ScenarioInput {
  const { orchestrator } = scenario;
  const { finalize, dispatchMs } = orchestrator;
  const isOwn = finalize.publishDelay.kind !== 'constant' || finalize.publishDelay.valueMs > 0;
  const publishDelay = isOwn ? finalize.publishDelay : ({ kind: 'constant', valueMs: day.publishMs } as const);
  return {
    base: workloadOfDay(catalog, day),
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

export function overSample(scenario: Scenario, size: Extract<ScenarioBase, { kind: 'sample' }>): ScenarioInput {
  const { catalog, day } = sampleDay(size);
  return overDay(scenario, catalog, day);
}
