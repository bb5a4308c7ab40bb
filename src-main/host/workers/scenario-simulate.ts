// Plays a scenario file for a report: what `landfall simulate SCENARIO` does. The logs that a scenario may be laid over
// come from whoever has a workspace open.

import { dirname, resolve } from 'node:path';
import type { ScenarioAnswer, SimulateParams } from '../../../shared/api/views-scenario.ts';
import type { Scenario, ScenarioBase, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import { dayCatalog } from '../../importers/reference-day/day-catalog.ts';
import { readDayFolder } from '../../importers/reference-day/read-day-folder.ts';
import type { ScenarioFile } from '../../importers/scenario/read-scenario-file.ts';
import { overDay, overLogs, overSample } from './scenario-base.ts';
import type { LogSource, Surroundings } from './scenario-questions.ts';
import { type ScenarioInput, timedExperiment } from './timed-experiment.ts';

/** `file`: what was read from the path. */
export async function simulateFile(
  { path, replications, seed, whenDecided, antithetic, hashed }: SimulateParams,
  file: ScenarioFile,
  around: Surroundings<'simulate'>,
): Promise<ScenarioAnswer> {
  if (file.scenario === null) return { problems: file.problems, problemCount: file.problemCount, summary: null };
  const scenario = {
    ...file.scenario,
    replications: replications ?? file.scenario.replications,
    seed: seed ?? file.scenario.seed,
  };
  around.onProgress({ step: 'planning', played: 0, of: 0, leftMs: Number.NaN });
  const input = await withBase(scenario, path, file, around.logs);
  if ('problems' in input) return { ...input, summary: null };
  const played = await timedExperiment(input, { ...around, whenDecided, antithetic, hashed });
  if (played.ok) return { problems: file.problems, problemCount: file.problemCount, summary: played.value.summary };
  return { ...refused(file, played.error), summary: null };
}

export type Refusal = Pick<ScenarioAnswer, 'problems' | 'problemCount'>;

/** `path` is what a day's folder is relative to. */
export async function withBase(
  scenario: Scenario,
  path: string,
  file: ScenarioFile,
  logs: LogSource | null,
): Promise<ScenarioInput | Refusal> {
  const { base } = scenario;
  if (base === null) return { scenario, base: null, observed: null };
  if (base.kind === 'sample') return overSample(scenario, base);
  if (base.kind === 'log') return await withLogs(scenario, base, file, logs);
  const { day, problems, problemCount } = await readDayFolder(resolve(dirname(path), base.path));
  return day === null ? { problems, problemCount } : overDay(scenario, dayCatalog(day), day);
}

async function withLogs(
  scenario: Scenario,
  { logs: names }: Extract<ScenarioBase, { kind: 'log' }>,
  file: ScenarioFile,
  source: LogSource | null,
): Promise<ScenarioInput | Refusal> {
  const refuse = (reason: string): Refusal =>
    refused(file, [{ severity: 'error', path: ['base', 'log'], atKey: true, reason }]);
  if (source === null) return refuse('a log of a workspace: say of which with --workspace DIR');
  const found = await source(names);
  if ('reason' in found) return refuse(found.reason);
  return overLogs(scenario, found.catalog, found.logs);
}

export function refused(file: ScenarioFile, reasons: readonly ScenarioProblem[]): Refusal {
  const problems = [...file.problems, ...reasons.map((reason) => file.locate(reason))];
  return { problems, problemCount: file.problemCount + reasons.length };
}
