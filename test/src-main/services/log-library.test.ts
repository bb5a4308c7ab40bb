// What is computed from the live log is of one of its states, though a newer one comes while it is computed.

import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LIVE_LOG } from '../../../shared/api/views-live.ts';
import type { Log } from '../../../shared/model/log.ts';
import { LogLibrary } from '../../../src-main/services/log-library.ts';
import { LogBuilder } from '../../shared/analysis/log-builder.ts';
import { SMALL_CATALOG } from './small-company.ts';

/** Of so many runs, each of which wrote a dataset of its own. */
function logOf(runs: number): Log {
  const builder = new LogBuilder();
  for (let run = 0; run < runs; run++) {
    const taskRun = builder.taskRun(`ingest/load ${run}`);
    builder.ran(taskRun, 0, 1, 5).wrote(builder.version(`raw ${run}`, 'date=1', 1, taskRun), 1, 5, 6 + run);
  }
  return builder.build();
}

type Parts = ConstructorParameters<typeof LogLibrary>;

test('critical chains of the live log are read from one state, the newest', async () => {
  const [older, newer] = [logOf(1), logOf(2)];
  let log = older;
  let changed = (): void => {};
  const live = {
    current: async () => ({ log, catalog: SMALL_CATALOG }),
    onState: (listener: () => void) => {
      changed = listener;
    },
  };
  const library = new LogLibrary({} as Parts[0], live as unknown as Parts[1]);
  const reading = library.chains(LIVE_LOG);
  await turn();
  log = newer;
  changed();
  const reader = await reading;
  expect(reader.landingOf(1, 1)?.at.us).toBe(7_000_000);
});
