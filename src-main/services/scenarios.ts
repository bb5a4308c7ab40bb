// Services: playing a scenario file over the logs of the workspace.

import type { Handlers } from '../../shared/api/client.ts';
import type { ExperimentProgress } from '../../shared/api/views-scenario.ts';
import { throwIfCancelled } from '../../shared/base/cancel.ts';
import { didYouMean } from '../../shared/base/nearest-name.ts';
import { labelMatcher } from '../../shared/scenario/checks/check-references.ts';
import type { LogSource } from '../host/workers/scenario-questions.ts';
import type { ServicesContext } from './context.ts';
import { simulateScenario, sweepScenario } from './simulate-scenario.ts';

type Methods = 'scenario.simulate' | 'scenario.sweep';

export const scenarioHandlers = (context: ServicesContext): Pick<Handlers, Methods> => ({
  'scenario.simulate': async (params, { signal, progress }) => {
    const { workersDir } = context;
    const onProgress = (told: ExperimentProgress): void => void progress(told);
    const request = { ...params, workersDir, logs: logsOf(context), signal, onProgress };
    const answer = await simulateScenario(params.path, request);
    throwIfCancelled(signal);
    return answer;
  },
  'scenario.sweep': async (params, { signal, progress }) => {
    const { workersDir } = context;
    const onProgress = (told: ExperimentProgress): void => void progress(told);
    const answer = await sweepScenario({ ...params, workersDir, logs: logsOf(context), signal, onProgress });
    throwIfCancelled(signal);
    return answer;
  },
});

/** The definitions are those of the log that ends last. */
export const logsOf =
  ({ workspace, library }: ServicesContext): LogSource =>
  async (names) => {
    const there = workspace.logs();
    const missing = names.find((name) => !there.some((log) => isNamed(name, log.name)));
    if (missing !== undefined)
      return {
        reason: noLog(
          missing,
          there.map(({ name }) => name),
        ),
      };
    const views = there.filter((log) => names.some((name) => isNamed(name, log.name)));
    const logs = await Promise.all(views.map(({ name }) => library.log(name)));
    const newest = views.reduce((a, b) => (b.toUs > a.toUs ? b : a));
    return { catalog: await library.catalog(newest.name), logs };
  };

const isNamed = (pattern: string, name: string): boolean =>
  pattern === name || (pattern.includes('*') && labelMatcher(pattern)(name));

function noLog(name: string, there: readonly string[]): string {
  const all = there.length === 0 ? 'the workspace holds none' : `there are: ${there.join(', ')}`;
  return `there is no log ${JSON.stringify(name)}${didYouMean(name, there) || `: ${all}`}`;
}
