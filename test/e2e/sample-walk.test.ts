// The five minutes that teach the product, on the sample company at its smallest: once by mouse in light, once by keyboard
// alone in dark. Every step's figures are asserted, and axe finds nothing on any of them.

import { expect, it } from 'vitest';
import { axeFindings, prepareAxe } from './axe.ts';
import { chooseInPalette } from './palette-keys.ts';
import { useWorkbench } from './use-workbench.ts';

const bench = useWorkbench({ sample: ['--pipelines', '40', '--tasks', '400'] });
const INCIDENT = 'night-2025-12-24';
const WITHOUT_LINEAGE = 'airflow-2025-12-24';

const figure = (name: string) => bench.page.locator(`[data-figure="${name}"]`).first();
const text = (name: string): Promise<string> => figure(name).innerText();
const screen = () => bench.page.locator('main').getAttribute('data-screen');
const cause = (name: string) => bench.page.locator(`[data-cause^="${name}"]`);

async function openHome(colorScheme: 'light' | 'dark'): Promise<void> {
  await bench.page.emulateMedia({ colorScheme });
  await prepareAxe(bench.page);
  await bench.open('#/home');
}

/** 1. Home, in sentences. */
async function expectHome(): Promise<void> {
  expect(await text('landed')).toBe('02:09');
  expect(await text('usual')).toBe('01:29');
  expect(await text('early-rows')).toBe('read 0.48B of 3.2B rows');
  const heading = await bench.page.locator('.home h1').innerText();
  expect(heading).toContain('features.user_daily landed at 02:09, 9 min after its 02:00 deadline.');
  expect(heading).toContain('recs.train_daily is green');
  expect(heading).toContain('Tonight has not been played yet');
  await expect.poll(() => text('home-causes')).toMatch(/Late source of ingest\.events_raw 22:00, then pool spark/);
  await expect.poll(() => text('home-under-zero')).toBe('4');
  expect(await axeFindings(bench.page)).toEqual([]);
}

/** 2. and 3. The chain, its charges, and the landing without each cause. */
async function expectWhy(): Promise<void> {
  expect(await text('why-landed')).toBe('02:09');
  expect(await text('why-usual')).toBe('01:29');
  expect(await text('chain-sum')).toMatch(/^109:\d\d$/);
  const { page } = bench;
  expect(await page.locator('.chain tfoot').innerText()).toMatch(/exactly 00:20:00 → 02:09:\d\d · unknown 0:00/);
  const [source, pool] = [cause('late source of ingest.events_raw'), cause('pool spark held by growth.attribution')];
  expect(await source.locator('[data-figure="charged"]').innerText()).toBe('22:00');
  expect(await pool.locator('[data-figure="charged"]').innerText()).toMatch(/^18:\d\d$/);
  await pool.locator('[data-figure="without"]').waitFor();
  await expect.poll(() => source.innerText()).toMatch(/01:29\s+met/);
  await expect.poll(() => pool.innerText()).toMatch(/01:51\s+met/);
  await expect
    .poll(() => page.locator('.replay-control').innerText())
    .toMatch(/unchanged night played again lands at 02:09:/);
  expect(await page.locator('.why aside').innerText()).toContain('growth.attribution_backfill');
  expect(await axeFindings(page)).toEqual([]);
}

/** 4. The pair, its margin over the nights, and what waiting would have done. */
async function expectOrder(): Promise<void> {
  await figure('order-proved').filter({ hasText: '1 proved' }).waitFor();
  await expect.poll(() => text('under-zero')).toBe('under zero on 4 of 90 nights');
  expect(await text('rows-share')).toBe('15 % of the rows');
  await figure('declared-landing').waitFor();
  expect(await text('declared-landing')).toBe('01:51');
  expect(await text('next-early')).toMatch(/recs\.push_model reads recs\.model at 01:40/);
  expect(await axeFindings(bench.page)).toEqual([]);
}

/** 5. Tonight, as it is, grown, and with the slots that it would take. */
const fitRow = (kind: string) =>
  bench.page.locator(`[data-target^="landing of features.user_daily"] [data-row="${kind}"]`);

async function expectHistory(): Promise<void> {
  await fitRow('history').waitFor();
  expect(await fitRow('history').innerText()).toMatch(/1\/90\s+cannot confirm/);
}

/** At the usual size it takes 152; this small company copies fewer jobs into the pool. */
const SLOTS_NEEDED = '144';

async function expectFit(): Promise<void> {
  const { page } = bench;
  await expectHistory();
  await page.getByText('It would take').waitFor();
  expect(await fitRow('today').innerText()).toContain('met');
  expect(await fitRow('grown').innerText()).toMatch(/128 spark[\s\S]*missed/);
  expect(await fitRow('searched').innerText()).toMatch(/144 spark[\s\S]*met\s+EXTRAPOLATED/);
  expect(await text('slots-needed')).toBe(SLOTS_NEEDED);
  expect(await axeFindings(page)).toEqual([]);
}

/** 6. The same night without OpenLineage events. */
async function expectOverlap(): Promise<void> {
  const { page } = bench;
  await page.locator('.log-chooser b', { hasText: WITHOUT_LINEAGE }).waitFor();
  await figure('order-proved').filter({ hasText: '0 proved' }).waitFor();
  const first = page.locator('.finding').filter({ hasText: 'recs.train_daily' }).first();
  expect(await first.innerText()).toMatch(/^overlap/);
  expect(await page.locator('.story').count()).toBe(0);
  expect(await page.locator('.advice').first().innerText()).toMatch(/version|rows/);
  expect(await axeFindings(page)).toEqual([]);
}

it('teaches it in six steps by mouse', async () => {
  const { page } = bench;
  await openHome('light');
  await expectHome();
  await figure('landed').click();
  await expect.poll(screen).toBe('time');
  expect(await text('cursor-clock')).toContain('02:09');
  await page.goBack();
  await page.getByRole('button', { name: /^Why late\?/ }).click();
  await expectWhy();
  await cause('late source').getByRole('button', { name: 'keep as a log' }).click();
  await cause('late source')
    .getByRole('button', { name: /^open / })
    .click();
  await expect.poll(screen).toBe('time');
  await page.locator('.log-chooser', { hasText: 'counterfactual' }).waitFor();
  await page.goBack();
  await expect.poll(screen).toBe('why');
  await page.locator('.rail').getByRole('button', { name: 'Order' }).click();
  await expectOrder();
  await page.locator('.rail').getByRole('button', { name: 'Fit' }).click();
  await expectFit();
  await page.locator('.rail').getByRole('button', { name: 'Home' }).click();
  await expect
    .poll(() => page.locator('.home h1').innerText())
    .toMatch(/Tonight: met.*\+40 %: missed.*met with 144 \(extrapolated\)/);
  await page.getByRole('button', { name: /^Read too early\?/ }).click();
  await page.locator('.story').getByRole('button', { name: WITHOUT_LINEAGE }).click();
  await expectOverlap();
});

/** Tab until something focused has a text; what a person without a mouse does. */
async function tabTo(pattern: RegExp): Promise<void> {
  const focused = (): Promise<string> => bench.page.evaluate(() => document.activeElement?.textContent ?? '');
  for (let i = 0; i < 120; i++) {
    await bench.page.keyboard.press('Tab');
    if (pattern.test(await focused())) return;
  }
  throw new Error(`no stop of the tab key has the text ${pattern}`);
}

const command = (words: string): Promise<void> => chooseInPalette(bench.page, words);

it('teaches it in six steps by keyboard alone', async () => {
  const { page } = bench;
  await openHome('dark');
  await expectHome();
  await command('Why features.user_daily');
  await expect.poll(screen).toBe('why');
  await expectWhy();
  await tabTo(/^18:\d\d$/);
  await page.keyboard.press('Enter');
  await expect.poll(screen).toBe('time');
  await expect.poll(() => page.locator('.inspector-name').innerText()).toBe('features.sessions');
  await page.keyboard.press('Escape');
  await page.keyboard.press('5');
  await expectOrder();
  await page.keyboard.press('6');
  await page.getByRole('status').filter({ hasText: 'nights' }).waitFor();
  await expectHistory();
  // At once: what follows takes a while, and what has been played to its end cannot be stopped.
  await tabTo(/^Stop$/);
  await page.keyboard.press('Enter');
  await page.locator('.fit h1', { hasText: 'Stopped.' }).waitFor();
  await expectHistory();
  expect(await axeFindings(page)).toEqual([]);
  await page.keyboard.press('5');
  await command(`Look at ${WITHOUT_LINEAGE}`);
  await expectOverlap();
  // By its source too: the night that was kept has a name that begins like this one.
  await command(`Look at ${INCIDENT} (observed)`);
  await figure('order-proved').filter({ hasText: '1 proved' }).waitFor();
});

it('plays the incident: data filling, its early reader, and the pool full', async () => {
  const { page } = bench;
  await bench.open(`#/graph?log=${INCIDENT}&at=2025-12-25T00:44:00Z`);
  const events = page.locator('[data-write="events[date=2025-12-24]"]');
  await events.filter({ hasText: 'open since 00:42' }).waitFor();
  await expect.poll(() => page.getByTestId('graph-legend').innerText()).toMatch(/read too early\s+0/);
  await page.keyboard.press('Space');
  await page.locator('.moment-early', { hasText: 'recs.train_daily' }).waitFor();
  await expect.poll(() => page.getByTestId('graph-legend').innerText()).toMatch(/read too early\s+1/);
  await events.waitFor({ state: 'detached' });
  await page.keyboard.press('Space');

  await bench.open(`#/time?log=${INCIDENT}&at=2025-12-25T01:12:00Z&pipeline=features.sessions`);
  const spark = page.locator('[data-pool="spark"]');
  await spark.filter({ hasText: 'of 128 slots · 1 wait' }).waitFor();

  await bench.open(`#/graph?log=${INCIDENT}&at=2025-12-25T00:46:00Z&pipeline=recs.train_daily`);
  await events.filter({ hasText: 'open since 00:42' }).waitFor();
  expect(await events.locator('[data-figure="rows-seen"]').innerText()).toMatch(/0\.48B of 3\.2B rows read at 00:45/);

  // Near enough to read, the dataset itself fills, and is whole later on.
  await page.locator('.graph-surface').focus();
  await page.keyboard.press('u');
  const fill = page.locator('[data-testid="graph-node"][data-name="events"] [data-fill]');
  await fill.waitFor();
  expect(Number(await fill.getAttribute('data-fill'))).toBeGreaterThan(0.1);
  expect(Number(await fill.getAttribute('data-fill'))).toBeLessThan(0.3);
  await page.keyboard.press('Space');
  await page.locator('[data-name="events"] [data-fill="1"]').waitFor();
  await page.keyboard.press('Space');
});

it('answers a question about what is not there, or was not late, in a plain sentence', async () => {
  const { page } = bench;
  await bench.open('#/why?of=features.user_dayly');
  expect(await page.locator('.notice').innerText()).toContain('did you mean "features.user_daily"?');
  await page.locator('.why-others').getByRole('button', { name: 'features.user_daily' }).click();
  await page.locator('.why h1', { hasText: '9 min late' }).waitFor();
  await bench.open('#/why?of=catalog.search_index');
  await page.locator('.why h1', { hasText: 'before its deadline' }).waitFor();
});
