// Every command without a mouse: the palette, the help and the keys of the screens.

import { expect, it } from 'vitest';
import { SCREENS } from '../../src-renderer/state/screens.ts';
import { holdCalls } from './hold-calls.ts';
import { typeInPalette } from './palette-keys.ts';
import { useWorkbench } from './use-workbench.ts';

const bench = useWorkbench();
const screen = () => bench.page.locator('main').getAttribute('data-screen');

it('goes to a pipeline and to a command by typing', async () => {
  const { page } = bench;
  await bench.open('#/home');
  await typeInPalette(page, 'features.');
  // The pipelines come when the log is read; until then a command may be the first.
  await page.locator('[cmdk-item][data-value^="pipeline-"][aria-selected="true"]').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(screen).toBe('graph');
  expect(await page.locator('.inspector-name').textContent()).toMatch(/^features\./);

  for (const [typed, words] of [
    ['theme dark', /dark/i],
    ['theme system', /system/i],
  ] as const) {
    await typeInPalette(page, typed);
    await page.locator('[cmdk-item][aria-selected="true"]', { hasText: words }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('[cmdk-item]').first().waitFor({ state: 'detached' });
    if (typed === 'theme dark') await page.locator('html[data-theme="dark"]').waitFor();
  }
});

it('chooses the best match, also one that comes after the key, until somebody chooses another', async () => {
  const { page } = bench;
  const selected = () => page.locator('[cmdk-item][aria-selected="true"]').getAttribute('data-value');
  const letGo = await holdCalls(page, 'log.graph');
  await bench.open('#/home');
  await typeInPalette(page, 'features.user');
  await expect.poll(selected).toMatch(/^why-/);
  await letGo();
  await expect.poll(selected).toMatch(/^pipeline-/);
  await page.keyboard.press('ArrowUp');
  await expect.poll(selected).toMatch(/^why-/);
  await page.keyboard.press('Escape');
});

it('reaches every screen by its digit and lists the keys', async () => {
  const { page } = bench;
  await bench.open('#/home');
  for (const [i, name] of [...SCREENS.entries()].reverse()) {
    await page.keyboard.press(String(i + 1));
    await expect.poll(screen).toBe(name);
  }
  await page.setViewportSize({ width: 900, height: 600 });
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keys' }).waitFor();
  // It is longer than that, and read from the top.
  const top = await page.getByRole('heading', { name: 'Everywhere' }).boundingBox();
  expect(top?.y).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
});

it('chooses a log with the keyboard alone', async () => {
  const { page } = bench;
  await bench.open('#/home');
  const before = await page.locator('.log-chooser b').first().textContent();
  await page.locator('.log-chooser > button').focus();
  await page.keyboard.press('Enter');
  await page.locator('.log-list').waitFor();
  await page.keyboard.press('ArrowDown');
  await page.locator('.log-list button:focus').waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => page.locator('.log-chooser b').first().textContent()).not.toBe(before);
});

it('shows where the focus is at every stop of the tab key', async () => {
  const { page } = bench;
  await bench.open('#/home');
  // Nothing that could be focused comes or goes any more.
  await page.locator('.home h1 .mono').first().waitFor();
  await page.waitForLoadState('networkidle');
  for (let i = 0; i < 14; i++) {
    await page.keyboard.press('Tab');
    const ring = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return 'none';
      return element.matches(':focus-visible') && getComputedStyle(element).outlineStyle !== 'none' ? 'ring' : 'hidden';
    });
    expect(ring).toBe('ring');
  }
});
