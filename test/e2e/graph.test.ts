// The graph screen in a real Chromium, alone on a page: 2,000 pipelines by mouse and by keyboard, what is mounted, what
// it says aloud, and what happens when a worker cannot be had.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { type GraphSite, startGraphSite } from './graph-site.ts';

let site: GraphSite;
let browser: Browser;
let page: Page;
let faults: string[];

beforeAll(async () => {
  [site, browser] = await Promise.all([startGraphSite(), launchChromium()]);
});
afterAll(async () => {
  await browser.close();
  site.close();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1440, height: 860 } });
  faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
});
afterEach(() => page.close());

const open = async (query = ''): Promise<void> => {
  await page.goto(`${site.url}?${query}`);
  await page.waitForSelector('[data-painted-ms]');
  await page.waitForSelector('[data-rests]');
};
const mounted = async (): Promise<number> => Number(await page.getByTestId('graph-near').getAttribute('data-mounted'));
/** Until the camera rests after `act`, and all is mounted that is near then. */
const settledAfter = async (act: () => Promise<unknown>): Promise<void> => {
  const rests = async (): Promise<number> => Number(await page.getByTestId('graph-surface').getAttribute('data-rests'));
  const before = await rests();
  await act();
  await expect.poll(rests).toBeGreaterThan(before);
  await page.locator('.graph-near[data-done="true"]').waitFor();
};
const said = (): Promise<string | null> => page.getByTestId('graph-announcer').textContent();
const find = async (name: string): Promise<void> => {
  await page.keyboard.press('/');
  await page.keyboard.type(name);
  await expect
    .poll(() => page.getByTestId('graph-results').locator('[role=option]').first().textContent())
    .toContain(name);
  await settledAfter(() => page.keyboard.press('Enter'));
};

/** Pixels of the overview's picture that are not empty, as a share. */
const inked = (): Promise<number> =>
  page.locator('.graph-overview').evaluate((canvas) => {
    const copy = document.createElement('canvas');
    copy.width = 300;
    copy.height = 200;
    const pen = copy.getContext('2d');
    if (!pen) return 0;
    pen.drawImage(canvas as HTMLCanvasElement, 0, 0, 300, 200);
    const { data } = pen.getImageData(0, 0, 300, 200);
    let count = 0;
    for (let i = 3; i < data.length; i += 4) if (data[i] > 0) count++;
    return count / 60_000;
  });

describe('at first', () => {
  it('shows the whole graph: painted, none mounted, every domain named', async () => {
    await open();
    expect(await inked()).toBeGreaterThan(0.2);
    expect(await mounted()).toBe(0);
    expect(await page.locator('.graph-group-label:visible').count()).toBe(8);
    expect(await page.getByTestId('graph-surface').getAttribute('aria-label')).toMatch(
      /^Graph of 2,000 pipelines and .* in 8 domains/,
    );
    expect(faults).toEqual([]);
  });

  it('without pipelines says what to do', async () => {
    await page.goto(`${site.url}?pipelines=0`);
    expect(await page.getByTestId('graph-empty').textContent()).toContain('Import');
  });
});

describe('by keyboard', () => {
  it('finds, selects, walks, focuses and comes back', async () => {
    await open();
    await find('ingest.sessions_daily_783');
    await expect.poll(said).toMatch(/^ingest\.sessions_daily_783, pipeline in ingest/);
    await expect.poll(() => page.getByTestId('told').textContent()).toBe('ingest.sessions_daily_783');
    await expect.poll(mounted).toBeGreaterThan(10);

    await page.keyboard.press('ArrowRight');
    await expect.poll(said).toMatch(/dataset in ingest/);
    await page.keyboard.press('ArrowLeft');
    await expect.poll(said).toMatch(/^ingest\.sessions_daily_783/);

    await page.keyboard.press('d');
    await expect
      .poll(() => page.getByTestId('graph-focus-chip').textContent())
      .toMatch(/downstream of.*\d+ of 2,000 pipelines$/);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('graph-focus-chip').count()).toBe(0);
    expect(await page.getByTestId('told').textContent()).toBe('ingest.sessions_daily_783');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByTestId('told').textContent()).toBe('nothing');
    expect(faults).toEqual([]);
  });

  it('zooms in until nodes are mounted, never more than 250, and 0 shows all again', async () => {
    await open();
    const counts: number[] = [];
    for (let i = 0; i < 14; i++) {
      await settledAfter(() => page.keyboard.press('+'));
      counts.push(await mounted());
    }
    expect(Math.max(...counts)).toBeGreaterThan(30);
    expect(Math.max(...counts)).toBeLessThanOrEqual(250);
    expect(await page.locator('*').count()).toBeLessThanOrEqual(2_500);
    await page.keyboard.press('0');
    await expect.poll(mounted).toBe(0);
  });
});

describe('by mouse', () => {
  it('a press on a mounted node selects it; the wheel pans; dragging pans and selects nothing', async () => {
    await open();
    await find('growth.users');
    expect(await mounted()).toBeGreaterThan(10);
    const name = await page.locator('.graph-node.pipeline').nth(5).getAttribute('data-name');
    // By name: others are mounted before it when the camera rests elsewhere.
    const node = page.locator(`.graph-node.pipeline[data-name="${name}"]`);
    await node.click();
    await expect.poll(said).toContain(name);

    const before = await node.boundingBox();
    await page.mouse.move(500, 400);
    await page.mouse.wheel(0, 60);
    await expect.poll(async () => (await node.boundingBox())?.y).toBeCloseTo((before?.y ?? 0) - 60, 0);
    await page.mouse.down();
    await page.mouse.move(560, 430, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => (await node.boundingBox())?.x).toBeCloseTo((before?.x ?? 0) + 60, 0);
    expect(await said()).toContain(name);
  });

  it('the mounted node lies exactly over the painted one', async () => {
    await open('pipelines=12');
    await expect.poll(mounted).toBeGreaterThan(12);
    await page.locator('.graph-near[data-done="true"]').waitFor();
    const withNodes = await page.getByTestId('graph-surface').screenshot();
    await page.addStyleTag({
      content: '.graph-near { visibility: hidden } .graph-near * { visibility: hidden !important }',
    });
    const painted = await page.getByTestId('graph-surface').screenshot();
    const differ = await page.evaluate(differingShare, [
      withNodes.toString('base64'),
      painted.toString('base64'),
    ] as const);
    expect(differ).toBeLessThan(0.02);
  });
});

describe('without workers', () => {
  it('lays out and paints on the page', async () => {
    await open();
    expect(page.workers()).not.toEqual([]);
    await page.route(/worker/, (route) => route.abort());
    await open();
    await expect.poll(() => page.workers()).toEqual([]);
    expect(await inked()).toBeGreaterThan(0.2);
  });
});

describe('for everyone', () => {
  it.each(['light', 'dark'])('axe finds nothing in %s', async (theme) => {
    await open(`theme=${theme}`);
    await find('recs.orders');
    await expect.poll(mounted).toBeGreaterThan(10);
    const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
    await page.addScriptTag({ content: readFileSync(axe, 'utf8') });
    const found = await page.evaluate(async () => {
      const { violations } = await (globalThis as unknown as Axe).axe.run('.graph-screen');
      return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`);
    });
    expect(found).toEqual([]);
  });
});

interface Axe {
  readonly axe: {
    run(where: string): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
  };
}

/** Share of pixels of two PNGs that differ clearly. Runs in the page. */
async function differingShare(pictures: readonly [string, string]): Promise<number> {
  const [a, b] = await Promise.all(
    pictures.map(async (base64) => {
      const image = new Image();
      image.src = `data:image/png;base64,${base64}`;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.width;
      canvas.height = image.height;
      const pen = canvas.getContext('2d');
      pen?.drawImage(image, 0, 0);
      return pen?.getImageData(0, 0, image.width, image.height).data ?? new Uint8ClampedArray();
    }),
  );
  let count = 0;
  for (let i = 0; i < a.length; i += 4) if (Math.abs(a[i] - b[i]) + Math.abs(a[i + 1] - b[i + 1]) > 90) count++;
  return count / (a.length / 4);
}
