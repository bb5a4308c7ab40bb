// The graph inside the workbench: search, focus, the inspector, and colours that follow the time cursor.

import { expect, it } from 'vitest';
import { useWorkbench } from './use-workbench.ts';

const bench = useWorkbench();

async function openGraph(more = ''): Promise<void> {
  await bench.open(`#/graph${more}`);
  await bench.page.locator('[data-painted-ms]').waitFor();
}

/** The same, once the states are known: they come after the drawing. */
async function knownCounts(): Promise<Record<string, number>> {
  await expect.poll(stateCounts).toHaveProperty('waiting');
  return stateCounts();
}

/** The word and count of each state in the legend. */
async function stateCounts(): Promise<Record<string, number>> {
  const text = await bench.page.getByTestId('graph-legend').innerText();
  const words = [...text.matchAll(/(waiting|running|whole|late or failed|read too early)\s+([\d,]+)/g)];
  return Object.fromEntries(words.map(([, word, count]) => [word, Number(count.replaceAll(',', ''))]));
}

it('finds a pipeline, shows what is upstream of it, and inspects it', async () => {
  const { page } = bench;
  await openGraph();
  await page.keyboard.press('/');
  await page.keyboard.type('recs.train_daily');
  await page.getByTestId('graph-results').getByRole('option').filter({ hasText: 'pipeline' }).first().waitFor();
  await page.keyboard.press('Enter');
  const name = 'recs.train_daily';
  await page.locator('.inspector-name', { hasText: name }).waitFor();
  await page.keyboard.press('u');
  await page.getByTestId('graph-focus-chip').waitFor();
  expect(await page.getByTestId('graph-focus-chip').innerText()).toContain(name);

  await page.locator('.inspector tbody tr[data-index] button').first().click();
  const detail = await page.locator('.task-detail').innerText();
  for (const word of ['ready', 'waits for', 'reads', 'writes', 'pool']) expect(detail).toContain(word);
  // It was cleared and run again hours later: two runs, not a long one.
  expect(detail).toMatch(/first attempt\s+00:45:\d\d to 01:\d\d:\d\d · ran \d\d min \d\d s/);
  expect(detail).toMatch(/rerun\s+06:41:\d\d to 07:\d\d:\d\d · ran \d\d min \d\d s/);
  await page.locator('.inspector tbody tr[data-index]', { hasText: 'rerun' }).getByText('06:41').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.locator('.inspector-empty').waitFor();
});

it('goes to what is typed though Enter comes before the finds are drawn, and says of nothing that it is not there', async () => {
  const { page } = bench;
  await openGraph();
  const foot = await page.getByTestId('graph-search').evaluate(async (field: HTMLInputElement) => {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, 'recs.train_daily');
    field.dispatchEvent(new Event('input', { bubbles: true }));
    // What was typed is rendered in a microtask, what it finds in a later task.
    await Promise.resolve();
    const said = field.closest('search')?.querySelector('.graph-results-foot')?.textContent;
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
    return said;
  });
  expect(foot).toMatch(/^(Searching…|\d+ found)$/);
  await page.locator('.inspector-name', { hasText: 'recs.train_daily' }).waitFor();
});

it('colours as of the cursor', async () => {
  const { page } = bench;
  await openGraph('?at=2025-12-25T00:30:00Z');
  const early = await knownCounts();
  expect(early.waiting).toBeGreaterThan(0);
  await page.getByRole('slider', { name: 'Time cursor' }).focus();
  await page.keyboard.press('End');
  await expect.poll(async () => (await stateCounts()).waiting ?? 0).toBeLessThan(early.waiting);
  const late = await stateCounts();
  expect(late.whole).toBeGreaterThan(early.whole ?? 0);
});

it('recolours while it plays, and stops', async () => {
  const { page } = bench;
  await openGraph('?at=2025-12-25T01:00:00Z');
  const clock = page.locator('[data-figure="cursor-clock"]');
  const before = { clock: await clock.textContent(), counts: await knownCounts() };
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('3600');
  await page.getByTestId('graph-surface').focus();
  await page.keyboard.press('Space');
  await expect.poll(() => clock.textContent()).not.toBe(before.clock);
  await expect.poll(stateCounts).not.toEqual(before.counts);
  await page.keyboard.press('Space');
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const paused = await clock.textContent();
  await page.keyboard.press(']');
  await expect.poll(() => clock.textContent()).not.toBe(paused);
});
