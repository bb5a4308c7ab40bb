// The SQL screen on the sample company: ready questions with the command line's own figures, errors with their place, a
// query that is ended for good, rows as files that DuckDB reads back, everything by keyboard, and nothing for axe to find.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { openInMemory, withConnection } from '../../src-main/store/duckdb/instance.ts';
import { axeFindings, prepareAxe } from './axe.ts';
import { useWorkbench } from './use-workbench.ts';

const bench = useWorkbench({ sample: ['--pipelines', '40', '--tasks', '400'] });
const INCIDENT = 'night-2025-12-24';
const ENDLESS = 'SELECT count(*) FROM range(10000000) a, range(10000000) b WHERE a.range * b.range % 7 = 3';

const editor = (page: Page = bench.page) => page.getByRole('textbox', { name: 'Query' });
const rowCount = (page: Page = bench.page) => page.locator('[data-figure="sql-rows"]');
const cells = (): Promise<string[]> => bench.page.getByRole('gridcell').allInnerTexts();

async function run(sql: string, rows: string | RegExp): Promise<void> {
  await editor().fill(sql);
  await bench.page.keyboard.press('Control+Enter');
  await rowCount().getByText(rows, { exact: true }).waitFor();
}

async function openSql(): Promise<void> {
  await bench.open(`#/sql?log=${INCIDENT}`);
  await editor().waitFor();
}

// What a test wrote is remembered in the browser, and would be the next one's text.
beforeEach(() => bench.page.addInitScript('localStorage.clear()'));

it('answers a ready question with the command line’s figures, and is in the link', async () => {
  const { page, workbench, context } = bench;
  const { deadlines } = await workbench.summary(INCIDENT);
  expect(deadlines.missed).toBe(1);
  await openSql();
  await page.getByRole('button', { name: 'What landed late?' }).click();
  await rowCount().getByText('1 row', { exact: true }).waitFor();
  const [pipeline, , , deadline, landed] = await cells();
  expect(pipeline).toBe('features.user_daily');
  expect([deadline, landed]).toEqual(['2025-12-25 02:00:00', expect.stringMatching(/^2025-12-25 02:09:/)]);
  await page.getByText('times are UTC').waitFor();

  const sql = await editor().inputValue();
  const other = await context.newPage();
  await other.goto(page.url());
  await expect.poll(() => editor(other).inputValue()).toBe(sql);
  // A link fills in, a person runs.
  expect(await rowCount(other).count()).toBe(0);
  await editor(other).press('Control+Enter');
  await rowCount(other).getByText('1 row', { exact: true }).waitFor();
  await other.close();
});

it('names the line of an error, in plain words, and goes there', async () => {
  const { page } = bench;
  await openSql();
  await editor().fill('SELECT pipeline,\n  sum(row_cout)\nFROM event_view\nGROUP BY 1');
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('There is no column row_cout').waitFor();
  expect(await alert.innerText()).toMatch(/Did you mean row_count/);
  expect(await alert.locator('mark').innerText()).toBe('row_cout');
  await page.getByRole('button', { name: 'Go to line 2, column 7' }).click();
  const selected = (field: HTMLTextAreaElement) => field.value.slice(field.selectionStart, field.selectionEnd);
  expect(await editor().evaluate(selected)).toBe('row_cout');
  await page.keyboard.type('row_count');
  await page.keyboard.press('Control+Enter');
  await rowCount().waitFor();
  expect(await alert.count()).toBe(0);

  await editor().fill('DELETE FROM log');
  await page.keyboard.press('Control+Enter');
  await alert.getByText('Only a SELECT may run here.').waitFor();
});

it('says how long it runs, and ends the process of what is cancelled', async () => {
  const { page, workbench } = bench;
  const processes = (): string[] =>
    execFileSync('ps', ['-eo', 'args'], { encoding: 'utf8' })
      .split('\n')
      .filter((args) => args.includes('sql-console.js') && args.includes(workbench.workspaceDir));
  await openSql();
  await editor().fill(ENDLESS);
  await page.keyboard.press('Control+Enter');
  await page.locator('[data-figure="sql-elapsed"]', { hasText: 'running' }).waitFor();
  await expect.poll(() => processes().length).toBe(1);
  await page.keyboard.press('Escape');
  await page.locator('[data-outcome="cancelled"]', { hasText: 'Cancelled after' }).waitFor();
  await expect.poll(() => processes().length).toBe(0);
  await run('SELECT 1', '1 row');
});

it('says what its limit cut off, and saves all rows as CSV and as Parquet', async () => {
  const { page } = bench;
  await openSql();
  await page.getByLabel('Rows shown at most').selectOption('1000');
  const sql = `SELECT range AS n, CASE WHEN n % 2 = 0 THEN 'a "b"' END AS t, DATE '2025-12-24' AS day
FROM range(3000) ORDER BY n DESC`;
  await run(sql, 'first 1,000 rows');
  await page.getByText('There are more rows').waitFor();
  const saved = async (format: string): Promise<string> => {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: `Save as ${format}` }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`landfall-rows.${format.toLowerCase()}`);
    await page.locator('[data-outcome="saved"]', { hasText: `Saved 3,000 rows as ${format}` }).waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe(`Save as ${format}`);
    return download.path();
  };
  const lines = readFileSync(await saved('CSV'), 'utf8').split('\n');
  expect(lines.slice(0, 3)).toEqual(['n,t,day', '2999,,2025-12-24', '2998,"a ""b""",2025-12-24']);
  expect(lines).toHaveLength(3_002);

  const parquet = await saved('Parquet');
  const instance = await openInMemory(dirname(parquet));
  const whole = `SELECT count(*), count(t), sum(n), any_value(typeof(day)) FROM read_parquet('${parquet}')`;
  const read = await withConnection(instance, (connection) => connection.runAndReadAll(whole));
  const [row] = read.getRowsJson();
  expect(row).toEqual(['3000', '1500', '4498500', 'DATE']);
  instance.closeSync();
});

it('is all there by keyboard', async () => {
  const { page } = bench;
  await bench.open(`#/home?log=${INCIDENT}`);
  const { keyboard } = page;
  await keyboard.press('9');
  await editor().waitFor();
  // A table of the list becomes a query; Enter in the field goes to the first that is found.
  await keyboard.press('/');
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('INPUT');
  await page.locator('.sql-table').nth(1).waitFor();
  await keyboard.type('task_run_v');
  await expect.poll(() => page.locator('.sql-table').count()).toBe(1);
  await keyboard.press('Enter');
  await page.locator('[data-row="task_run_view"]:focus').waitFor();
  await keyboard.press('ArrowRight');
  await page.locator('.sql-column', { hasText: 'logical_key' }).waitFor();
  await keyboard.press('Enter');
  await expect.poll(() => editor().inputValue()).toBe('SELECT *\nFROM task_run_view\nLIMIT 100');
  await keyboard.press('Control+Enter');
  await rowCount().getByText('100 rows', { exact: true }).waitFor();
  // Esc leaves the text, a digit leaves the screen, and what was asked is still there.
  await keyboard.press('Escape');
  await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('BODY');
  await keyboard.press('1');
  await page.locator('.home').waitFor();
  await keyboard.press('9');
  await rowCount().waitFor();
  await keyboard.press('e');
  await keyboard.press('Control+a');
  await keyboard.type("SELECT 1 AS a, NULL AS b, 'x' AS c");
  await keyboard.press('Control+Enter');
  await rowCount().getByText('1 row', { exact: true }).waitFor();
  expect(await cells()).toEqual(['1', 'NULL', 'x']);
  // Tab goes on from the text; the cells are walked by arrows.
  for (let i = 0; i < 12; i++) {
    await keyboard.press('Tab');
    if (await page.getByRole('grid').evaluate((grid) => grid === document.activeElement)) break;
  }
  await keyboard.press('End');
  await expect.poll(() => page.locator('[aria-selected="true"][role="gridcell"]').innerText()).toBe('x');
  expect(await page.locator('[data-figure="sql-cell"]').innerText()).toBe('x');
  // Alt and an arrow: the queries before, and back.
  await keyboard.press('e');
  await keyboard.press('Alt+ArrowUp');
  await expect.poll(() => editor().inputValue()).toContain('task_run_view');
  await keyboard.press('Alt+ArrowDown');
  await expect.poll(() => editor().inputValue()).toContain('NULL AS b');
  // The palette has the questions.
  await keyboard.press('Control+k');
  await page.getByPlaceholder('A pipeline or a command').waitFor();
  await keyboard.type('opened and never');
  await page.locator('[cmdk-item][data-value="sql-open"][aria-selected="true"]').waitFor();
  await keyboard.press('Enter');
  await expect.poll(() => editor().inputValue()).toContain("kind = 'finalized') = 0");
});

it('holds only the cells in sight, and shows values whole', async () => {
  const { page } = bench;
  await page.setViewportSize({ width: 900, height: 600 });
  await openSql();
  await run("SELECT range AS n, repeat('wide ', 200) AS w, {'a': [1]} AS s FROM range(10000)", '10,000 rows');
  await page.getByRole('grid').focus();
  await page.keyboard.press('Control+End');
  await page.getByRole('gridcell', { name: '9999', exact: true }).waitFor();
  expect(await page.getByRole('gridcell').count()).toBeLessThan(200);
  await expect.poll(() => page.locator('[data-figure="sql-cell"]').innerText()).toContain('"a": [');
  for (const part of ['.sql-bar', '.sql-rows', '.sql-side', '.sql-cell']) {
    const box = await page.locator(part).boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(900);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(600 - 66);
  }
});

it('tells the cell that is clicked whole, also the lowest one in sight', async () => {
  const { page } = bench;
  await page.setViewportSize({ width: 900, height: 600 });
  await openSql();
  await run('SELECT range AS n FROM range(100)', '100 rows');
  const box = await page.getByRole('grid').boundingBox();
  const [x, y] = [(box?.x ?? 0) + 90, (box?.y ?? 0) + (box?.height ?? 0) - 20];
  const under = await page.evaluate(
    ([left, top]) => document.elementFromPoint(left ?? 0, top ?? 0)?.textContent,
    [x, y],
  );
  expect(Number(under)).toBeGreaterThan(3);
  await page.mouse.click(x, y);
  const cell = page.locator('[aria-selected="true"][role="gridcell"]');
  expect(await cell.innerText()).toBe(under);
  expect(await page.locator('[data-figure="sql-cell"]').innerText()).toBe(under);
  const bottomOf = async (part: typeof cell): Promise<number> => {
    const at = await part.boundingBox();
    return (at?.y ?? 0) + (at?.height ?? 0);
  };
  expect(await bottomOf(cell)).toBeLessThanOrEqual(await bottomOf(page.getByRole('grid')));
});

it('has nothing that axe would find: rows, an error, questions, what was asked before', async () => {
  const { page } = bench;
  await prepareAxe(page);
  await openSql();
  await page.getByText('views, with names', { exact: false }).waitFor();
  const findings = async (): Promise<string[]> => {
    const found: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.locator(`html[data-theme="${colorScheme}"]`).waitFor();
      found.push(...(await axeFindings(page)));
    }
    return found;
  };
  await run('SELECT *, NULL AS nothing FROM event_view', /rows$/);
  await page.getByRole('gridcell').nth(2).click();
  expect(await findings()).toEqual([]);
  await editor().fill('SELECT 1 FORM log');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alert').waitFor();
  await page.getByRole('tab', { name: 'Questions' }).click();
  expect(await findings()).toEqual([]);
  await page.getByRole('tab', { name: 'Earlier' }).click();
  await page.getByRole('list', { name: 'Earlier queries' }).waitFor();
  expect(await findings()).toEqual([]);
});
