// A real Chromium for tests: an installed Chrome where LANDFALL_CHROME names one, else the one inside an npm package. Started
// with switches of our own: those that the package suggests turn web security off, and with it much of what is tested.

import packaged from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright-core';

/** Other work on the machine must not fail a test; less than what a whole test may take, so that the step is named. */
const HANGS_MS = 120_000;

/** `more`: further switches. The caller closes the browser. */
export async function launchChromium(more: readonly string[] = []): Promise<Browser> {
  const executablePath = process.env.LANDFALL_CHROME ?? (await packaged.executablePath());
  // The packaged build has no sandbox helper; pages here are our own.
  const browser = await chromium.launch({ executablePath, headless: true, args: ['--no-sandbox', ...more] });
  browser.on('context', (context) => context.setDefaultTimeout(HANGS_MS));
  return browser;
}
