// axe-core on every screen, light and dark, with and without a selection, and on the panels above them.

import { beforeEach, expect, it } from 'vitest';
import { SCREENS } from '../../src-renderer/state/screens.ts';
import { axeFindings, prepareAxe } from './axe.ts';
import { useWorkbench } from './use-workbench.ts';
import { pipelineOf } from './workbench.ts';

const bench = useWorkbench();

/** Of what the page shows, once it rests, in one colour scheme after the other. */
async function findings(): Promise<Record<string, string[]>> {
  const { page } = bench;
  // A screen has its heading once the log is read.
  await page.locator('h1').first().waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  const found: Record<string, string[]> = {};
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
    found[colorScheme] = await axeFindings(page);
  }
  return found;
}

const NOTHING = { light: [], dark: [] };

beforeEach(() => prepareAxe(bench.page));

for (const screen of SCREENS) {
  it(`finds nothing on ${screen}`, async () => {
    await bench.open(`#/${screen}`);
    expect(await findings()).toEqual(NOTHING);
  });
}

it('finds nothing on sources while the receiver is on', async () => {
  const { page } = bench;
  await bench.open('#/sources');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('OPENLINEAGE_URL=').waitFor();
  expect(await findings()).toEqual(NOTHING);
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
    expect(await findings()).toEqual(NOTHING);
  });
}
