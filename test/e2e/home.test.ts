// The page on the sample company: it gets in once with its link, and what it shows is what the command line says.

import { expect, it } from 'vitest';
import { formatDuration } from '../../shared/base/time.ts';
import { holdCalls } from './hold-calls.ts';
import { useWorkbench } from './use-workbench.ts';

const bench = useWorkbench();

it('takes the code out of its address and stays in when it is loaded again', async () => {
  const { page, workbench } = bench;
  await page.goto(`${workbench.url}/`);
  await page.locator('h1 .mono').first().waitFor();
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  await page.locator('h1 .mono').first().waitFor();
});

it('shows the figures that the command line prints', async () => {
  const { page, workbench } = bench;
  await bench.open('#/home');
  const log = (await page.locator('.log-chooser b').textContent()) as string;
  const { startLatency, deadlines, earlyReads } = await workbench.summary(log);
  const figure = (name: string): Promise<string | null> => page.locator(`[data-figure="${name}"]`).textContent();

  expect(await figure('early-proved')).toBe(
    `${earlyReads.proved} proved early read${earlyReads.proved === 1 ? '' : 's'}`,
  );
  expect(await figure('deadlines-met')).toBe(String(deadlines.met));
  expect(await figure('deadlines-total')).toBe(String(deadlines.total));
  expect(await figure('start-latency-p50')).toBe(formatDuration(startLatency.p50Ms));
  expect(await figure('start-latency-p99')).toBe(formatDuration(startLatency.p99Ms));
  expect(deadlines.missed).toBeGreaterThan(0);
  expect(await page.locator('.home h1').textContent()).toContain('after its');
});

it('leads from the late landing to its moment on the timeline, with the pipeline in the inspector', async () => {
  const { page } = bench;
  await bench.open('#/home');
  const landed = page.locator('.home h1 .ink-late').first();
  const clock = await landed.textContent();
  await landed.click();
  await page.locator('.inspector-name').waitFor();
  expect(await page.locator('main').getAttribute('data-screen')).toBe('time');
  expect(await page.locator('[data-figure="cursor-clock"]').textContent()).toContain(clock);
  await page.locator('.inspector', { hasText: 'missed' }).waitFor();
});

it('has a heading while it waits for its night', async () => {
  const { page } = bench;
  const letGo = await holdCalls(page, 'night.get');
  await bench.open('#/home');
  await page.locator('.home h1', { hasText: 'Reading what landed' }).waitFor();
  await letGo();
  await page.locator('.home h1 .mono').first().waitFor();
  expect(await page.locator('.home h1').count()).toBe(1);
});

it('draws the frame before any script of the app has run', async () => {
  const { page, workbench } = bench;
  await page.route('**/assets/*.js', () => {});
  await page.goto(`${workbench.url}/`, { waitUntil: 'commit' });
  const box = await page.locator('.top-bar').boundingBox();
  expect(box).toMatchObject({ x: 0, y: 0, width: 1440, height: 44 });
  expect(await page.locator('.time-bar').boundingBox()).toMatchObject({ y: 900 - 66, width: 1440 });
  await page.unrouteAll({ behavior: 'ignoreErrors' });
});
