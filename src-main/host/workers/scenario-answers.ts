// Answers a question about a scenario, wherever it is asked: in the thread of whoever asks, or in one of its own.

import { readScenarioFile, readScenarioText, type ScenarioFile } from '../../importers/scenario/read-scenario-file.ts';
import { fitFile } from './scenario-fit.ts';
import type { FitQuestion, QuestionKind, ScenarioQuestions, Surroundings } from './scenario-questions.ts';
import { simulateFile } from './scenario-simulate.ts';
import { sweepFile } from './scenario-sweep.ts';

type Answers = {
  readonly [N in QuestionKind]: (
    params: ScenarioQuestions[N]['params'],
    around: Surroundings<N>,
    file: ScenarioFile | null,
  ) => Promise<ScenarioQuestions[N]['answer']>;
};

const ANSWERS: Answers = {
  simulate: async (params, around, file) =>
    await simulateFile(params, file ?? (await readScenarioFile(params.path)), around),
  sweep: sweepFile,
  fit: async (params, around, file) => await fitFile(params, file ?? (await readSource(params.source)), around),
};

export const readSource = async (source: FitQuestion['source']): Promise<ScenarioFile> =>
  'path' in source ? await readScenarioFile(source.path) : readScenarioText(source.text, source.name);

/** `file`: what was read from its path already, or null. */
export const answerScenario = <N extends QuestionKind>(
  kind: N,
  params: ScenarioQuestions[N]['params'],
  around: Surroundings<N>,
  file: ScenarioFile | null = null,
): Promise<ScenarioQuestions[N]['answer']> => ANSWERS[kind](params, around, file);
