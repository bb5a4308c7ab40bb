// One workbench, browser and session for the tests of a file, and a fresh page for each test. A page may log no error,
// ask nothing of any other origin, and break no rule of its content policy: that is checked after every test.

import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { launchChromium } from './chromium.ts';
import { startWorkbench, type Workbench, type WorkbenchOptions } from './workbench.ts';

export interface Bench {
  readonly workbench: Workbench;
  readonly page: Page;
  readonly context: BrowserContext;
  /** Opens a view by its hash and waits until the log's verdict is there. */
  open(hash: string): Promise<void>;
}

/** Registers the hooks; the result is filled when a test runs. */
export function useWorkbench(options: WorkbenchOptions = {}): Bench {
  let workbench: Workbench;
  let browser: Browser;
  let context: BrowserContext;
  let page: Page;
  let trouble: string[] = [];

  beforeAll(async () => {
    [workbench, browser] = await Promise.all([startWorkbench(options), launchChromium()]);
    context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-US' });
    const first = await context.newPage();
    await first.goto(workbench.launchUrl);
    await first.locator('[data-figure="early-proved"]').waitFor();
    await first.close();
  });
  afterAll(async () => {
    await browser?.close();
    await workbench?.close();
  });
  beforeEach(async () => {
    trouble = [];
    page = await context.newPage();
    watch(page, workbench.url, trouble);
  });
  afterEach(async () => {
    await page.close();
    expect(trouble).toEqual([]);
  });

  return {
    get workbench() {
      return workbench;
    },
    get page() {
      return page;
    },
    get context() {
      return context;
    },
    async open(hash) {
      await page.goto(`${workbench.url}/${hash}`);
      await page.locator('[data-figure="early-proved"]').waitFor();
    },
  };
}

/** Notes errors, and requests to anywhere else. */
export function watch(page: Page, origin: string, trouble: string[]): void {
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) trouble.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => trouble.push(`uncaught: ${error.message}`));
  page.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (asked !== origin && protocol !== 'blob:') trouble.push(`foreign request: ${request.url()}`);
  });
  page.on('websocket', (socket) => {
    if (new URL(socket.url()).host !== new URL(origin).host) trouble.push(`foreign socket: ${socket.url()}`);
  });
}
