// axe-core on every screen, light and dark, with and without a selection, and on the panels above them.

import axe from 'axe-core';
import { expect, it } from 'vitest';
import { SCREENS } from '../../src-renderer/state/screens.ts';
import { useWorkbench } from './use-workbench.ts';

const bench = useWorkbench();

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** What axe finds, as lines that a person can act on. Runs apart from the page's content policy. */
async function findings(): Promise<string[]> {
  const { page } = bench;
  await page.addInitScript({ content: axe.source });
  await page.reload();
  await page.locator('[data-figure="early-proved"]').waitFor();
  await page.waitForLoadState('networkidle');
  const violations = (await page.evaluate('axe.run().then((result) => result.violations)')) as Violation[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
}

for (const colorScheme of ['light', 'dark'] as const) {
  for (const screen of SCREENS) {
    it(`finds nothing on ${screen} in ${colorScheme}`, async () => {
      await bench.page.emulateMedia({ colorScheme });
      await bench.open(`#/${screen}`);
      expect(await findings()).toEqual([]);
    });
  }
}

it('finds nothing on sources while the receiver is on', async () => {
  const { page } = bench;
  await bench.open('#/sources');
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByText('OPENLINEAGE_URL=').waitFor();
  expect(await findings()).toEqual([]);
  await page.getByRole('button', { name: 'Switch off' }).click();
  await page.getByRole('button', { name: 'Switch on' }).waitFor();
});

for (const screen of ['graph', 'time']) {
  it(`finds nothing on ${screen} with a selection`, async () => {
    const { page, workbench } = bench;
    await bench.open('#/home');
    const name = (await page.locator('.log-chooser b').textContent()) as string;
    const { findings: found } = await workbench.ordering(name);
    const pipeline = found[0].first.subject.replace(/\.[^.]*$/, '');
    await bench.open(`#/${screen}?pipeline=${pipeline}`);
    await page.locator('.inspector-name').waitFor();
    expect(await findings()).toEqual([]);
  });
}
