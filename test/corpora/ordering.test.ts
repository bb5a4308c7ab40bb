// Finalize ordering of real OpenLineage events. Such logs name no versions, so nothing in them is proof: the checker must
// say OVERLAP or CANNOT TELL, and what to collect, whatever the events hold.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../shared/analysis/ordering/check.ts';
import { NEVER_CANCELLED } from '../../shared/base/cancel.ts';
import type { Log } from '../../shared/model/log.ts';
import { importPaths } from '../../src-main/importers/import-paths.ts';

const root = process.env.LANDFALL_DATA ?? '';

async function logsOf(file: string): Promise<Log[]> {
  const path = join(root, 'openlineage/events', file);
  const { entries } = await importPaths([path], { signal: NEVER_CANCELLED, onProgress: () => {} });
  return entries.flatMap((entry) => (entry.kind === 'log' ? [entry.log] : []));
}

describe.skipIf(root === '')('finalize ordering of real OpenLineage events', () => {
  const files = root === '' ? [] : readdirSync(join(root, 'openlineage/events'));

  it.each(files)('%s holds no proof', async (file) => {
    for (const log of await logsOf(file)) {
      const report = checkOrdering(log, { toleranceMs: 0, limit: 100 });
      expect(report.proved).toBe(0);
      expect(report.findings).toHaveLength(Math.min(100, report.overlap + report.cannotTell));
      for (const finding of report.findings) expect(finding.reason).not.toMatch(/NaN|undefined/);
    }
  });

  it('of one that overlaps says so, and what would tell more', async () => {
    const [log] = await logsOf('marquez-seed-food_delivery.json');
    if (!log) throw new Error('a log');
    const report = checkOrdering(log, { toleranceMs: 0, limit: 1 });
    expect(report.overlap).toBeGreaterThan(0);
    expect(report.advice.join()).toContain('which version was read');
  });
});
