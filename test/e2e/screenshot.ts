// The pictures of the README, from the real app on the sample company of the usual size: `npm run screenshot` writes
// test/e2e/workbench-light.jpg and -dark.jpg. They show the graph in the middle of the incident night, at the moment of
// the first proved early read, with its reader in the inspector.

import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatInstant } from '../../shared/base/time.ts';
import { launchChromium } from './chromium.ts';
import { startWorkbench } from './workbench.ts';

const USUAL = ['--seed', '7', '--pipelines', '2000', '--tasks', '50000'];
const MINUTE_US = 60_000_000;

it('takes the pictures', async () => {
  const [workbench, browser] = await Promise.all([startWorkbench({ sample: USUAL }), launchChromium()]);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(workbench.launchUrl);
  // Until the log is there the chooser says none.
  await page.locator('[data-figure="early-proved"]').waitFor();
  const name = (await page.locator('.log-chooser b').textContent()) as string;
  const { findings } = await workbench.ordering(name);
  const early = findings.find((finding) => finding.grade === 'proved');
  expect(early).toBeDefined();
  const { subject, timeUs } = (early as NonNullable<typeof early>).first;
  const view = new URLSearchParams({
    log: name,
    pipeline: subject.replace(/\.[^.]*$/, ''),
    at: formatInstant(timeUs + MINUTE_US),
  });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.goto(`${workbench.url}/#/graph?${view}`);
    await page.reload();
    await page.locator('[data-painted-ms]').waitFor();
    await page.locator('.inspector-finding').first().waitFor();
    await page.waitForLoadState('networkidle');
    // What is near is mounted once the drawing rests.
    await page.waitForTimeout(1_500);
    const path = join(import.meta.dirname, `workbench-${colorScheme}.jpg`);
    await page.screenshot({ path, type: 'jpeg', quality: 88 });
  }
  await browser.close();
  await workbench.close();
});
