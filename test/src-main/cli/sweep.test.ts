// `landfall sweep`: every value on the same replications, its difference to the first, and refusals with the value.

import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SweepAnswer } from '../../../shared/api/views-sweep.ts';
import { FIXTURES, landfall } from './support/landfall.ts';

const sweep = (...args: string[]) => landfall(['sweep', 'fit.yaml', ...args], { cwd: join(FIXTURES, 'scenarios') });

describe('landfall sweep', () => {
  it('compares every value with the first', async () => {
    const { code, stdout } = await sweep('pools.spark', '1', '2', '1', '--replications', '20', '--json');
    expect(code).toBe(0);
    const { rows, parameter } = JSON.parse(stdout) as SweepAnswer;
    expect(parameter).toBe('pools.spark');
    expect(rows.map(({ value, against }) => [value, against === null])).toEqual([
      ['1', true],
      ['2', false],
      ['1', false],
    ]);
    expect(rows[1].against?.meanLatencyMs).toMatchObject({ replications: 20, isCertain: true });
    expect(rows[1].against?.meanLatencyMs.mean).toBeLessThan(0);
    expect(rows[2].against?.makespanMs).toMatchObject({ mean: 0, halfWidth: 0 });
  });

  it('refuses a value with its place, and a path that leads nowhere', async () => {
    const [value, path] = await Promise.all([sweep('pools.spark', 'many'), sweep('pools.spark.slots.more', '1')]);
    expect([value.code, path.code]).toEqual([2, 2]);
    expect(value.stderr).toMatch(/^fit\.yaml:\d+: with pools\.spark=many: /m);
    expect(path.stderr).toContain('pools.spark.slots.more: nothing can be set at slots.more');
  });
});
