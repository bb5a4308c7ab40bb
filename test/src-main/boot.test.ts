// The boot script in a project of its own: a tiny command line, built by the real build tool.

import { type ChildProcess, spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const repo = join(import.meta.dirname, '..', '..');
let project = '';

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), 'landfall-boot-'));
  mkdirSync(join(project, 'src-main', 'cli'), { recursive: true });
  symlinkSync(join(repo, 'node_modules'), join(project, 'node_modules'));
  cpSync(join(repo, 'src-main', 'boot.mjs'), join(project, 'src-main', 'boot.mjs'));
  write('package.json', '{ "type": "module" }');
  write('src-main/cli/main.ts', "process.stdout.write(`one ${process.argv.slice(2).join(' ')}\\n`);\n");
  write(
    'electron.config.ts',
    `import { defineConfig } from 'electron-vite';
     export default defineConfig({ main: { build: { rolldownOptions: { input: { cli: 'src-main/cli/main.ts' } } } } });`,
  );
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const write = (path: string, text: string): void => writeFileSync(join(project, path), text);

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function start(
  args: readonly string[],
  nodeArgs: readonly string[] = [],
): { child: ChildProcess; ended: Promise<Ended> } {
  const child = spawn(process.execPath, [...nodeArgs, join(project, 'src-main', 'boot.mjs'), ...args]);
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (data) => (stdout += data));
  child.stderr.on('data', (data) => (stderr += data));
  return { child, ended: new Promise((done) => child.on('close', (code) => done({ code, stdout, stderr }))) };
}
const boot = (...args: string[]): Promise<Ended> => start(args).ended;
const leftovers = (): string[] => readdirSync(join(project, '.landfall'));

describe('boot', () => {
  it('builds once, tells so on stderr only, and runs the command with its arguments', async () => {
    const first = await boot('a', '--json');
    expect(first).toMatchObject({ code: 0, stdout: 'one a --json\n' });
    expect(first.stderr).toMatch(/^building… \d+\.\d s\n$/);
    expect(await boot('b')).toEqual({ code: 0, stdout: 'one b\n', stderr: '' });
    expect(leftovers()).toEqual([]);
  });

  it('builds again when a source was edited, touched or added', async () => {
    await boot();
    write('src-main/cli/main.ts', "process.stdout.write('two\\n');\n");
    expect((await boot()).stdout).toBe('two\n');
    utimesSync(join(project, 'src-main/cli/main.ts'), 1, 1);
    expect((await boot()).stderr).toMatch(/^building…/);
    write('src-main/cli/other.ts', 'export {};\n');
    expect((await boot()).stderr).toMatch(/^building…/);
    expect((await boot()).stderr).toBe('');
  });

  it('keeps the last good build when a build fails, and says why', async () => {
    await boot();
    write('src-main/cli/main.ts', 'this is not a program\n');
    const failed = await boot();
    expect(failed.code).toBe(2);
    expect(failed.stdout).toBe('');
    expect(failed.stderr).toContain('main.ts');
    expect(failed.stderr).toMatch(/\nlandfall: the build failed; what was built before is unchanged\n$/);
    expect(existsSync(join(project, 'out/main/cli.js'))).toBe(true);
    expect(leftovers()).toEqual([]);
  });

  it('survives several boots at once', async () => {
    const all = await Promise.all(['a', 'b', 'c'].map((name) => boot(name)));
    expect(all.map(({ code, stdout }) => ({ code, stdout }))).toEqual(
      ['a', 'b', 'c'].map((name) => ({ code: 0, stdout: `one ${name}\n` })),
    );
    expect(all.filter(({ stderr }) => stderr.startsWith('building…'))).toHaveLength(1);
    expect(leftovers()).toEqual([]);
  });

  it('takes over from a boot that was killed while building', async () => {
    const gone = spawn(process.execPath, ['-e', '']);
    await new Promise((done) => gone.on('close', done));
    mkdirSync(join(project, '.landfall', `build-${gone.pid}`), { recursive: true });
    write('.landfall/build.lock', String(gone.pid));
    expect((await boot('x')).stdout).toBe('one x\n');
    expect(leftovers()).toEqual([]);
  });

  it('leaves nothing behind when it is interrupted', async () => {
    const { child, ended } = start([]);
    await new Promise<void>((building) => child.stderr?.on('data', () => building()));
    child.kill('SIGINT');
    expect((await ended).code).toBe(130);
    expect(leftovers()).toEqual([]);
    expect(existsSync(join(project, 'out'))).toBe(false);
  });

  it('refuses an old Node in one line', async () => {
    const pretend = 'data:text/javascript,Object.defineProperty(process,"versions",{value:{node:"18.20.4"}})';
    const old = await start([], ['--import', pretend]).ended;
    expect(old).toEqual({ code: 2, stdout: '', stderr: 'landfall: Node 20.19 or newer is needed, this is 18.20.4\n' });
  });

  it('names the missing step when nothing is installed', async () => {
    rmSync(join(project, 'node_modules'));
    const bare = await boot();
    expect(bare.code).toBe(2);
    expect(bare.stderr).toBe('landfall: its dependencies are not installed; run `npm ci` first\n');
  });
});
