// Plays a scenario file for a report: what `landfall simulate SCENARIO` does. The logs that a scenario may be laid over
// come from whoever has a workspace open.

import { dirname, resolve } from 'node:path';
import type { ScenarioAnswer } from '../../shared/api/views-scenario.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Log } from '../../shared/model/log.ts';
import type { Scenario, ScenarioBase, ScenarioProblem } from '../../shared/scenario/scenario.ts';
import { overDay, overLogs, overSample } from '../host/workers/scenario-base.ts';
import { type ScenarioInput, type TimedOptions, timedExperiment } from '../host/workers/timed-experiment.ts';
import { dayCatalog } from '../importers/reference-day/day-catalog.ts';
import { readDayFolder } from '../importers/reference-day/read-day-folder.ts';
import { readScenarioFile, type ScenarioFile } from '../importers/scenario/read-scenario-file.ts';

export interface ScenarioRequest extends TimedOptions {
  /** Instead of the scenario's own; null leaves them. */
  readonly replications: number | null;
  readonly seed: number | null;
  /** Null where no workspace is open. */
  readonly logs: LogSource | null;
}

/** The logs of a workspace that go by these names (`*` stands for any text) with the definitions of the newest, or why not. */
export type LogSource = (
  names: readonly string[],
) => Promise<{ readonly catalog: Catalog; readonly logs: readonly Log[] } | { readonly reason: string }>;

export async function simulateScenario(path: string, request: ScenarioRequest): Promise<ScenarioAnswer> {
  const file = await readScenarioFile(path);
  if (file.scenario === null) return { problems: file.problems, problemCount: file.problemCount, summary: null };
  const scenario = {
    ...file.scenario,
    replications: request.replications ?? file.scenario.replications,
    seed: request.seed ?? file.scenario.seed,
  };
  request.onProgress?.({ step: 'planning', played: 0, of: 0, leftMs: Number.NaN });
  const input = await withBase(scenario, path, file, request.logs);
  if ('problems' in input) return { ...input, summary: null };
  const played = await timedExperiment(input, request);
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
