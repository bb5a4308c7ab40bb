// The pictures of the README, from the real app on the sample company of the usual size: `npm run screenshot` writes
// test/e2e/{home,why,workbench}-{light,dark}.jpg. The last shows the graph in the middle of the incident night, at the
// moment of the first proved early read, with its reader in the inspector.

import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { formatInstant } from '../../shared/base/time.ts';
import { launchChromium } from './chromium.ts';
import { pipelineOf, startWorkbench } from './workbench.ts';

const USUAL = ['--seed', '7', '--pipelines', '2000', '--tasks', '50000'];
const MINUTE_US = 60_000_000;
const REPLAY_MS = 120_000;

interface Picture {
  readonly name: string;
  readonly hash: string;
  /** Until what it shows is there. */
  ready(page: Page): Promise<unknown>;
}

it('takes the pictures', async () => {
  const [workbench, browser] = await Promise.all([startWorkbench({ sample: USUAL }), launchChromium()]);
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(workbench.launchUrl);
  // Until the log is there the chooser says none.
  await page.locator('[data-figure="early-proved"]').waitFor();
  const log = (await page.locator('.log-chooser b').textContent()) as string;
  const { findings } = await workbench.ordering(log);
  const early = findings.find((finding) => finding.grade === 'proved');
  expect(early).toBeDefined();
  const { subject, timeUs } = (early as NonNullable<typeof early>).first;
  const at = formatInstant(timeUs + MINUTE_US);
  const pictures: Picture[] = [
    {
      name: 'home',
      hash: `#/home?${new URLSearchParams({ log })}`,
      ready: (shown) => shown.locator('[data-figure="home-under-zero"]').waitFor(),
    },
    {
      name: 'why',
      hash: `#/why?${new URLSearchParams({ log })}`,
      ready: (shown) => shown.locator('[data-figure="without"]').nth(1).waitFor({ timeout: REPLAY_MS }),
    },
    {
      name: 'workbench',
      hash: `#/graph?${new URLSearchParams({ log, pipeline: pipelineOf(subject), at })}`,
      ready: async (shown) => {
        await shown.locator('[data-painted-ms]').waitFor();
        await shown.locator('.inspector-finding').first().waitFor();
      },
    },
  ];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const picture of pictures) {
      await page.goto('about:blank');
      await page.goto(`${workbench.url}/${picture.hash}`);
      await picture.ready(page);
      await page.waitForLoadState('networkidle');
      // What is near on the graph is mounted once the drawing rests.
      await page.waitForTimeout(1_500);
      const path = join(import.meta.dirname, `${picture.name}-${colorScheme}.jpg`);
      await page.screenshot({ path, type: 'jpeg', quality: 88 });
    }
  }
  await browser.close();
  await workbench.close();
});
