// Switching the log changes everything that is shown, and a link brings a view back.

import { expect, it } from 'vitest';
import { formatDuration } from '../../shared/base/time.ts';
import { useWorkbench } from './use-workbench.ts';

const bench = useWorkbench();

const legend = (): Promise<string> => bench.page.getByTestId('graph-legend').innerText();
/** Once the states are known: they come after the drawing. */
async function knownLegend(): Promise<string> {
  await bench.page.getByTestId('graph-legend').filter({ hasText: 'waiting' }).waitFor();
  return legend();
}

async function chooseLog(name: string): Promise<void> {
  const { page } = bench;
  await page.locator('.log-chooser > button').click();
  await page.locator('.log-list button', { hasText: name }).click();
  await page.locator('.log-chooser > button b', { hasText: name }).waitFor();
}

/** Two nights of the sample that are there in detail. */
async function otherLogs(): Promise<[string, string]> {
  const [first, second] = (await bench.workbench.logs()).filter(({ name }) => name.startsWith('night-'));
  return [first.name, second.name];
}

it('lists every log with its source', async () => {
  const { page, workbench } = bench;
  await bench.open('#/home');
  await page.locator('.log-chooser > button').click();
  const shown = await page.locator('.log-list button').allInnerTexts();
  const logs = await workbench.logs();
  expect(shown).toHaveLength(logs.length);
  for (const [i, log] of logs.entries()) {
    expect(shown[i]).toContain(log.name);
    expect(shown[i]).toContain(log.source);
  }
});

it('changes the SLA screen', async () => {
  const { page, workbench } = bench;
  const [first, second] = await otherLogs();
  await bench.open(`#/sla?log=${first}`);
  for (const log of [first, second]) {
    if (log !== first) await chooseLog(log);
    const { startLatency, deadlines } = await workbench.summary(log);
    const text = `${deadlines.met} of ${deadlines.total}`;
    await page.locator('[data-figure="sla-deadlines"]', { hasText: text }).waitFor();
    const target = page.locator('.targets tr', { hasText: 'start latency p99' });
    await target.filter({ hasText: formatDuration(startLatency.p99Ms) }).waitFor();
  }
});

it('changes graph, timeline and order', async () => {
  const { page, workbench } = bench;
  const [first, second] = await otherLogs();
  await bench.open(`#/graph?log=${first}`);
  await page.locator('[data-painted-ms]').waitFor();
  const clock = page.locator('[data-figure="cursor-clock"]');
  const before = { legend: await knownLegend(), clock: await clock.textContent() };
  await chooseLog(second);
  await expect.poll(knownLegend).not.toBe(before.legend);
  await expect.poll(() => clock.textContent()).not.toBe(before.clock);

  await page.keyboard.press('5');
  const { proved } = await workbench.ordering(second);
  await page.locator('[data-figure="order-proved"]', { hasText: `${proved} proved` }).waitFor();
});

it('restores the whole view from its link, and goes back', async () => {
  const { page } = bench;
  const [first] = await otherLogs();
  await bench.open(`#/home?log=${first}`);
  await page.keyboard.press('2');
  await page.getByTestId('graph-surface').waitFor();
  await page.getByTestId('graph-search').fill('recs.');
  await page.getByRole('option').filter({ hasText: 'pipeline' }).first().click();
  const name = await page.locator('.inspector-name').textContent();
  await page.keyboard.press('Escape');
  await page.keyboard.press('3');
  await page.locator('.timeline-canvas').waitFor();
  await page.goBack();
  await page.getByTestId('graph-surface').waitFor();

  const link = `${page.url().split('?')[0]}?log=${first}&pipeline=${name}&at=2025-12-24T03:00:00Z`;
  const other = await bench.context.newPage();
  await other.goto(link);
  await other.locator('.inspector-name', { hasText: name as string }).waitFor();
  await expect.poll(() => other.locator('[data-figure="cursor-clock"]').textContent()).toBe('03:00:00');
  await other.close();
});

it('says so when a link names a log that is not there', async () => {
  const { page, workbench } = bench;
  await page.goto(`${workbench.url}/#/sla?log=no-such-log`);
  await page.locator('h1', { hasText: 'no log no-such-log' }).waitFor();
  await page.getByRole('button', { name: 'Show the logs' }).click();
  await page.locator('[data-figure="sla-deadlines"]').waitFor();
});
