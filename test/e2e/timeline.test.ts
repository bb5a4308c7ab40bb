// The timeline: rows by keyboard, statistics of a marked area, hover, and scrubbing on its axis.

import { expect, it } from 'vitest';
import { formatDuration } from '../../shared/base/time.ts';
import { useWorkbench } from './use-workbench.ts';

const bench = useWorkbench();
const divider = () => bench.page.getByRole('separator', { name: 'Width of the names' });
const canvas = () => bench.page.locator('.timeline-canvas');

async function openTimeline(more = ''): Promise<{ x: number; y: number; width: number; height: number }> {
  await bench.open(`#/time${more}`);
  await canvas().waitFor();
  return (await canvas().boundingBox()) as { x: number; y: number; width: number; height: number };
}

it('walks the rows, opens one in the inspector and shows its tasks', async () => {
  const { page } = bench;
  await openTimeline();
  const rows = await page.locator('.row-choices').innerText();
  await canvas().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const said = (): Promise<string | null> => page.locator('.timeline-canvas [role="status"]').textContent();
  await expect.poll(said).toMatch(/^Row 2 of \d+: /);
  await page.keyboard.press('Enter');
  expect(await said()).toContain(await page.locator('.inspector-name').textContent());
  await expect.poll(() => page.locator('.row-choices').innerText()).not.toBe(rows);
});

it('counts every task run of the log when everything is marked', async () => {
  const { page, workbench } = bench;
  await openTimeline();
  const name = (await page.locator('.log-chooser b').textContent()) as string;
  const log = (await workbench.logs()).find((each) => each.name === name);
  await markFrom('Home', 'End');
  const count = await page.locator('[data-figure="area-count"]').textContent();
  expect(count).toBe(log?.taskRuns.toLocaleString('en-US'));
  const { startLatency } = await workbench.summary(name);
  expect(await page.locator('.area-figures').innerText()).toContain(`p99 ${formatDuration(startLatency.p99Ms)}`);
});

/** Marks at the cursor, moves it by a key of the slider, and marks again. */
async function markFrom(first: string, second: string): Promise<void> {
  for (const key of [first, second]) {
    await bench.page.getByRole('slider', { name: 'Time cursor' }).press(key);
    await canvas().press('m');
  }
}

it('marks a range by dragging over bars', async () => {
  const { page } = bench;
  const box = await openTimeline();
  await page.getByRole('combobox', { name: 'Height of rows' }).selectOption('all');
  await page.mouse.move(box.x + 300, box.y + 100);
  await page.mouse.down();
  await page.mouse.move(box.x + 600, box.y + 300, { steps: 4 });
  await page.mouse.up();
  const count = page.locator('[data-figure="area-count"]');
  await expect.poll(() => count.textContent()).toMatch(/^[1-9]/);
  await page.getByRole('button', { name: 'clear' }).click();
  await count.waitFor({ state: 'detached' });
});

it('shows only what is upstream of the selection', async () => {
  const { page } = bench;
  await openTimeline();
  await canvas().focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Rows', exact: true }).selectOption('upstream');
  const shown = async (): Promise<number> =>
    Number(/([\d,]+) rows/.exec(await page.locator('.row-choices').innerText())?.[1].replace(',', ''));
  await expect.poll(shown).toBeLessThan(600);
  expect(await shown()).toBeGreaterThan(1);
});

it('tells the exact figures of the bar under the pointer', async () => {
  const { page } = bench;
  const box = await openTimeline();
  await canvas().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('z');
  const names = Number(await divider().getAttribute('aria-valuenow'));
  await page.mouse.move(box.x + names + (box.width - names) / 2, box.y + 24 + 10);
  const card = await page.locator('.hover-card').innerText();
  for (const word of ['ready', 'started', 'ended']) expect(card).toContain(word);
});

it('scrubs on its axis, and the time bar follows', async () => {
  const { page } = bench;
  const box = await openTimeline();
  const clock = page.locator('[data-figure="cursor-clock"]');
  const before = await clock.textContent();
  await page.mouse.move(box.x + 400, box.y + 10);
  await page.mouse.down();
  await page.mouse.move(box.x + 500, box.y + 10, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => clock.textContent()).not.toBe(before);
});

it('makes the names as wide as one pulls them, by mouse and by key, and remembers it', async () => {
  const { page } = bench;
  const box = await openTimeline();
  const width = async (): Promise<number> => Number(await divider().getAttribute('aria-valuenow'));
  const fitted = await width();
  await page.mouse.move(box.x + fitted, box.y + 200);
  await page.mouse.down();
  await page.mouse.move(box.x + 130, box.y + 200, { steps: 4 });
  await page.mouse.up();
  await expect.poll(width).toBe(130);
  // A name that is cut is told whole under the pointer.
  await page.mouse.move(box.x + 60, box.y + 24 + 10);
  await expect.poll(() => canvas().getAttribute('title')).toMatch(/^\w+\.\w+/);
  await divider().press('ArrowRight');
  await expect.poll(width).toBe(154);

  await page.reload();
  await canvas().waitFor();
  await expect.poll(width).toBe(154);
  await divider().press('Enter');
  await expect.poll(width).toBe(fitted);
});
