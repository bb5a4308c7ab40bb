// The short form of `npm run torture`: the same program, a few trials of each kind.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleChild } from './support/child.ts';
import { runWriter } from './torture/kills.ts';

const program = await bundleChild(new URL('./torture/main.ts', import.meta.url));

const SHORT: readonly [string, readonly string[], number][] = [
  ['kills', ['--kills', '4', '--seed', '7'], 4],
  ['faults', ['--faults', '--stride', '29'], 10],
  ['damage', ['--damage', '--trials', '6', '--seed', '3'], 6],
];

test.each(SHORT)('%s: nothing is lost, done twice or otherwise wrong', async (kind, args, trials) => {
  const { code, stdout } = await run([...args, '--json']);
  const summary = JSON.parse(stdout);
  expect(summary).toMatchObject({ kind, bad: 0, lost: 0, doubled: 0, findings: [] });
  expect(summary.trials).toBeGreaterThanOrEqual(trials);
  expect(summary.acked).toBeGreaterThan(0);
  expect(code).toBe(0);
});

test('a writer that hangs, or that never comes to the point where it is to die, is told and ended', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'landfall-writer-'));
  const orders = { dir, from: 1, again: [], killAt: 'seal', times: 1, snapshots: false, segmentBytes: 1 } as const;
  const failuresOf = async (code: string, limits: { silenceMs?: number; commands?: number }): Promise<string[]> => {
    const writer = join(dir, 'writer.mjs');
    writeFileSync(writer, code);
    return (await runWriter(orders, 0, writer, limits)).failures;
  };
  try {
    expect(await failuresOf('setInterval(() => {}, 1000)', { silenceMs: 300 })).toEqual([
      'seal was not reached: nothing was heard for 0.3 s',
    ]);
    expect(await failuresOf("setInterval(() => console.log('acked open 1 1'), 1)", { commands: 5 })).toEqual([
      'seal was not reached: 5 commands were done',
    ]);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test('what a killed writer said is not lost with it, however late it is read', async () => {
  const child = spawn(
    process.execPath,
    [await bundleChild(new URL('./support/say-and-die.ts', import.meta.url)), '50000'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let text = '';
  setTimeout(() => child.stdout.on('data', (part: Buffer) => (text += part.toString())), 300);
  const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
  expect([signal, text.endsWith('\nsent 50000\n')]).toEqual(['SIGKILL', true]);
});

test('what it cannot do is refused in a line, and --help says what it can', async () => {
  expect(await run(['--kills', 'many'])).toEqual({
    code: 2,
    stdout: '',
    stderr: '--kills "many": a whole number above 0 is wanted (--help lists the options)\n',
  });
  expect(await run([])).toMatchObject({ code: 2, stderr: expect.stringMatching(/^nothing to do: [^\n]*\n$/) });
  const help = await run(['--help']);
  expect(help).toMatchObject({ code: 0, stderr: '' });
  expect(help.stdout).toMatch(/^npm run torture -- \[options\].*\n {2}--kills N .*\n {2}--help /s);
});

function run(args: readonly string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (text: Buffer) => (said.stdout += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.stderr += text.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}
