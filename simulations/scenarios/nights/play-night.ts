// Plays nights of the sample company with the model: a scenario document is read as any other would be, laid over the
// company's workload and planned once; each replication is another night. That the two go together is not checked each
// time, which would take a third of the planning: tests do, of every size.

import { overlay, readScenario } from '../../../shared/scenario/read-scenario.ts';
import type { Scenario } from '../../../shared/scenario/scenario.ts';
import type { Workload } from '../../../shared/scenario/workload.ts';
import { ModelPlayer } from '../../orchestrator/model/play-model.ts';
import { Trace } from '../../orchestrator/model/trace.ts';
import { buildRunPlan } from '../../orchestrator/run-plan/build-run-plan.ts';
import type { RunPlan } from '../../orchestrator/run-plan/plan.ts';

export interface PlannedNight {
  readonly scenario: Scenario;
  readonly plan: RunPlan;
  readonly player: ModelPlayer;
}

/** Throws when the document is no scenario that can be played: that is a defect here. */
export function planNight(document: object, company: Workload): PlannedNight {
  const { scenario, problems } = readScenario(document);
  if (scenario === null)
    throw new Error(`a night that is no scenario: ${problems.map(({ reason }) => reason).join('; ')}`);
  const plan = buildRunPlan(scenario, overlay(company, scenario), 0);
  if (!plan.ok) throw new Error(`a night that cannot be planned: ${plan.error.map(({ reason }) => reason).join('; ')}`);
  const { orchestrator, faults, backfills } = scenario;
  const player = new ModelPlayer({
    plan: plan.value,
    orchestrator,
    faults,
    backfillRuns: backfills.map(({ activeRuns }) => activeRuns),
    warmUpMs: 0,
    history: null,
    landing: 'published',
  });
  return { scenario, plan: plan.value, player };
}

export function traceNight({ player }: PlannedNight, replication: number): Trace {
  const trace = new Trace();
  player.play(replication, trace);
  return trace;
}
