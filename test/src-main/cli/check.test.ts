// `landfall check` on scenario files, with the real model: verdicts and their exit codes, the search for slots, history
// beside it from a workspace, refusals with their place.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { FitReport } from '../../../shared/api/views-fit.ts';
import { FIXTURES, landfall, scratchFolder } from './support/landfall.ts';

const dir = scratchFolder();
const write = (name: string, change: (text: string) => string): string => {
  writeFileSync(join(dir, name), change(readFileSync(join(FIXTURES, 'scenarios', 'fit.yaml'), 'utf8')));
  return name;
};
const check = (...args: string[]) => landfall(['check', ...args], { cwd: dir });
const reportOf = (stdout: string): FitReport => JSON.parse(stdout) as FitReport;

beforeAll(() => copyFileSync(join(FIXTURES, 'scenarios', 'fit.yaml'), join(dir, 'fit.yaml')));

describe('landfall check', () => {
  it('is 0 when the target is met, and shows how surely', async () => {
    const { code, stdout } = await check('fit.yaml', '--json');
    expect(code).toBe(0);
    const { rows, verdict, targets, slotsNeeded } = reportOf(stdout);
    expect(targets).toEqual([{ name: 'landing of features by 02:00 UTC', wanted: 0.995, of: 'nights' }]);
    expect(rows).toMatchObject([{ kind: 'today', label: 'today', pool: 'spark', slots: 3, extrapolated: [] }]);
    expect(rows[0].standings[0]).toMatchObject({ verdict: 'met' });
    expect(rows[0].nights).toBeLessThanOrEqual(2_000);
    expect(verdict).toBe('met');
    expect(slotsNeeded).toBeNull();
  });

  it('is 1 when it is missed, and says with how many slots it would be met', async () => {
    write('tight.yaml', (text) => text.replace('spark: 3', 'spark: 1').replace('every: 6m', 'every: 8m'));
    const { code, stdout } = await check('tight.yaml', '--json');
    expect(code).toBe(1);
    const { rows, verdict, slotsNeeded } = reportOf(stdout);
    expect(verdict).toBe('missed');
    expect(rows.map(({ kind }) => kind)).toEqual(['today', 'searched']);
    expect(rows[0].standings[0]?.verdict).toBe('missed');
    expect(rows[1].standings[0]?.verdict).toBe('met');
    expect(rows[1].slots).toBe(slotsNeeded);
    expect(rows[1].extrapolated).toEqual(['more than the 1 slot that spark ever had']);
    const text = await check('tight.yaml', '--no-search');
    expect(text.code).toBe(1);
    expect(text.stdout).toMatch(
      /^WILL IT FIT {3}landing of features by 02:00 UTC, 99\.5 % of nights\n {2}today +1 +spark .*missed\n/,
    );
  });

  it('is 1 when so few nights cannot confirm it, and says how many it would take', async () => {
    const { code, stdout } = await check('fit.yaml', '--nights', '100', '--no-search');
    expect(code).toBe(1);
    expect(stdout).toMatch(/0\/100 +cannot confirm, 598 nights with so few misses would\n/);
  });

  it('says the same for the same seed, and grows as it is told', async () => {
    const options = ['--nights', '70', '--grow', '+100%', '--json', '--no-search'];
    const [one, again, other] = await Promise.all([
      check('fit.yaml', ...options),
      check('fit.yaml', ...options),
      check('fit.yaml', ...options, '--seed', '9'),
    ]);
    expect(again.stdout).toBe(one.stdout);
    expect(other.stdout).not.toBe(one.stdout);
    expect(reportOf(one.stdout).rows.map(({ label }) => label)).toEqual(['today', '+100 %']);
  });

  it('is 2 for bad input, with its place', async () => {
    write('no-targets.yaml', (text) => text.replace(/targets:[^]*/, ''));
    const [none, pool, missing, usage] = await Promise.all([
      check('no-targets.yaml'),
      check('fit.yaml', '--pool', 'sparc', '--slots', '4'),
      check('nowhere.yaml'),
      check(),
    ]);
    expect([none.code, pool.code, missing.code, usage.code]).toEqual([2, 2, 2, 2]);
    expect(none.stderr).toContain('there is nothing to check: write targets');
    expect(pool.stderr).toContain('there is no pool "sparc"');
    expect(pool.stderr).toContain('spark');
    expect(usage.stderr).toContain('a scenario, or --workspace DIR, is wanted');
  });
});
