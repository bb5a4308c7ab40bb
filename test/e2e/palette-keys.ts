// The palette by keyboard alone, as fast as the page answers: a key is pressed once what it acts on is there.

import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Opens the palette and types. */
export async function typeInPalette(page: Page, words: string): Promise<void> {
  await page.keyboard.press('Control+k');
  const field = page.getByPlaceholder('A pipeline or a command');
  await field.and(page.locator(':focus')).waitFor();
  await page.keyboard.type(words);
}

/** Opens the palette, types, walks down to the item that has the words, and chooses it. */
export async function chooseInPalette(page: Page, words: string): Promise<void> {
  await typeInPalette(page, words);
  await page.locator('[cmdk-item]').filter({ hasText: words }).first().waitFor();
  const selected = page.locator('[cmdk-item][aria-selected="true"]');
  for (let text = await selected.innerText(); !text.includes(words); text = await selected.innerText()) {
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => selected.innerText()).not.toBe(text);
  }
  await page.keyboard.press('Enter');
}
