// What a page does when its server goes away and when another one comes back: it says so, keeps what it shows, and never
// pretends.

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { startWorkbench } from './workbench.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

it('says that the connection is lost, and that a new link is needed after a new start', async () => {
  const workbench = await startWorkbench({ sample: ['--seed', '3', '--pipelines', '40', '--tasks', '400'] });
  const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
  await page.goto(workbench.launchUrl);
  await page.locator('[data-figure="early-proved"]').waitFor();
  // The heading that it has while it waits names nothing.
  await page.locator('.home h1 .mono').first().waitFor();
  const shown = await page.locator('.home h1').innerText();

  await workbench.stop();
  await page.getByRole('alert').filter({ hasText: 'Connection lost' }).waitFor();
  expect(await page.locator('.home h1').innerText()).toBe(shown);

  const again = await startWorkbench({
    workspaceDir: workbench.workspaceDir,
    port: Number(new URL(workbench.url).port),
  });
  await page.getByRole('alert').filter({ hasText: 'not let in' }).waitFor();
  await page.goto(again.launchUrl);
  await expect.poll(() => page.locator('.home h1').innerText()).toBe(shown);
  expect(await page.getByRole('alert').count()).toBe(0);
  await again.close();
});

it('says so when a link was used already', async () => {
  const workbench = await startWorkbench({ sample: ['--seed', '3', '--pipelines', '40', '--tasks', '400'] });
  const first = await (await browser.newContext()).newPage();
  await first.goto(workbench.launchUrl);
  await first.locator('[data-figure="early-proved"]').waitFor();
  const second = await (await browser.newContext()).newPage();
  await second.goto(workbench.launchUrl);
  await second.getByRole('alert').filter({ hasText: 'not let in' }).waitFor();
  await workbench.close();
});
