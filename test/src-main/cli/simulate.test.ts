// `landfall simulate` on a day whose answer was worked out by hand.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FIXTURES, landfall, scratchFolder } from './support/landfall.ts';

const dir = scratchFolder();
const DAY = join(FIXTURES, 'two-pools');

const KEYS = [
  'tasks',
  'events',
  'startLatencyP50Ms',
  'startLatencyP99Ms',
  'deadlinesMet',
  'deadlinesTotal',
  'makespanMs',
  'loadMs',
  'buildMs',
  'simMs',
  'simCpuMs',
  'eventsPerSecond',
];

describe('landfall simulate', () => {
  it('writes the exact answer and one line of JSON', async () => {
    const out = join(dir, 'starts.csv');
    const { code, stdout, stderr } = await landfall(['simulate', DAY, '--out', out, '--repeat', '3', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^(building….*\n)?$/) });
    expect(readFileSync(out, 'utf8')).toBe(readFileSync(join(DAY, 'expected.csv'), 'utf8'));
    expect(stdout).toMatch(/^\{.*\}\n$/);
    const summary = JSON.parse(stdout) as Record<string, number>;
    expect(Object.keys(summary)).toEqual(KEYS);
    expect(summary).toMatchObject({
      tasks: 5,
      events: 11,
      startLatencyP50Ms: 5,
      startLatencyP99Ms: 100,
      deadlinesMet: 1,
      deadlinesTotal: 3,
      makespanMs: 238,
    });
    const measured = ['loadMs', 'buildMs', 'simMs', 'simCpuMs', 'eventsPerSecond'];
    expect(measured.filter((key) => !((summary[key] ?? 0) > 0))).toEqual([]);
  });

  it('prints a table with a verdict for each target, and a failed target is no failure of the command', async () => {
    const { code, stdout } = await landfall(['simulate', 'two-pools'], { cwd: FIXTURES });
    expect(code).toBe(0);
    expect(stdout).toContain('start latency p50  5 ms');
    expect(stdout.match(/PASS/g)).toHaveLength(2);
    const slow = await landfall(['simulate', 'slow'], { cwd: FIXTURES });
    expect(slow.code).toBe(0);
    expect(slow.stdout).toMatch(/start latency p50 .*FAIL\nstart latency p99 .*FAIL\n/);
  });

  it('leaves no answer behind where it cannot be written', async () => {
    const out = join(dir, 'no-such-folder', 'starts.csv');
    const { code, stderr } = await landfall(['simulate', DAY, '--out', out]);
    expect(code).toBe(2);
    expect(stderr).toBe(`landfall: ${out}: the answer cannot be written: there is no such folder\n`);
    expect(existsSync(join(dir, 'no-such-folder'))).toBe(false);
  });
});
