// Plays a scenario file for a report: what `landfall simulate SCENARIO` does. Opens no workspace, so a scenario over a
// log of one is refused here.

import { dirname, resolve } from 'node:path';
import type { Problem } from '../../shared/base/problem.ts';
import type { Scenario, ScenarioProblem } from '../../shared/scenario/scenario.ts';
import { overDay, overSample } from '../host/workers/scenario-base.ts';
import { type ScenarioInput, type TimedExperiment, timedExperiment } from '../host/workers/timed-experiment.ts';
import { dayCatalog } from '../importers/reference-day/day-catalog.ts';
import { readDayFolder } from '../importers/reference-day/read-day-folder.ts';
import { readScenarioFile, type ScenarioFile } from '../importers/scenario/read-scenario-file.ts';

export interface ScenarioRequest {
  /** Instead of the scenario's own; null leaves them. */
  readonly replications: number | null;
  readonly seed: number | null;
  /** Where the built workers are; null plays all in this thread. */
  readonly workersDir: string | null;
}

export interface ScenarioOutcome {
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  /** Null when the file holds no scenario that can be played. */
  readonly summary: TimedExperiment | null;
}

export async function simulateScenario(path: string, request: ScenarioRequest): Promise<ScenarioOutcome> {
  const file = await readScenarioFile(path);
  if (file.scenario === null) return { problems: file.problems, problemCount: file.problemCount, summary: null };
  const scenario = {
    ...file.scenario,
    replications: request.replications ?? file.scenario.replications,
    seed: request.seed ?? file.scenario.seed,
  };
  const input = await withBase(scenario, path, file);
  if ('problems' in input) return { ...input, summary: null };
  const played = await timedExperiment(input, request.workersDir);
  if (played.ok) return { problems: file.problems, problemCount: file.problemCount, summary: played.value };
  return { ...refused(file, played.error), summary: null };
}

type Refusal = Pick<ScenarioOutcome, 'problems' | 'problemCount'>;

async function withBase(scenario: Scenario, path: string, file: ScenarioFile): Promise<ScenarioInput | Refusal> {
  const { base } = scenario;
  if (base === null) return { scenario, base: null };
  if (base.kind === 'sample') return overSample(scenario, base);
  if (base.kind === 'log') {
    const reason = 'a scenario over a log: not simulated yet';
    return refused(file, [{ severity: 'error', path: ['base', 'log'], atKey: true, reason }]);
  }
  const { day, problems, problemCount } = await readDayFolder(resolve(dirname(path), base.path));
  return day === null ? { problems, problemCount } : overDay(scenario, dayCatalog(day), day);
}

function refused(file: ScenarioFile, reasons: readonly ScenarioProblem[]): Refusal {
  const problems = [...file.problems, ...reasons.map((reason) => file.locate(reason))];
  return { problems, problemCount: file.problemCount + reasons.length };
}
