// Live state on screen: the receiver is switched on in Sources, a client sends events, and the page shows them as they
// come, without being loaded again and without losing what was chosen.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { useWorkbench } from './use-workbench.ts';

const bench = useWorkbench({ sample: ['--seed', '3', '--pipelines', '20', '--tasks', '200'] });

async function send(type: string, run: string, minute: number): Promise<number> {
  const { url, workspaceDir } = bench.workbench;
  const dataset = { namespace: 'db', name: `out_${run}` };
  const response = await fetch(`${url}/api/v1/lineage`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${readFileSync(join(workspaceDir, 'receiver.key'), 'utf8').trim()}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({
      eventType: type,
      eventTime: `2026-01-05T01:${String(minute).padStart(2, '0')}:00Z`,
      producer: 'https://example.com/landfall-tests',
      run: { runId: run },
      job: { namespace: 'shop', name: `job_${run}` },
      outputs: [dataset],
    }),
  });
  return response.status;
}

it('shows what arrives as it arrives', async () => {
  const { page } = bench;
  await bench.open('#/sources');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('OPENLINEAGE_URL=').waitFor();
  expect(await page.getByLabel('Settings for an OpenLineage client').innerText()).toContain(bench.workbench.url);

  expect(await send('START', 'r1', 0)).toBe(201);
  await page.locator('[data-figure="received"]', { hasText: '1 event received' }).waitFor();
  const row = page.getByRole('row').filter({ hasText: 'live' });
  await row.waitFor();
  expect(await row.getByRole('button', { name: 'Remove live' }).count()).toBe(0);

  await page.goto(`${bench.workbench.url}/#/time?log=live`);
  await page.locator('[data-figure="live"]').waitFor();
  const canvas = page.getByRole('application', { name: /Timeline of task runs/ });
  await canvas.waitFor();
  const handle = await canvas.elementHandle();
  expect(await send('START', 'r2', 5)).toBe(201);
  expect(await send('COMPLETE', 'r1', 9)).toBe(201);
  await page.locator('[data-figure="live"]', { hasText: '01:09' }).waitFor();
  await page.getByText('Search 2 pipelines').waitFor();
  // The same canvas, so nothing was built anew under the reader's eyes.
  expect(await handle?.evaluate((node) => node.isConnected)).toBe(true);
  if (process.env.LANDFALL_SCREENSHOTS) {
    await page.screenshot({ path: join(process.env.LANDFALL_SCREENSHOTS, 'live.png') });
  }

  await page.goto(`${bench.workbench.url}/#/sources`);
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByText('Nothing is taken from other programs.').waitFor();
  expect(await send('START', 'r3', 10)).toBe(503);
  if (process.env.LANDFALL_SCREENSHOTS) {
    await page.getByRole('button', { name: 'Switch on' }).click();
    await page.getByRole('button', { name: 'Switch off' }).waitFor();
    await page.screenshot({ path: join(process.env.LANDFALL_SCREENSHOTS, 'sources.png') });
  }
});
