// A sweep: the same scenario with one value changed, once for each value, on the same replications; each is told with
// its difference to the first. Two values are A against B.

import type { ScenarioAnswer } from '../../../shared/api/views-scenario.ts';
import type { SweepAnswer, SweepParams, SweepRow } from '../../../shared/api/views-sweep.ts';
import { parameterValue, setParameter } from '../../../shared/scenario/set-parameter.ts';
import { readScenarioFile, type ScenarioFile } from '../../importers/scenario/read-scenario-file.ts';
import { comparedWith } from './compare-experiments.ts';
import type { Surroundings } from './scenario-questions.ts';
import { refused, withBase } from './scenario-simulate.ts';
import { type TimedExperiment, timedExperiment } from './timed-experiment.ts';

export async function sweepFile(params: SweepParams, around: Surroundings<'sweep'>): Promise<SweepAnswer> {
  const { parameter, values, antithetic } = params;
  const rows: SweepRow[] = [];
  const soFar = (): SweepAnswer => ({ problems: [], problemCount: 0, parameter, rows });
  let first: TimedExperiment | null = null;
  for (const value of values) {
    const outcome = await playValue(params, value, around);
    if ('problems' in outcome) return { ...outcome, parameter, rows };
    const against = first === null ? null : comparedWith(first, outcome, antithetic);
    rows.push({ value, summary: outcome.summary, against });
    first ??= outcome;
    if (outcome.summary.ended === 'cancelled') break;
    around.onPart(soFar());
  }
  return soFar();
}

type Refusal = Pick<ScenarioAnswer, 'problems' | 'problemCount'>;

async function playValue(
  { path, parameter, replications, seed, antithetic }: SweepParams,
  text: string,
  around: Surroundings<'sweep'>,
): Promise<TimedExperiment | Refusal> {
  const onProgress: typeof around.onProgress = (progress) =>
    around.onProgress({ ...progress, step: `${parameter}=${text}: ${progress.step}` });
  onProgress({ step: 'planning', played: 0, of: 0, leftMs: Number.NaN });
  const file = await readScenarioFile(path, (document) => setParameter(document, parameter, parameterValue(text)));
  if (file.scenario === null) return named(file, parameter, text);
  const scenario = {
    ...file.scenario,
    replications: replications ?? file.scenario.replications,
    seed: seed ?? file.scenario.seed,
  };
  const input = await withBase(scenario, path, file, around.logs);
  if ('problems' in input) return input;
  const played = await timedExperiment(input, { ...around, antithetic, onProgress });
  return played.ok ? played.value : refused(file, played.error);
}

/** The line is where the value stands in the file, which holds another. */
const named = ({ problems, problemCount }: ScenarioFile, parameter: string, text: string): Refusal => ({
  problems: problems.map((problem) => ({ ...problem, reason: `with ${parameter}=${text}: ${problem.reason}` })),
  problemCount,
});
