// `landfall start` as a process of its own: the sample, the verdict, a page that answers, other commands beside it,
// and a clean end.

import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { OrderingReport } from '../../../shared/analysis/ordering/report.ts';
import type { LogView } from '../../../shared/api/views.ts';
import { FIXTURES, landfall, REPOSITORY, type Running, scratchFolder, startLandfall } from './support/landfall.ts';

const dir = scratchFolder();
const SMALL = ['--seed', '4', '--pipelines', '60', '--tasks', '600'];
const NO_DESKTOP = { DISPLAY: '', WAYLAND_DISPLAY: '' };

const running: Running[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.kill('SIGKILL');
    await one.ended;
  }
});

function start(...args: string[]): Running {
  const one = startLandfall(['start', '--no-open', '--port', '0', ...args], { cwd: dir, env: NO_DESKTOP });
  running.push(one);
  return one;
}
const upAt = async (one: Running): Promise<string> => (await one.printed(/(http:\/\/127\.0\.0\.1:\d+)\/\S+/))[1] ?? '';
const isLocked = (workspace: string): boolean => existsSync(join(dir, workspace, 'LOCK'));

describe('landfall start', () => {
  it('makes the sample once, prints the verdict, serves the page, and ends cleanly on Ctrl+C', async () => {
    const first = start('--workspace', 'company', ...SMALL);
    const url = await upAt(first);
    expect((await fetch(url)).status).toBe(200);
    expect(isLocked('company')).toBe(true);
    first.kill('SIGINT');
    const { code, stdout, stderr } = await first.ended;
    expect(code).toBe(0);
    expect(isLocked('company')).toBe(false);
    expect(stderr).toContain('defining the sample company\n');
    expect(stdout).toMatch(/ {2}pipelines +60\n {2}task runs +601\n {2}start latency p50 .*(PASS|FAIL)\n/);
    expect(stdout).toMatch(/ {2}deadlines +.+\n {2}early reads +\d+ proved, \d+ overlap, \d+ cannot tell\n/);

    const imports = readdirSync(join(dir, 'company', 'imports')).sort();
    const second = start('--workspace', 'company');
    await upAt(second);
    second.kill('SIGTERM');
    const again = await second.ended;
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(verdictOf(again.stdout)).toBe(verdictOf(stdout));
    expect(readdirSync(join(dir, 'company', 'imports')).sort()).toEqual(imports);

    cpSync(join(dir, 'company'), join(dir, 'kept'), { recursive: true });
    const other = start('--workspace', 'company', '--tasks', '700');
    await upAt(other);
    other.kill('SIGINT');
    expect((await other.ended).stdout).toContain('  task runs          701\n');
    expect(readdirSync(join(dir, 'company', 'imports'))).toHaveLength(imports.length);
  });

  it('opens a workspace with other logs as it is, with no sample put in', async () => {
    cpSync(join(FIXTURES, 'early-read.ndjson'), join(dir, 'early-read.ndjson'));
    await landfall(['import', 'early-read.ndjson', '--workspace', 'own'], { cwd: dir });
    const own = start('--workspace', 'own');
    await upAt(own);
    own.kill('SIGINT');
    const { code, stdout, stderr } = await own.ended;
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^early-read · /);
  });

  it('ends by Ctrl+C while it makes the sample, and makes it the next time', async () => {
    const early = startLandfall(['start', '--no-open', '--port', '0', '--workspace', 'early'], { cwd: dir });
    running.push(early);
    await until(() => isLocked('early'));
    early.kill('SIGINT');
    expect((await early.ended).code).toBe(130);
    expect(isLocked('early')).toBe(false);
    const next = start('--workspace', 'early', ...SMALL);
    await upAt(next);
    next.kill('SIGINT');
    expect((await next.ended).code).toBe(0);
  });

  it('refuses a size that makes no sense and leaves nothing behind', async () => {
    const args = ['start', '--no-open', '--workspace', 'odd', '--pipelines', '60', '--tasks', '10'];
    const { code, stdout, stderr } = await landfall(args, { cwd: dir });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toBe('landfall: the size of the sample: 60 pipelines need 62 task runs a night or more, not 10\n');
    expect(existsSync(join(dir, 'odd'))).toBe(false);
  });

  it('hears one Ctrl+C that comes twice once, as npm sends it', async () => {
    const one = start('--workspace', 'own');
    await upAt(one);
    one.kill('SIGINT');
    one.kill('SIGINT');
    one.kill('SIGINT');
    expect((await one.ended).code).toBe(0);
    expect(isLocked('own')).toBe(false);
  });

  it.skipIf(process.platform === 'win32')('stops when the shell that npm put before it is ended', async () => {
    const command = `"$0" "$1" start --no-open --port 0 --workspace own; :`;
    const shell = spawn('sh', ['-c', command, process.execPath, join(REPOSITORY, 'src-main', 'boot.mjs')], {
      cwd: dir,
      env: { ...process.env, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    await new Promise<void>((up) => shell.stdout.on('data', (text) => String(text).includes('Ctrl+C') && up()));
    expect(isLocked('own')).toBe(true);
    shell.kill('SIGTERM');
    // The pipe closes when the last process that writes to it is gone.
    await new Promise((closed) => shell.on('close', closed));
    expect(isLocked('own')).toBe(false);
  });

  it.runIf(process.platform === 'linux')('opens the browser where there is no desktop, and says why', async () => {
    const bin = join(dir, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'xdg-open'), `#!/bin/sh\necho "$1" > "${dir}/opened"\n`, { mode: 0o755 });
    const env = { ...NO_DESKTOP, CI: '', PATH: `${bin}:${process.env.PATH}` };
    const one = startLandfall(['start', '--port', '0', '--workspace', 'own'], { cwd: dir, env });
    running.push(one);
    const [, launchUrl] = await one.printed(/(http:\/\/127\.0\.0\.1:\d+\/\S+)/);
    await until(() => existsSync(join(dir, 'opened')) && readFileSync(join(dir, 'opened'), 'utf8') !== '');
    expect(readFileSync(join(dir, 'opened'), 'utf8')).toBe(`${launchUrl}\n`);
    one.kill('SIGINT');
    const { code, stdout } = await one.ended;
    expect(code).toBe(0);
    expect(stdout).toContain('No Electron here: there is no display. The same workbench in a browser:\n');
  });

  it('needs nothing that opens a browser', async () => {
    const one = startLandfall(['start', '--browser', '--port', '0', '--workspace', 'own'], {
      cwd: dir,
      env: { ...NO_DESKTOP, PATH: '' },
    });
    running.push(one);
    await upAt(one);
    one.kill('SIGINT');
    expect(await one.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('refuses a port in use in one line and gives the workspace back', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((listening) => taken.once('listening', listening));
    const { port } = taken.address() as { port: number };
    const late = startLandfall(['start', '--no-open', '--workspace', 'own', '--port', String(port)], { cwd: dir });
    const { code, stderr } = await late.ended;
    taken.close();
    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`^landfall: --port: port ${port} is in use by another program[^\\n]*\\n$`));
    expect(isLocked('own')).toBe(false);
  });
});

/** The one that the first test made. */
const copySample = (name: string): void => cpSync(join(dir, 'kept'), join(dir, name), { recursive: true });

describe('beside an open workbench', () => {
  it('commands call the process that has the workspace open', async () => {
    mkdirSync(join(dir, 'beside'));
    cpSync(join(FIXTURES, 'two-pools'), join(dir, 'beside', 'two-pools'), { recursive: true });
    copySample('shared');
    const workbench = start('--workspace', 'shared');
    const url = await upAt(workbench);
    const cwd = join(dir, 'beside');
    const run = (...args: string[]) => landfall(args, { cwd });

    const logs = JSON.parse((await run('logs', '../shared', '--json')).stdout) as LogView[];
    expect(logs.slice(1).map((log) => log.taskRuns)).toEqual([600, 601, 601]);
    // A path that is relative to this command, not to the owner.
    const imported = await run('import', 'two-pools', '--workspace', '../shared');
    expect(imported).toMatchObject({ code: 0, stderr: '' });
    expect(imported.stdout).toContain('1 log stored');
    const order = await run('order', '../shared', '--log', 'two-pools', '--json');
    expect(order.code).toBe(0);
    expect((JSON.parse(order.stdout) as OrderingReport).log).toBe('two-pools');
    expect((await run('order', '../shared', '--log', 'nights')).stderr).toContain('there is no log "nights"');
    const missing = await run('import', 'not-there', '--workspace', '../shared');
    expect(missing.code).toBe(1);
    expect(missing.stderr).toMatch(/^not-there[^\n]*\n$/);

    const again = await landfall(['start', '--no-open', '--workspace', 'shared'], { cwd: dir });
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(again.stdout).toMatch(new RegExp(`^Already open in process ${workbench.pid}: ${url}/\\S+\n$`));

    expect(isLocked('shared')).toBe(true);
    workbench.kill('SIGINT');
    expect((await workbench.ended).code).toBe(0);
    expect(JSON.parse((await run('logs', '../shared', '--json')).stdout) as LogView[]).toHaveLength(5);
  });

  it('commands that come at the same moment wait for each other', async () => {
    cpSync(join(FIXTURES, 'early-read.ndjson'), join(dir, 'early-read.ndjson'));
    cpSync(join(FIXTURES, 'slow'), join(dir, 'slow'), { recursive: true });
    cpSync(join(FIXTURES, 'two-pools'), join(dir, 'two-pools'), { recursive: true });
    const all = ['early-read.ndjson', 'slow', 'two-pools'].map((path) =>
      landfall(['import', path, '--workspace', 'at-once'], { cwd: dir }),
    );
    for (const { code, stderr } of await Promise.all(all)) expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const logs = JSON.parse((await landfall(['logs', 'at-once', '--json'], { cwd: dir })).stdout) as LogView[];
    expect(logs.map(({ name }) => name).sort()).toEqual(['early-read', 'slow', 'two-pools']);
  });

  it('takes over from a workbench that was killed', async () => {
    copySample('killed');
    const killed = start('--workspace', 'killed');
    await upAt(killed);
    killed.kill('SIGKILL');
    await killed.ended;
    expect(isLocked('killed')).toBe(true);
    const { code, stderr } = await landfall(['logs', 'killed'], { cwd: dir });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(isLocked('killed')).toBe(false);
  });
});

/** From the first line to the early reads. */
const verdictOf = (text: string): string => text.slice(0, text.indexOf('cannot tell'));

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
