// Where a question about a scenario is answered: in a thread of its own, or, where that is worth nothing, in this one: what
// is small is planned and played before a thread has started. The answer is the same.

import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { MS_PER_DAY } from '../../../shared/base/time.ts';
import type { Scenario } from '../../../shared/scenario/scenario.ts';
import { PlayTooLongError } from '../../../simulations/experiments/replicate.ts';
import { expectedTaskRuns } from '../../../simulations/orchestrator/run-plan/check-plan.ts';
import type { ScenarioFile } from '../../importers/scenario/read-scenario-file.ts';
import { askInThread, type ThreadOptions } from './experiment-thread.ts';
import { playersIn } from './player-thread.ts';
import { answerScenario, readSource } from './scenario-answers.ts';
import type { FitQuestion, QuestionKind, ScenarioQuestions, Surroundings } from './scenario-questions.ts';

export interface AskOptions<N extends QuestionKind> extends Omit<ThreadOptions<N>, 'workersDir'> {
  /** Where the built workers are; null to answer in this thread, whatever it takes. */
  readonly workersDir: string | null;
  /** Expected task runs up to which this thread is good enough. */
  readonly hereTaskRunsMax?: number;
}

/**
 * Expected task runs up to which a plan is made and played in this thread: some 30 ms of planning, a turn of the event
 * loop, 60 ms of playing; a thread takes 150 ms until it has loaded what it needs, and then as long again to warm up.
 */
const HERE_TASK_RUNS_MAX = 10_000;
/** Of a scenario, or of the tasks of a day: some 20 ms of reading. */
const HERE_BYTES_MAX = 64 * 1024;

/** Rejects with CancelledError when cancelled before there is anything to tell. */
export async function askScenario<N extends QuestionKind>(
  kind: N,
  params: ScenarioQuestions[N]['params'],
  options: AskOptions<N>,
): Promise<ScenarioQuestions[N]['answer']> {
  const { workersDir, hereTaskRunsMax = HERE_TASK_RUNS_MAX } = options;
  if (workersDir === null) return await answerScenario(kind, params, { ...options, ...ALONE, players: null });
  const file = await readSmall(kind, params, hereTaskRunsMax);
  if (file !== null) {
    await turn();
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

/** A scenario that is read, planned and played at once; null for any other, and for a sweep of whatever. */
async function readSmall<N extends QuestionKind>(
  kind: N,
  params: ScenarioQuestions[N]['params'],
  taskRunsMax: number,
): Promise<ScenarioFile | null> {
  if (kind === 'sweep') return null;
  const { grow, source } =
    kind === 'fit' ? (params as FitQuestion) : { grow: null, source: params as { path: string } };
  const bytes = 'path' in source ? bytesOf(source.path) : source.text.length;
  if (!(bytes <= HERE_BYTES_MAX)) return null;
  const file = await readSource(source);
  if (file.scenario === null) return file;
  const more = Math.max(0, grow ?? file.scenario.growth?.pipelines ?? 0);
  const taskRuns = taskRunsOf(file.scenario, 'path' in source ? source.path : '.') * (1 + more);
  return taskRuns <= taskRunsMax ? file : null;
}

/** NaN for what is no file. */
const bytesOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? Number.NaN;

/** Before it grows; Infinity where only its base tells. */
function taskRunsOf(scenario: Scenario, path: string): number {
  const { base, horizonMs, workload } = scenario;
  const own = expectedTaskRuns(workload, scenario);
  if (base === null) return own;
  if (base.kind === 'sample') return own + base.taskRuns * Math.ceil(horizonMs / MS_PER_DAY);
  const isSmallDay = base.kind === 'day' && bytesOf(resolve(dirname(path), base.path, 'tasks.csv')) <= HERE_BYTES_MAX;
  return isSmallDay ? own : Number.POSITIVE_INFINITY;
}
