// axe-core on every screen, light and dark, with and without a selection, and on the panels above them.

import { expect, it } from 'vitest';
import { SCREENS } from '../../src-renderer/state/screens.ts';
import { axeFindings, prepareAxe } from './axe.ts';
import { useWorkbench } from './use-workbench.ts';
import { pipelineOf } from './workbench.ts';

const bench = useWorkbench();

/** Of the page as it is after it was loaded anew. */
async function findings(): Promise<string[]> {
  const { page } = bench;
  await prepareAxe(page);
  await page.reload();
  await page.locator('[data-figure="early-proved"]').waitFor();
  await page.waitForLoadState('networkidle');
  return axeFindings(page);
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const screen of SCREENS) {
    it(`finds nothing on ${screen} in ${colorScheme}`, async () => {
      await bench.page.emulateMedia({ colorScheme });
      await bench.open(`#/${screen}`);
      expect(await findings()).toEqual([]);
    });
  }
}

it('finds nothing on sources while the receiver is on', async () => {
  const { page } = bench;
  await bench.open('#/sources');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('OPENLINEAGE_URL=').waitFor();
  expect(await findings()).toEqual([]);
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByRole('button', { name: 'Switch on' }).waitFor();
});

for (const screen of ['graph', 'time']) {
  it(`finds nothing on ${screen} with a selection`, async () => {
    const { page, workbench } = bench;
    await bench.open('#/home');
    const name = (await page.locator('.log-chooser b').textContent()) as string;
    const { findings: found } = await workbench.ordering(name);
    const pipeline = pipelineOf(found[0].first.subject);
    await bench.open(`#/${screen}?pipeline=${pipeline}`);
    await page.locator('.inspector-name').waitFor();
    expect(await findings()).toEqual([]);
  });
}
