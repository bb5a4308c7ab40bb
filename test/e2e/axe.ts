// axe-core in a page of the tests: what it finds, as lines that a person can act on. Runs apart from the page's content
// policy.

import axe from 'axe-core';
import type { Page } from 'playwright-core';

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary: string }[];
}

/** Before the page is opened. */
export const prepareAxe = (page: Page): Promise<unknown> => page.addInitScript({ content: axe.source });

export async function axeFindings(page: Page): Promise<string[]> {
  const violations = (await page.evaluate('axe.run().then((result) => result.violations)')) as Violation[];
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.failureSummary}`),
  );
}
