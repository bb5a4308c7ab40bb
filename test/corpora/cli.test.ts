// The commands on real input that nobody here wrote: exact answers of reference days, and reports on real events.
// Runs where LANDFALL_DATA names the folder.

import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { OrderingReport } from '../../shared/analysis/ordering/report.ts';
import type { ImportView } from '../../shared/api/views.ts';
import { landfall } from '../src-main/cli/support/landfall.ts';

const DATA = process.env.LANDFALL_DATA ?? '';
const dir = mkdtempSync(join(tmpdir(), 'landfall-corpora-'));
afterAll(() => rmSync(dir, { recursive: true, force: true }));

const days = DATA === '' ? [] : readdirSync(join(DATA, 'reference-days'));

describe.skipIf(!process.env.LANDFALL_DATA)('real input through the commands', () => {
  it.each(days)('simulate %s is right to the byte', async (day) => {
    const out = join(dir, `${day}.csv`);
    const folder = join(DATA, 'reference-days', day);
    const { code, stdout, stderr } = await landfall(['simulate', folder, '--out', out, '--repeat', '2', '--json']);
    expect({ code, stderr: stderr.replace(/^building….*\n/, '') }).toEqual({ code: 0, stderr: '' });
    expect(readFileSync(out).equals(readFileSync(join(folder, 'expected.csv')))).toBe(true);
    const starts = readFileSync(out, 'utf8').trimEnd().split('\n');
    expect((JSON.parse(stdout) as { tasks: number }).tasks).toBe(starts.length);
  });

  it('imports OpenLineage events and a day, and orders each', async () => {
    const workspace = join(dir, 'workspace');
    const paths = ['openlineage/events/airflow.ndjson', 'openlineage/events/marquez-seed-food_delivery.json'];
    const imported = await landfall(['import', ...paths, 'reference-days/small', '--workspace', workspace, '--json'], {
      cwd: DATA,
    });
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    const view = JSON.parse(imported.stdout) as ImportView;
    expect(view.files.map(({ file, read, stored }) => ({ file, read, stored }))).toEqual([
      { file: paths[0], read: 32, stored: 32 },
      { file: paths[1], read: 26, stored: 26 },
      { file: 'reference-days/small', read: 3_000, stored: 3_000 },
    ]);
    const names = view.logs.map(({ name }) => name);
    expect(names).toEqual(['airflow', 'marquez-seed-food_delivery', 'small']);
    for (const log of names) {
      const { code, stdout } = await landfall(['order', workspace, '--log', log, '--json']);
      const report = JSON.parse(stdout) as OrderingReport;
      expect({ log, code, reads: report.reads > 0 }).toEqual({ log, code: report.proved > 0 ? 1 : 0, reads: true });
    }
  });
});
