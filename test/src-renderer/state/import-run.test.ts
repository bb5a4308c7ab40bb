// One import at a time: its progress, its result, and a cancel that is heard.

import { expect, it } from 'vitest';
import { localClient } from '../../../shared/api/channel/local-client.ts';
import { topicHub } from '../../../shared/api/channel/topic-hub.ts';
import type { Handlers } from '../../../shared/api/client.ts';
import { ServiceError } from '../../../shared/api/errors.ts';
import type { ImportView } from '../../../shared/api/views.ts';
import { createImportRun, type ImportState } from '../../../src-renderer/state/import-run.ts';

type Run = Handlers['imports.run'];

const RESULT: ImportView = { files: [], logs: [], alreadyThere: [], problems: [], problemCount: 0, errorCount: 0 };

function start(run: Run) {
  const client = localClient({ 'imports.run': run } as unknown as Handlers, topicHub());
  const imports = createImportRun(client);
  const seen: ImportState[] = [];
  const until = (status: ImportState['status']): Promise<void> =>
    new Promise((resolve) => {
      imports.store.subscribe((state) => {
        seen.push(state);
        if (state.status === status) resolve();
      });
    });
  return { imports, seen, until };
}

it('tells its progress and its result', async () => {
  const { imports, seen, until } = start(async ({ paths }, { progress }) => {
    await progress({ step: `reading ${paths[0]}`, share: 0.5 });
    return RESULT;
  });
  const done = until('done');
  imports.start(['/a']);
  imports.start(['/b']);
  await done;
  expect(seen.map((state) => (state.status === 'running' ? state.progress.step : state.status))).toEqual([
    'Starting',
    'reading /a',
    'done',
  ]);
});

it('stops when it is cancelled', async () => {
  const { imports, until } = start(
    (_params, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.onCancel(() => reject(new ServiceError({ code: 'cancelled', message: 'Cancelled.' })));
      }),
  );
  const cancelled = until('cancelled');
  imports.start(['/a']);
  imports.cancel();
  await cancelled;
});

it('keeps the reason when it fails, and can start again', async () => {
  let tries = 0;
  const { imports, until } = start(async () => {
    tries++;
    if (tries === 1) throw new ServiceError({ code: 'bad-input', message: 'No such file.', place: '/a' });
    return RESULT;
  });
  const failed = until('failed');
  imports.start(['/a']);
  await failed;
  expect(imports.store.getState()).toMatchObject({ error: { message: 'No such file.', place: '/a' } });
  const done = until('done');
  imports.start(['/a']);
  await done;
});
