// Will it fit, from a scenario's file or text to its answer: what `landfall check` and the screen ask for.

import type { FitAnswer } from '../../../shared/api/views-fit.ts';
import type { Growth, Scenario } from '../../../shared/scenario/scenario.ts';
import type { ScenarioFile } from '../../importers/scenario/read-scenario-file.ts';
import { fit } from './fit.ts';
import type { FitQuestion, Surroundings } from './scenario-questions.ts';
import { refused, withBase } from './scenario-simulate.ts';

const NIGHTS = 2_000;

/** `file`: what was read from the source. */
export async function fitFile(asked: FitQuestion, file: ScenarioFile, around: Surroundings<'fit'>): Promise<FitAnswer> {
  const { source, nights, pool, slots, search } = asked;
  around.onProgress({ step: 'planning', played: 0, of: 0, leftMs: Number.NaN, targets: [], rows: [] });
  if (file.scenario === null) return { ...found(file), report: null };
  const scenario = asAsked(file.scenario, asked);
  const input = await withBase(scenario, 'path' in source ? source.path : '.', file, around.logs);
  if ('problems' in input) return { ...input, report: null };
  const report = await fit(input, { ...around, nights: nights ?? NIGHTS, pool, slots, search });
  if (!report.ok) return { ...refused(file, report.error), report: null };
  return { ...found(file), report: report.value };
}

const found = ({ problems, problemCount }: ScenarioFile): Pick<FitAnswer, 'problems' | 'problemCount'> => ({
  problems,
  problemCount,
});

function asAsked(scenario: Scenario, { seed, grow }: FitQuestion): Scenario {
  const own: Growth = scenario.growth ?? { pipelines: 0, like: [], attach: 'same-upstreams', data: 0 };
  const growth = grow === null ? scenario.growth : grow === 0 ? null : { ...own, pipelines: grow };
  return { ...scenario, seed: seed ?? scenario.seed, growth };
}
