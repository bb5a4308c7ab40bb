// `landfall markers` over real folders: verdicts, exit codes, a listing, a log of it, and a marker that is written only
// for what the ledger has finalized.

import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CliIo, ExitCode } from '../../../src-main/cli/io.ts';
import { runCli } from '../../../src-main/cli/program.ts';
import { PLAIN_STYLE } from '../../../src-main/cli/style.ts';
import { startHost } from '../../../src-main/host/start-host.ts';

const root = realpathSync(mkdtempSync(join(tmpdir(), 'landfall-markers-')));
afterAll(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, atS: number): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'x');
  utimesSync(file, atS, atS);
}

beforeAll(() => {
  put('events/date=1/part-0', 1_766_600_000);
  put('events/date=1/_SUCCESS', 1_766_600_001);
  put('events/date=2/part-0', 1_766_600_000);
  put('old/date=1/part-0', 1_766_600_009);
  put('old/date=1/_SUCCESS', 1_766_600_001);
});

async function run(...argv: string[]): Promise<{ out: string; err: string; code: number }> {
  const said = { out: '', err: '' };
  const io: CliIo = {
    out: (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    env: {},
    cwd: root,
    style: PLAIN_STYLE,
    errIsTerminal: false,
    exitCode: ExitCode.ok,
  };
  await runCli(argv, io);
  return { ...said, code: io.exitCode };
}

it('tells whole from running, and finds nothing wrong with either', async () => {
  const { out, code } = await run('markers', 'events', '--dataset', 'events');
  expect(out).toMatch(/^date=1 +whole +1 /m);
  expect(out).toMatch(/^date=2 +running +1 /m);
  expect(out).toMatch(/1 whole, 1 running\n$/);
  expect(code).toBe(0);
});

it('counts what it shows, and says how many others there are', async () => {
  const { out } = await run('markers', 'events', '--dataset', 'events', '--partition', 'date=2');
  expect(out).toMatch(/^events: 3 files in 2 partitions \(folder\)\n/);
  expect(out).toMatch(/\n1 running; 1 other partition not asked for\n$/);
});

it('counts the same in JSON', async () => {
  const json = async (...more: string[]) =>
    JSON.parse((await run('markers', 'events', '--dataset', 'events', '--json', ...more)).out) as Record<
      string,
      unknown
    >;
  const none = { whole: 0, running: 0, stale: 0, empty: 0, unknown: 0 };
  expect(await json('--partition', 'date=2')).toMatchObject({
    files: 3,
    partitions: [{ key: 'date=2' }],
    counts: { ...none, running: 1 },
    otherPartitions: 1,
  });
  expect(await json('--status', 'stale')).toMatchObject({ partitions: [], counts: none, otherPartitions: 2 });
  expect(await json()).toMatchObject({ counts: { ...none, whole: 1, running: 1 }, otherPartitions: 0 });
});

it('finds one partition by its key or by its folder, and says when none was asked for', async () => {
  put('levels/year=2025/month=12/part-0', 1_766_600_000);
  put('levels/year=2025/month=12/_SUCCESS', 1_766_600_001);
  for (const key of ['year=2025/month=12', 'month=12/year=2025']) {
    const { out, code } = await run('markers', 'levels', '--dataset', 'levels', '--partition', key);
    expect([code, out]).toEqual([0, expect.stringMatching(/^month=12\/year=2025 +whole/m)]);
  }
  const none = await run('markers', 'levels', '--dataset', 'levels', '--status', 'stale');
  expect([none.code, none.out]).toEqual([0, expect.stringMatching(/\nof 1 partition none was asked for\n$/)]);
});

it('exits 1 on a stale marker, and on one partition that is not whole', async () => {
  expect(await run('markers', 'old', '--dataset', 'old')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/1 stale/),
  });
  expect((await run('markers', 'events', '--dataset', 'e', '--partition', 'date=1')).code).toBe(0);
  expect((await run('markers', 'events', '--dataset', 'e', '--partition', 'date=2')).code).toBe(1);
});

it('judges an object store by its listing', async () => {
  const listing = JSON.stringify({
    Contents: [
      { Key: 'lake/events/date=1/part-0', Size: 5, LastModified: '2025-12-24T01:00:00Z' },
      { Key: 'lake/events/date=1/_SUCCESS', Size: 0, LastModified: '2025-12-24T01:00:01Z' },
    ],
  });
  writeFileSync(join(root, 'objects.json'), listing);
  const { out, code } = await run('markers', 'lake/events', '--dataset', 'e', '--listing', 'objects.json', '--json');
  expect(JSON.parse(out)).toMatchObject({
    formats: ['list-objects JSON'],
    counts: { whole: 1 },
    partitions: [{ key: 'date=1' }],
  });
  expect(code).toBe(0);
});

it('does not judge by a part of a listing', async () => {
  const page = { IsTruncated: true, NextContinuationToken: 'more', Contents: [] };
  writeFileSync(join(root, 'part.json'), JSON.stringify(page));
  expect(await run('markers', 'lake/events', '--dataset', 'e', '--listing', 'part.json')).toMatchObject({
    code: 2,
    err: expect.stringContaining('part.json: the listing goes on after its last page here (IsTruncated)'),
  });
});

it('says what is wrong with what it was given', async () => {
  expect(await run('markers', 'nowhere', '--dataset', 'e')).toMatchObject({
    code: 2,
    err: expect.stringContaining('nowhere: no such file or folder'),
  });
  const policy = await run('markers', 'events', '--dataset', 'e', '--policy', 'file');
  expect(policy).toMatchObject({ code: 2, err: expect.stringContaining('partition, root') });
  expect((await run('markers', 'events', '--dataset', 'e', '--write')).err).toContain('--write wants --workspace DIR');
  const above = ['--write', '--workspace', 'kept', '--partition', 'date=1/../..'];
  expect(await run('markers', 'events', '--dataset', 'e', ...above)).toMatchObject({
    code: 2,
    err: expect.stringContaining('without . and ..'),
  });
});

it('keeps what it found as a log of a workspace, once', async () => {
  const args = ['markers', 'events', '--dataset', 'events', '--workspace', 'kept'];
  expect((await run(...args)).err).toContain('markers-events');
  expect((await run(...args)).err).toContain('already there: markers-events');
  expect((await run('order', 'kept')).code).toBe(0);
});

it('writes the marker of what the ledger has finalized, and of nothing else', async () => {
  const name = { namespace: 'lake', dataset: 'events', partition: 'date=2' };
  const marker = join(root, 'events', 'date=2', '_SUCCESS');
  const args = ['markers', 'events', '--dataset', 'events', '--namespace', 'lake', '--write', '--partition', 'date=2'];
  const write = () => run(...args, '--workspace', 'kept');
  expect(await write()).toMatchObject({ code: 2, err: expect.stringContaining('date=2') });
  const host = await startHost({ workspaceDir: join(root, 'kept') });
  const { ledger } = host.api;
  const { token } = await ledger.open({ ...name, run: 'r', attempt: 1 });
  await ledger.finalize({ run: 'r', outputs: [{ ...name, token }] });
  await host.close();
  expect(existsSync(marker)).toBe(false);
  expect(await write()).toMatchObject({ code: 0, out: expect.stringContaining('written for version 1') });
  expect((await run('markers', 'events', '--dataset', 'e', '--partition', 'date=2')).code).toBe(0);
});
