// `landfall simulate` on scenario files: the same numbers for the same seed, a day as a base, refusals with their place.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ScenarioSummary } from '../../../shared/api/views-scenario.ts';
import { simulateScenario } from '../../../src-main/services/simulate-scenario.ts';
import { INCIDENT, makeHalyard } from '../services/small-halyard.ts';
import { FIXTURES, landfall, scratchFolder } from './support/landfall.ts';
import { makeProvedWorkspace } from './support/proved-workspace.ts';

const SCENARIOS = join(FIXTURES, 'scenarios');
const run = (...args: string[]) => landfall(['simulate', ...args], { cwd: SCENARIOS });

// Builds, which is told on stderr.
beforeAll(() => landfall(['--version']));

const withoutTimes = (line: string): Record<string, unknown> => {
  const {
    buildMs: _b,
    simMs: _s,
    simCpuMs: _c,
    eventsPerSecond: _e,
    ...rest
  } = JSON.parse(line) as Record<string, unknown>;
  return rest;
};

describe('landfall simulate SCENARIO', () => {
  it('says of a file that is not there just that, whatever the options are for', async () => {
    const gone = await run('nope.yaml', '--out', 'starts.csv');
    expect([gone.code, gone.stdout, gone.stderr]).toEqual([2, '', 'nope.yaml: no such file or folder\n']);
  });

  it('prints one line of JSON, the same for the same seed, another for another', async () => {
    const [first, again, other] = await Promise.all([
      run('queue.yaml', '--json', '--replications', '3'),
      run('queue.yaml', '--json', '--replications', '3'),
      run('queue.yaml', '--json', '--replications', '3', '--seed', '2'),
    ]);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^\{.*\}\n$/);
    const summary = withoutTimes(first.stdout);
    expect(summary).toMatchObject({ name: 'one server', seed: 1, replications: 3, failed: 0, unfinished: 0 });
    expect(summary.succeeded).toBe(summary.taskRuns);
    expect(summary.events).toBe(2 * Number(summary.taskRuns));
    expect(withoutTimes(again.stdout)).toEqual(summary);
    expect(withoutTimes(other.stdout)).not.toEqual({ ...summary, seed: 2 });
  });

  it('names its result on request; and says when nothing is due', async () => {
    const dir = scratchFolder();
    const rare = join(dir, 'rare.yaml');
    writeFileSync(rare, 'version: 1\nhorizon: 1d\npipelines:\n  p: {schedule: "0 0 29 2 *", tasks: {t: 1m}}\n');
    const [first, again, other, nothing] = await Promise.all([
      run('queue.yaml', '--json', '--hash'),
      run('queue.yaml', '--hash'),
      run('queue.yaml', '--json', '--hash', '--seed', '2'),
      landfall(['simulate', rare]),
    ]);
    const { resultHash } = JSON.parse(first.stdout) as ScenarioSummary;
    expect(resultHash).toMatch(/^[0-9a-f]{32}$/);
    expect(again.stdout).toMatch(new RegExp(`^result +${resultHash}$`, 'm'));
    expect((JSON.parse(other.stdout) as ScenarioSummary).resultHash).not.toBe(resultHash);
    expect([nothing.code, nothing.stdout]).toEqual([
      0,
      expect.stringMatching(/^task runs +0: nothing is due within the horizon of 24 h 00 min$/m),
    ]);
  });

  it('says the same from several threads as from one', async () => {
    const { code, stdout } = await run('queue.yaml', '--json', '--replications', '9');
    expect(code).toBe(0);
    const path = join(SCENARIOS, 'queue.yaml');
    const alone = await simulateScenario(path, { replications: 9, seed: null, workersDir: null, logs: null });
    expect(withoutTimes(stdout)).toEqual(withoutTimes(JSON.stringify(alone.summary)));
  });

  it('plays a reference day that it is laid over to its own numbers', async () => {
    const { code, stdout } = await run('over-day.yaml', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      taskRuns: 5,
      events: 11,
      startLatencyP50Ms: 5,
      startLatencyP99Ms: 100,
      deadlinesMet: 1,
      deadlinesTotal: 3,
      makespanMaxMs: 238,
    });
  });

  it('plays the sample company under the Airflow preset: slower than its ideal, nothing lost', async () => {
    const { code, stdout } = await run('over-sample.yaml', '--json');
    expect(code).toBe(0);
    const summary = JSON.parse(stdout) as Record<string, number>;
    expect(summary).toMatchObject({ taskRuns: 400, succeeded: 400, unfinished: 0 });
    expect(summary.startLatencyP50Ms).toBeGreaterThan(0);
  });

  it('prints a table with targets and pools', async () => {
    const { code, stdout } = await run('queue.yaml');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^replications +1$/m);
    expect(stdout).toMatch(/^start latency p50 of all tasks within 1 s .* PASS$/m);
    expect(stdout).toMatch(/^server +1 /m);
  });

  it('1,000 ready at once, 16 a loop: p50 31, p99 61, max 62, mean 30.752 s', async () => {
    const { stdout } = await run('loop.yaml', '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      startLatencyP50Ms: 31_000,
      startLatencyP99Ms: 61_000,
      startLatencyMaxMs: 62_000,
      startLatencyMeanMs: 30_752,
    });
  });

  it('M/M/3 at 2 a second waits 0.444444 s, and Little’s law holds', async () => {
    const { stdout } = await run('servers.yaml', '--json');
    const { poolWaitMeanMs, poolWaitMeanHalfWidthMs, pools, tasks } = JSON.parse(stdout) as ScenarioSummary;
    // From 95 to 99.9 %.
    const half = 1.7 * Number(poolWaitMeanHalfWidthMs);
    expect(half).toBeLessThan(80);
    expect(Math.abs(Number(poolWaitMeanMs) - 444.444)).toBeLessThan(half);
    const servers = pools.find(({ pool }) => pool === 'servers');
    expect(servers?.meanWaiting).toBeCloseTo((servers?.grantsPerSecond ?? 0) * ((servers?.meanWaitMs ?? 0) / 1_000), 3);
    expect(tasks[0].poolWait.meanMs).toBe(poolWaitMeanMs);
  });

  it('a task that tells by an event and by a marker: each reader and each landing by its own', async () => {
    const { code, stdout } = await run('event-and-marker.yaml', '--json');
    expect(code).toBe(0);
    const { tasks, targets, makespanMaxMs } = JSON.parse(stdout) as ScenarioSummary;
    // Ready at 85 s and started then; ready at 69 s, started at 90 s and done a second later.
    expect(tasks.map(({ task, startLatency }) => [task, startLatency.maxMs])).toEqual([
      ['w.write', 0],
      ['byEvent.read', 0],
      ['byMarker.read', 21_000],
    ]);
    expect(makespanMaxMs).toBe(96_000);
    expect(targets.map(({ name, met, trials }) => `${name}: ${met} of ${trials}`)).toEqual([
      'landing of told within 1 min 25 s: 1 of 1',
      'landing of told within 1 min 24 s: 0 of 1',
      'landing of marked within 1 min 09 s: 1 of 1',
      'landing of marked within 1 min 08 s: 0 of 1',
    ]);
  });

  it('refuses a cycle, with file and line', async () => {
    const { code, stdout, stderr } = await run('cycle.yaml', '--json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^cycle\.yaml:6: .*cycle: load\.extract -> load\.write -> load\.extract$/m);
  });

  it('is laid over the logs of a workspace', async () => {
    const dir = join(scratchFolder(), 'proved');
    await makeProvedWorkspace(dir);
    const { code, stdout, stderr } = await run('over-log.yaml', '--workspace', dir, '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { durations, grown, taskRuns } = JSON.parse(stdout) as ScenarioSummary;
    expect(durations).toMatchObject({ resample: 'nights', tasks: 2, nights: ['2025-12-24'] });
    expect({ grown, taskRuns }).toEqual({ grown: { pipelines: 1, upstreams: 0, dataFactor: 1 }, taskRuns: 9 });
    const without = await run('over-log.yaml');
    expect(without.code).toBe(2);
    expect(without.stderr).toContain(
      'over-log.yaml:5: base.log: a log of a workspace: say of which with --workspace DIR',
    );
  });

  it('plays on from an observed night, and says when what had not landed does', async () => {
    const dir = join(scratchFolder(), 'halyard');
    await makeHalyard(dir);
    const file = join(dir, '..', 'from.yaml');
    const target = 'targets: [{landing: {dataset: features.user_daily, by: "02:00"}}]';
    writeFileSync(file, `version: 1\nbase: {log: ${INCIDENT}}\nsnapshot: 2025-12-25T01:00\n${target}\n`);
    const args = ['simulate', file, '--workspace', dir];
    const { code, stdout, stderr } = await landfall([...args, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { snapshot } = JSON.parse(stdout) as ScenarioSummary;
    expect(snapshot).toMatchObject({
      running: 6,
      notPlanned: 0,
      notWaiting: 0,
      waitingUnseen: 0,
      landings: [{ trials: 1 }],
    });
    expect(Number(snapshot?.landings[0].p50Ms)).toBeGreaterThan(Date.parse('2025-12-25T02:00Z'));
    expect((await landfall(args)).stdout).toContain(
      'landing of features.user_daily by 02:00 UTC: lands p50 2025-12-25T02:',
    );
  }, 60_000);

  it('refuses options of the other kind', async () => {
    expect((await run('queue.yaml', '--out', 'x.csv')).stderr).toContain('--out belongs to a reference day');
    expect((await run('../two-pools', '--seed', '3')).stderr).toContain('--seed belongs to a scenario file');
  });
});
