// What a scenario plays: its own definitions laid over its base's, checked together, and grown.

import { err, ok, type Result } from '../../../shared/base/result.ts';
import { checkScenario, overlay } from '../../../shared/scenario/read-scenario.ts';
import type { Scenario, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import type { Workload } from '../../../shared/scenario/workload.ts';
import { type GrownWorkload, growWorkload } from '../growth/grow-workload.ts';

/** `base`: null where the scenario writes all of its own, which was checked when it was read. */
export function scenarioWorkload(
  scenario: Scenario,
  base: Workload | null,
): Result<GrownWorkload, readonly ScenarioProblem[]> {
  const workload = base === null ? scenario.workload : overlay(base, scenario);
  const problems = base === null ? [] : checkScenario(scenario, workload);
  if (problems.some(({ severity }) => severity === 'error')) return err(problems);
  return ok(growWorkload(workload, scenario.growth));
}
