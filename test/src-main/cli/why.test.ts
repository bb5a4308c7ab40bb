// The last night and why, through the real commands over the sample company's logs: what they print, and exit codes.

import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CliIo } from '../../../src-main/cli/io.ts';
import { runCli } from '../../../src-main/cli/program.ts';
import { PLAIN_STYLE } from '../../../src-main/cli/style.ts';
import { CALM, INCIDENT, makeHalyard } from '../services/small-halyard.ts';
import { type Ended, landfall, scratchFolder } from './support/landfall.ts';

const dir = scratchFolder();

/** In this process: its own starts are tested elsewhere. */
async function run(...args: string[]): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  const io: CliIo = {
    out: (text) => void (stdout += text),
    err: (text) => void (stderr += text),
    env: {},
    cwd: dir,
    style: PLAIN_STYLE,
    errIsTerminal: false,
    exitCode: 0,
  };
  await runCli([...args, '--workspace', 'ws'], io);
  return { code: io.exitCode, stdout, stderr };
}
const golden = (name: string): string => join(import.meta.dirname, '..', '..', 'golden', 'cli', `${name}.txt`);

beforeAll(async () => {
  await Promise.all([landfall(['--version']), makeHalyard(join(dir, 'ws'))]);
});

describe('landfall night', () => {
  it('tells the observed night that ended last, and exits 1 when something was late', async () => {
    const { code, stdout, stderr } = await run('night');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    await expect(stdout).toMatchFileSnapshot(golden('command-night'));
  });

  it('exits 0 of a night with nothing late and nothing proved', async () => {
    const { code, stdout } = await run('night', '--log', CALM);
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(golden('command-night-calm'));
  });
});

describe('landfall why', () => {
  it('prints the chain, its exact sum, the charges and the landing without each', async () => {
    const { code, stdout, stderr } = await run('why', 'features.user_daily');
    expect({ code, stderr }).toEqual({ code: 1, stderr: '' });
    await expect(stdout).toMatchFileSnapshot(golden('command-why'));
  });

  it('says what a declared dependency would have done, and keeps it as a log', async () => {
    const { code, stdout, stderr } = await run('why', 'recs.train_daily', '--wait-for', 'events', '--keep', 'declared');
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'kept as declared\n' });
    await expect(stdout).toMatchFileSnapshot(golden('command-why-wait-for'));
    const kept = JSON.parse((await run('night', '--log', 'declared', '--json')).stdout);
    expect(kept.earlyReads).toMatchObject([{ readerLabel: 'recs.push_model', dataset: 'recs.model' }]);
  });

  it('says why it was not running at a time', async () => {
    const { code, stdout } = await run('why', 'features.sessions', '--at', '01:15');
    expect(code).toBe(0);
    await expect(stdout).toMatchFileSnapshot(golden('command-why-at'));
  });

  it('gives it all as JSON', async () => {
    const { stdout } = await run('why', 'features.user_daily', '--json');
    const { state, chain, replay } = JSON.parse(stdout);
    expect(state).toBe('late');
    expect(chain.links).toHaveLength(3);
    expect(replay.rows.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['met', 'met']);
  });

  it('refuses an unknown name, a time that is none, and a pool without a size, with one line each', async () => {
    const asked = [
      await run('why', 'features.user_dayly', '--log', INCIDENT),
      await run('why', 'features.sessions', '--at', 'noon'),
      await run('why', 'features.sessions', '--pool', 'spark'),
    ];
    expect(asked.map(({ code }) => code)).toEqual([2, 2, 2]);
    await expect(asked.map(({ stderr }) => stderr).join('')).toMatchFileSnapshot(golden('command-why-refused'));
  });
});
