// Services: will it fit, over the scenarios and the observed logs of the workspace.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Handlers } from '../../shared/api/client.ts';
import { ServiceError } from '../../shared/api/errors.ts';
import type { FitParams, FitProgress } from '../../shared/api/views-fit.ts';
import { throwIfCancelled } from '../../shared/base/cancel.ts';
import type { Log } from '../../shared/model/log.ts';
import type { ServicesContext } from './context.ts';
import { type FitRequest, fitScenario } from './fit-scenario.ts';
import { logsOf } from './scenarios.ts';

export const fitHandlers = (context: ServicesContext): Pick<Handlers, 'fit.run'> => ({
  'fit.run': async (params, { signal, progress }) => {
    const { workersDir } = context;
    const onProgress = (told: FitProgress): void => void progress(told);
    const observed = (): Promise<readonly Log[]> => observedLogs(context);
    const logs = logsOf(context);
    const source = sourceOf(context, params);
    const answer = await fitScenario({ ...params, source, workersDir, logs, observed, signal, onProgress });
    throwIfCancelled(signal);
    return answer;
  },
});

const TEXT_NAME = 'scenario';

function sourceOf({ workspace }: ServicesContext, { path, text }: FitParams): FitRequest['source'] {
  if (text !== null) return { text, name: TEXT_NAME };
  if (path !== null) return { path };
  const tonight = join(workspace.dir, 'scenarios', 'tonight.yaml');
  if (existsSync(tonight)) return { path: tonight };
  throw new ServiceError({
    code: 'not-found',
    message: 'the workspace has no scenario for tonight',
    place: tonight,
    hint: 'name a scenario file',
  });
}

async function observedLogs({ workspace, library }: ServicesContext): Promise<readonly Log[]> {
  const observed = workspace.logs().filter(({ source }) => source === 'observed');
  return await Promise.all(observed.map(({ name }) => library.log(name)));
}
