// Running a window and telling apart what became of it, with small programs in Electron's place.

import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cancelSource, NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import { type ElectronOutcome, runElectron } from '../../../src-main/electron/launcher/run-electron.ts';
import { waitFor } from '../../support/wait-for.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'landfall-run-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function run(script: string, signal = NEVER_CANCELLED): Promise<ElectronOutcome> {
  const binary = join(root, 'electron');
  writeFileSync(binary, `#!${process.execPath}\n${script}`);
  chmodSync(binary, 0o755);
  return runElectron({ binary, appDir: '/app', workspaceDir: '/work space', receives: false, signal });
}

// A script is no program on Windows.
describe.skipIf(process.platform === 'win32')('runElectron', () => {
  it('tells the window which workspace to open, and waits for its end', async () => {
    const out = JSON.stringify(join(root, 'args.json'));
    const script = `require('node:fs').writeFileSync(${out}, JSON.stringify(process.argv.slice(2)))`;
    expect(await run(script)).toEqual({ kind: 'closed' });
    expect(JSON.parse(readFileSync(join(root, 'args.json'), 'utf8'))).toEqual(['/app', '--workspace=/work space']);
  });

  it.each([
    ['an error', 'process.exit(127)', 'it ended with code 127'],
    ['a crash', "process.kill(process.pid, 'SIGABRT')", 'it ended with SIGABRT'],
  ])('says that it never started after %s at once', async (_what, script, reason) => {
    expect(await run(script)).toEqual({ kind: 'never-started', reason });
  });

  it('says that it never started when there is no such program', async () => {
    const given = {
      binary: join(root, 'nothing'),
      appDir: '/app',
      workspaceDir: '/w',
      receives: false,
      signal: NEVER_CANCELLED,
    };
    expect(await runElectron(given)).toMatchObject({
      kind: 'never-started',
      reason: expect.stringContaining('ENOENT'),
    });
  });

  it('ends the window when asked to, and that is no failure', async () => {
    const source = cancelSource();
    const up = JSON.stringify(join(root, 'up'));
    const outcome = run(`require('node:fs').writeFileSync(${up}, ''); setInterval(() => {}, 1000)`, source.signal);
    await waitFor(() => readFileSync(join(root, 'up')));
    source.cancel();
    expect(await outcome).toEqual({ kind: 'closed' });
  });
});
