// A sweep: the same scenario with one value changed, once for each value, on the same replications; each is told with
// its difference to the first. Two values are A against B.

import type { ScenarioAnswer } from '../../shared/api/views-scenario.ts';
import type { SweepAnswer, SweepParams, SweepRow } from '../../shared/api/views-sweep.ts';
import { parameterValue, setParameter } from '../../shared/scenario/set-parameter.ts';
import { comparedWith } from '../host/workers/compare-experiments.ts';
import { type TimedExperiment, type TimedOptions, timedExperiment } from '../host/workers/timed-experiment.ts';
import { readScenarioFile, type ScenarioFile } from '../importers/scenario/read-scenario-file.ts';
import { type LogSource, refused, withBase } from './simulate-scenario.ts';

export interface SweepRequest extends SweepParams, Omit<TimedOptions, 'antithetic' | 'whenDecided'> {
  /** Null where no workspace is open. */
  readonly logs: LogSource | null;
}

export async function sweepScenario(request: SweepRequest): Promise<SweepAnswer> {
  const { parameter, values, antithetic } = request;
  const rows: SweepRow[] = [];
  let first: TimedExperiment | null = null;
  for (const value of values) {
    const outcome = await playValue(request, value);
    if ('problems' in outcome) return { ...outcome, parameter, rows };
    const against = first === null ? null : comparedWith(first, outcome, antithetic);
    rows.push({ value, summary: outcome.summary, against });
    first ??= outcome;
    if (outcome.summary.ended === 'cancelled') break;
  }
  return { problems: [], problemCount: 0, parameter, rows };
}

type Refusal = Pick<ScenarioAnswer, 'problems' | 'problemCount'>;

async function playValue(request: SweepRequest, text: string): Promise<TimedExperiment | Refusal> {
  const { path, parameter, replications, seed, logs } = request;
  const told = request.onProgress;
  told?.({ step: `${parameter}=${text}: planning`, played: 0, of: 0, leftMs: Number.NaN });
  const file = await readScenarioFile(path, (document) => setParameter(document, parameter, parameterValue(text)));
  if (file.scenario === null) return named(file, parameter, text);
  const scenario = {
    ...file.scenario,
    replications: replications ?? file.scenario.replications,
    seed: seed ?? file.scenario.seed,
  };
  const input = await withBase(scenario, path, file, logs);
  if ('problems' in input) return input;
  const played = await timedExperiment(input, {
    ...request,
    onProgress: (progress) => told?.({ ...progress, step: `${parameter}=${text}: ${progress.step}` }),
  });
  return played.ok ? played.value : refused(file, played.error);
}

/** The line is where the value stands in the file, which holds another. */
const named = ({ problems, problemCount }: ScenarioFile, parameter: string, text: string): Refusal => ({
  problems: problems.map((problem) => ({ ...problem, reason: `with ${parameter}=${text}: ${problem.reason}` })),
  problemCount,
});
