// Importing through the page: by path, with what was read and every problem with its place; and removing a log.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { useWorkbench } from './use-workbench.ts';

const bench = useWorkbench();
let dir: string;
let file: string;

/** Two runs of two jobs: the second reads what the first writes. The third line is no event. */
const EVENTS = [
  event('COMPLETE', 'orders_raw', '01941f29-7c00-7000-8000-000000000001', '2025-12-25T00:10:00Z', [], ['shop.orders']),
  event(
    'COMPLETE',
    'orders_daily',
    '01941f29-7c00-7000-8000-000000000002',
    '2025-12-25T00:20:00Z',
    ['shop.orders'],
    [],
  ),
  '{"eventType": ',
];

function event(type: string, job: string, runId: string, time: string, inputs: string[], outputs: string[]): string {
  const dataset = (name: string) => ({ namespace: 'warehouse', name });
  return JSON.stringify({
    eventType: type,
    eventTime: time,
    producer: 'https://example.com/landfall-tests',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
    run: { runId },
    job: { namespace: 'shop', name: job },
    inputs: inputs.map(dataset),
    outputs: outputs.map(dataset),
  });
}

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'landfall-import-'));
  file = join(dir, 'events.ndjson');
  writeFileSync(file, `${EVENTS.join('\n')}\n`);
});
afterAll(() => rmSync(dir, { recursive: true, force: true }));

async function importPaths(text: string): Promise<void> {
  const { page } = bench;
  await bench.open('#/sources');
  await page.locator('#import-paths').fill(text);
  await page.getByRole('button', { name: 'Import', exact: true }).click();
}

it('imports a file, locates its problem, shows the log and removes it', async () => {
  const { page, workbench } = bench;
  const before = (await workbench.logs()).map((log) => log.name);
  await importPaths(file);
  await page.locator('.import-result').waitFor();
  expect(await page.getByRole('list', { name: 'Problems' }).innerText()).toContain(`${file}:3: `);

  const added = (await workbench.logs()).map((log) => log.name).find((name) => !before.includes(name)) as string;
  await page.locator('.import-result').getByRole('button', { name: added }).click();
  await page.locator('.log-chooser > button b', { hasText: added }).waitFor();
  await page.keyboard.press('2');
  await page.getByTestId('graph-search').fill('orders_daily');
  await page.getByRole('option').filter({ hasText: 'orders_daily' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.locator('.inspector-name', { hasText: 'orders_daily' }).waitFor();

  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  await page.goto(`${workbench.url}/#/sources`);
  await page.getByRole('button', { name: `Remove ${added}` }).click();
  await page.getByRole('button', { name: 'remove it' }).click();
  await expect.poll(() => page.getByRole('button', { name: `Remove ${added}` }).count()).toBe(0);
  expect((await workbench.logs()).map((log) => log.name)).toEqual(before);
});

it('says what a path lacks and stores nothing', async () => {
  const { page, workbench } = bench;
  const before = await workbench.logs();
  const missing = join(dir, 'no-such-file.ndjson');
  await importPaths(missing);
  await expect.poll(() => page.locator('.sources section').first().innerText()).toContain(missing);
  expect(await workbench.logs()).toEqual(before);
});

it('shows the name, source and span of a log in a small window too', async () => {
  const { page, workbench } = bench;
  const [log] = await workbench.logs();
  await page.setViewportSize({ width: 900, height: 600 });
  await bench.open('#/sources');
  const row = page.getByRole('region', { name: 'Logs' }).locator('tr', { hasText: log.name });
  const columns = row.locator('td');
  await expect.poll(async () => (await columns.nth(0).boundingBox())?.width).toBeGreaterThan(100);
  expect((await columns.nth(1).innerText()).trim()).toBe(log.source);
  expect((await columns.nth(2).innerText()).trim()).toContain(' to ');
});
