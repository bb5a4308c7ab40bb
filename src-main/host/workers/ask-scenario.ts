// Where a question about a scenario is answered: in a thread of its own, or, where that is worth nothing, in this one: what
// is small is planned and played before a thread has started. The answer is the same.

import { statSync } from 'node:fs';
import { MS_PER_DAY } from '../../../shared/base/time.ts';
import type { Scenario } from '../../../shared/scenario/scenario.ts';
import { PlayTooLongError } from '../../../simulations/experiments/replicate.ts';
import { expectedTaskRuns } from '../../../simulations/orchestrator/run-plan/check-plan.ts';
import { readScenarioFile, type ScenarioFile } from '../../importers/scenario/read-scenario-file.ts';
import { askInThread, type ThreadOptions } from './experiment-thread.ts';
import { playersIn } from './player-thread.ts';
import { answerScenario } from './scenario-answers.ts';
import type { QuestionKind, ScenarioQuestions, Surroundings } from './scenario-questions.ts';

export interface AskOptions<N extends QuestionKind> extends Omit<ThreadOptions<N>, 'workersDir'> {
  /** Where the built workers are; null to answer in this thread, whatever it takes. */
  readonly workersDir: string | null;
}

/** Expected task runs up to which a plan is made in this thread: some 20 ms of it, as a thread takes to start. */
const HERE_TASK_RUNS_MAX = 1_000;
/** Text of some 20 ms of reading. */
const HERE_BYTES_MAX = 32 * 1024;

/** Rejects with CancelledError when cancelled before there is anything to tell. */
export async function askScenario<N extends QuestionKind>(
  kind: N,
  params: ScenarioQuestions[N]['params'],
  options: AskOptions<N>,
): Promise<ScenarioQuestions[N]['answer']> {
  const { workersDir } = options;
  if (workersDir === null) return await answerScenario(kind, params, { ...options, ...ALONE, players: null });
  const file = kind === 'simulate' ? await readSmall((params as ScenarioQuestions['simulate']['params']).path) : null;
  if (file !== null) {
    try {
      const around: Surroundings<N> = { ...options, ...ALONE, players: playersIn(workersDir), isOwnThread: false };
      return await answerScenario(kind, params, around, file);
    } catch (error) {
      if (!(error instanceof PlayTooLongError)) throw error;
    }
  }
  return await askInThread(kind, params, { ...options, workersDir });
}

const ALONE = { onPart: () => {}, onPlaying: () => {}, isOwnThread: true };

/** A scenario that is read, planned and played at once; null for any other. */
async function readSmall(path: string): Promise<ScenarioFile | null> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined || stat.size > HERE_BYTES_MAX) return null;
  const file = await readScenarioFile(path);
  return file.scenario === null || taskRunsOf(file.scenario) <= HERE_TASK_RUNS_MAX ? file : null;
}

/** Infinity where only its base tells. */
function taskRunsOf(scenario: Scenario): number {
  const { base, horizonMs, workload, growth } = scenario;
  const own = expectedTaskRuns(workload, scenario);
  if (base === null) return own * (1 + Math.max(0, growth?.pipelines ?? 0));
  if (base.kind !== 'sample') return Number.POSITIVE_INFINITY;
  return (own + base.taskRuns * Math.ceil(horizonMs / MS_PER_DAY)) * (1 + Math.max(0, growth?.pipelines ?? 0));
}
