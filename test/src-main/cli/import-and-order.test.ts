// From foreign files to a report, through the real commands: import, logs, order, summary.

import { cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { OrderingReport } from '../../../shared/analysis/ordering/report.ts';
import { type Ended, FIXTURES, landfall, scratchFolder } from './support/landfall.ts';
import { makeProvedWorkspace } from './support/proved-workspace.ts';

const dir = scratchFolder();
const run = (...args: string[]): Promise<Ended> => landfall(args, { cwd: dir });
const golden = (name: string): string => join(import.meta.dirname, '..', '..', 'golden', 'cli', `${name}.txt`);

let imported: Ended;
beforeAll(async () => {
  for (const name of ['early-read.ndjson', 'two-pools']) {
    cpSync(join(FIXTURES, name), join(dir, name), { recursive: true });
  }
  await run('--version');
  imported = await run('import', 'early-read.ndjson', 'two-pools', '--workspace', 'ws');
});

describe('landfall import', () => {
  it('tells what was read and stored', async () => {
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    await expect(imported.stdout).toMatchFileSnapshot(golden('command-import'));
  });

  it('stores the same content once', async () => {
    const again = await run('import', 'early-read.ndjson', '--workspace', 'ws', '--json');
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(again.stdout)).toMatchObject({ logs: [], alreadyThere: ['early-read'], errorCount: 0 });
    expect(JSON.parse((await run('logs', 'ws', '--json')).stdout)).toHaveLength(2);
  });

  it('makes the workspace in an empty folder too, and refuses one with other things in it', async () => {
    mkdirSync(join(dir, 'empty'));
    expect((await run('import', 'early-read.ndjson', '--workspace', 'empty')).code).toBe(0);
    const foreign = await run('import', 'early-read.ndjson', '--workspace', 'two-pools');
    expect(foreign.code).toBe(2);
    expect(foreign.stderr).toMatch(/^landfall: .*two-pools.*\n$/);
    expect(readdirSync(join(dir, 'two-pools')).sort()).toEqual(readdirSync(join(FIXTURES, 'two-pools')).sort());
  });
});

describe('landfall logs', () => {
  it('lists what is there', async () => {
    const { code, stdout } = await run('logs', 'ws');
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(golden('command-logs'));
  });
});

describe('landfall order', () => {
  it('exits 0 when nothing is proved', async () => {
    const overlap = await run('order', 'ws', '--log', 'early-read');
    expect((await run('order', 'ws', '--log', 'early-read', '--fail-on', 'overlap')).code).toBe(1);
    expect(overlap).toMatchObject({ code: 0, stderr: '' });
    await expect(overlap.stdout).toMatchFileSnapshot(golden('command-order-overlap'));
  });

  it('exits 1 on a proved early read, with the two events that show it', async () => {
    await makeProvedWorkspace(join(dir, 'proved'));
    const proved = await run('order', 'proved');
    expect(proved).toMatchObject({ code: 1, stderr: '' });
    await expect(proved.stdout).toMatchFileSnapshot(golden('command-order-proved'));
    const hidden = await run('order', 'proved', '--limit', '0');
    expect(hidden.code).toBe(1);
    expect(hidden.stdout).toContain('1 more; --limit N shows more of them');
    // Clocks that may be half an hour apart prove nothing.
    expect((await run('order', 'proved', '--tolerance-ms', '1800000')).code).toBe(0);
  });

  it('gives the same report as JSON', async () => {
    const { code, stdout } = await run('order', 'ws', '--log', 'early-read', '--json', '--tolerance-ms', '500');
    expect(code).toBe(0);
    const [finding] = (JSON.parse(stdout) as OrderingReport).findings;
    expect(JSON.parse(stdout)).toMatchObject({ log: 'early-read', toleranceMs: 500, proved: 0, overlap: 1 });
    expect(finding).toMatchObject({ grade: 'overlap', first: { kind: 'read' }, second: { kind: 'open' } });
  });

  it('takes the only log there is, and else names those there are', async () => {
    expect((await run('order', 'empty')).code).toBe(0);
    const which = await run('order', 'ws');
    expect(which).toMatchObject({ code: 2, stdout: '' });
    expect(which.stderr).toBe('landfall: which log? name one with --log (there are: two-pools, early-read)\n');
    const unknown = await run('order', 'ws', '--log', 'nights');
    expect(unknown.stderr).toBe('landfall: there is no log "nights" (there are: two-pools, early-read)\n');
    expect(unknown.code).toBe(2);
  });
});

describe('landfall summary', () => {
  it('is the verdict, also under the name `verdict`', async () => {
    const { code, stdout } = await run('summary', 'ws', '--log', 'two-pools');
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(golden('command-summary'));
    expect((await run('verdict', 'ws', '--log', 'two-pools')).stdout).toBe(stdout);
  });
});

it('leaves no lock behind', () => expect(existsSync(join(dir, 'ws', 'LOCK'))).toBe(false));
