// The owner of a workspace in this process, with the real store and real worker threads (built by the boot script).

import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { localClient } from '../../../shared/api/channel/local-client.ts';
import { cancelSource } from '../../../shared/base/cancel.ts';
import { closeUnused, type Host, startHost } from '../../../src-main/host/start-host.ts';
import { FIXTURES, landfall } from '../cli/support/landfall.ts';

const SMALL = { seed: 4, pipelines: 60, taskRuns: 600 };
const root = mkdtempSync(join(tmpdir(), 'landfall-host-'));
const hosts: Host[] = [];

beforeAll(() => landfall(['--version']));
afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function open(name: string, options: Partial<Parameters<typeof startHost>[0]> = {}): Promise<Host> {
  const host = await startHost({ workspaceDir: join(root, name), ...options });
  hosts.push(host);
  return host;
}

describe('a host', () => {
  it('makes the sample with progress, once, and the same for the same size', async () => {
    const steps: string[] = [];
    const first = await open('sample', { sample: SMALL, onProgress: ({ step }) => steps.push(step) });
    expect(new Set(steps)).toEqual(
      new Set(['defining the sample company', 'playing its nights', 'storing the sample company']),
    );
    const logs = first.workspace.logs();
    // The backfill is one task run more, of a pipeline that runs on no other night.
    expect(logs.slice(1).map(({ name, pipelines, taskRuns }) => ({ name, pipelines, taskRuns }))).toEqual([
      { name: 'night-2025-12-23', pipelines: 60, taskRuns: 600 },
      { name: 'airflow-2025-12-24', pipelines: 60, taskRuns: 601 },
      { name: 'night-2025-12-24', pipelines: 60, taskRuns: 601 },
    ]);
    expect(logs[0]).toMatchObject({ name: 'landings-90-nights', source: 'observed' });
    expect(readFileSync(join(root, 'sample', 'scenarios', 'tonight.yaml'), 'utf8')).toContain('taskRuns: 600}');
    await first.close();
    const again = await open('sample', { sample: {}, onProgress: ({ step }) => steps.push(`again: ${step}`) });
    expect(again.workspace.logs()).toEqual(logs);
    expect(steps.filter((step) => step.startsWith('again'))).toEqual([]);
  });

  it('completes a sample that was half made, and leaves other logs alone', async () => {
    cpSync(join(root, 'sample'), join(root, 'half'), { recursive: true });
    const first = await open('half', { sample: SMALL });
    const client = localClient(first.handlers, first.topics);
    await client.call('imports.run', { paths: [join(FIXTURES, 'early-read.ndjson')] });
    const [lost] = first.workspace.logs();
    await client.call('log.remove', { log: lost?.name ?? '' });
    await first.close();
    const second = await open('half', { sample: {} });
    expect(second.workspace.logs().map(({ name }) => name)).toEqual([
      'landings-90-nights',
      'night-2025-12-23',
      'airflow-2025-12-24',
      'night-2025-12-24',
      'early-read',
    ]);
  });

  it('answers every method about the sample, with ids that fit together', async () => {
    const host = await open('sample', { sample: SMALL });
    const client = localClient(host.handlers, host.topics);
    const of = { log: 'night-2025-12-23' };
    const graph = await client.call('log.graph', of);
    const timeline = await client.call('log.timeline', of);
    const sla = await client.call('log.sla', of);
    const summary = await client.call('log.summary', of);
    const ordering = await client.call('log.ordering', { ...of, limit: 1_000, toleranceMs: 0 });
    expect(graph.pipelines.name).toHaveLength(60);
    expect(timeline.task).toHaveLength(600);
    expect(Math.max(...timeline.taskPipeline)).toBeLessThan(60);
    expect(timeline.times.startedUs.filter(Number.isFinite)).toHaveLength(600);
    expect(summary.startLatency.p99Ms).toBe(sla.startLatency.p99Ms);
    expect(summary.deadlines.total).toBe(sla.deadlines.rows.length);
    const early = ordering.rules.find(({ rule }) => rule === 'no-read-before-finalize');
    expect(summary.earlyReads).toEqual({
      proved: early?.proved,
      overlap: early?.overlap,
      cannotTell: early?.cannotTell,
    });
    const late = sla.startLatency.worstPipelines[0];
    const pipeline = await client.call('log.pipeline', { ...of, pipeline: late?.id ?? -1 });
    expect(pipeline.name).toBe(late?.name);
    expect(pipeline.tasks.flatMap(({ taskRuns }) => taskRuns)).toContain(late?.worstTaskRun);
    await expect(client.call('log.sla', { log: 'nights' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('tells its listeners when logs come and go', async () => {
    const host = await open('topics', { create: true });
    const client = localClient(host.handlers, host.topics);
    const revisions: number[] = [];
    client.listen('workspace.changed', ({ revision }) => revisions.push(revision));
    const { logs } = await client.call('imports.run', { paths: [join(FIXTURES, 'two-pools')] });
    expect(logs).toMatchObject([{ name: 'two-pools', source: 'simulated', taskRuns: 5, pipelines: 2 }]);
    await client.call('imports.run', { paths: [join(FIXTURES, 'two-pools')] });
    const after = await client.call('log.remove', { log: 'two-pools' });
    expect(after.logs).toEqual([]);
    expect(revisions).toEqual([host.workspace.revision - 1, host.workspace.revision]);
    await expect(client.call('log.graph', { log: 'two-pools' })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('plays an imported day exactly, and its log says so', async () => {
    const host = await open('days', { create: true });
    const client = localClient(host.handlers, host.topics);
    await client.call('imports.run', { paths: [join(FIXTURES, 'two-pools')] });
    const { times, fromUs, deadlineUs } = await client.call('log.timeline', { log: 'two-pools' });
    const ms = (column: Float64Array): number[] => Array.from(column, (us) => (us - fromUs) / 1_000);
    expect(ms(times.readyUs)).toEqual([0, 0, 185, 230, 55]);
    expect(ms(times.startedUs)).toEqual([55, 5, 190, 235, 155]);
    expect(ms(times.endedUs)).toEqual([155, 55, 230, 235, 165]);
    expect(ms(deadlineUs)).toEqual([120, Number.NaN, 200, 240, Number.NaN]);
    const { deadlines } = await client.call('log.sla', { log: 'two-pools' });
    expect({ met: deadlines.met, missed: deadlines.missed }).toEqual({ met: 1, missed: 2 });
  });

  it('stops making a sample when it is cancelled, and can make it later', async () => {
    const source = cancelSource();
    const big = { seed: 1, pipelines: 2_000, taskRuns: 50_000 };
    const starting = startHost({
      workspaceDir: join(root, 'cancelled'),
      sample: big,
      signal: source.signal,
      onProgress: () => source.cancel(),
    });
    await expect(starting).rejects.toMatchObject({ name: 'CancelledError' });
    expect(existsSync(join(root, 'cancelled', 'LOCK'))).toBe(false);
    const later = await open('cancelled', { sample: SMALL });
    expect(later.workspace.logs()).toHaveLength(4);
  });

  it('stops an import when its call is cancelled, and stores nothing of it', async () => {
    const host = await open('import-cancelled', { create: true });
    const client = localClient(host.handlers, host.topics);
    const source = cancelSource();
    const call = client.call(
      'imports.run',
      { paths: [join(FIXTURES, 'early-read.ndjson'), join(FIXTURES, 'two-pools')] },
      { signal: source.signal, onProgress: () => source.cancel() },
    );
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    // Changes come one after another, so this one waits for whatever is left of the other.
    await client.call('imports.run', { paths: [join(FIXTURES, 'slow')] });
    expect(host.workspace.logs().map(({ name }) => name)).toEqual(['slow']);
  });

  it('refuses a workspace that another host owns, and says who', async () => {
    await open('owned', { create: true });
    await expect(startHost({ workspaceDir: join(root, 'owned') })).rejects.toMatchObject({
      code: 'workspace-held',
      message: expect.stringContaining(`process ${process.pid}`) as unknown,
    });
  });
});

describe('closeUnused', () => {
  it('takes away what it made and nobody used, and nothing else', async () => {
    const made = await startHost({ workspaceDir: join(root, 'unused'), create: true });
    await closeUnused(made);
    expect(existsSync(join(root, 'unused'))).toBe(false);

    mkdirSync(join(root, 'folder'));
    await closeUnused(await startHost({ workspaceDir: join(root, 'folder'), create: true }));
    expect(readdirSync(join(root, 'folder'))).toEqual([]);

    const used = await startHost({ workspaceDir: join(root, 'used'), create: true });
    const client = localClient(used.handlers, used.topics);
    await client.call('imports.run', { paths: [join(FIXTURES, 'two-pools')] });
    await closeUnused(used);
    expect(existsSync(join(root, 'used', 'workspace.json'))).toBe(true);

    const old = await startHost({ workspaceDir: join(root, 'used') });
    await localClient(old.handlers, old.topics).call('log.remove', { log: 'two-pools' });
    await closeUnused(old);
    expect(existsSync(join(root, 'used', 'workspace.json'))).toBe(true);
  });

  it('makes no workspace among other files', async () => {
    mkdirSync(join(root, 'foreign'));
    writeFileSync(join(root, 'foreign', 'notes.txt'), 'mine');
    await expect(startHost({ workspaceDir: join(root, 'foreign'), create: true })).rejects.toMatchObject({
      code: 'not-a-workspace',
    });
    expect(readdirSync(join(root, 'foreign'))).toEqual(['notes.txt']);
  });
});
