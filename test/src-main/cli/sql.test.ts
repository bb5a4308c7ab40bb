// `landfall sql` through the real command: what is durable is in the answer, though the read model was never fed before.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startHost } from '../../../src-main/host/start-host.ts';
import { landfall, scratchFolder } from './support/landfall.ts';

const dir = scratchFolder();

it('knows what was written a moment before the workspace was closed', async () => {
  await landfall(['--version']);
  const host = await startHost({ workspaceDir: join(dir, 'ws'), create: true });
  const { ledger } = host.api;
  for (const partition of ['date=1', 'date=2']) {
    await ledger.open({ namespace: 'lake', dataset: 'events', partition, run: 'ingest', attempt: 1 });
  }
  const { lastSeq } = ledger;
  await host.close();
  const asked = await landfall(['sql', 'ws', 'SELECT partition_key, status FROM ledger_version_view ORDER BY 1'], {
    cwd: dir,
  });
  expect(asked).toMatchObject({ code: 0, stderr: '' });
  expect(asked.stdout).toMatch(/^date=1 +RUNNING\ndate=2 +RUNNING\n/m);
  expect(asked.stdout).toMatch(new RegExp(`2 rows, as of seq ${lastSeq}\\n$`));
  const refused = await landfall(['sql', 'ws', 'DELETE FROM log'], { cwd: dir });
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('only SELECT may run here') });
});
