// Bad input through the real commands: one clear line with the place, a non-zero exit, and nothing changed.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Ended, FIXTURES, landfall, scratchFolder } from './support/landfall.ts';

const dir = scratchFolder();
const run = (...args: string[]): Promise<Ended> => landfall(args, { cwd: dir });
const GOOD = readFileSync(join(FIXTURES, 'early-read.ndjson'), 'utf8');

/** Every file that a workspace stores, with its size and time of change. */
function imports(workspace: string): string[] {
  const folder = join(dir, workspace, 'imports');
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return names.sort().map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name));
    return `${name} ${size} ${mtimeMs}`;
  });
}

beforeAll(async () => {
  cpSync(join(FIXTURES, 'early-read.ndjson'), join(dir, 'good.ndjson'));
  await run('import', 'good.ndjson', '--workspace', 'ws');
});

describe('landfall import of a file that cannot be used', () => {
  const files: Readonly<Record<string, string | Uint8Array>> = {
    'empty.ndjson': '',
    'binary.ndjson': Uint8Array.from({ length: 4_096 }, (_, i) => (i * 31) & 255),
    'text.ndjson': 'just some words\n',
    'table.csv': 'a,b\n1,2\n',
    'other.json': '{"nodes": {}, "metadata": {"dbt_schema_version": "x"}}',
    'cut.json': `[${GOOD.split('\n')[0]?.slice(0, 200)}`,
    'cut.ndjson.gz': gzipSync(GOOD).subarray(0, 90),
    'template.json':
      '{"eventType": "START", "eventTime": "{{ now }}", "run": {"runId": "${run}"}, "job": {"namespace": "a", "name": "b"}}',
  };

  it.each(Object.keys(files))('%s', async (name) => {
    writeFileSync(join(dir, name), files[name] ?? '');
    const before = imports('ws');
    const { code, stdout, stderr } = await run('import', name, '--workspace', 'ws');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(place(name)) });
    expect(stdout).toContain('nothing new stored');
    expect(imports('ws')).toEqual(before);
  });

  it('leaves the logs that were there', async () =>
    expect(JSON.parse((await run('logs', 'ws', '--json')).stdout)).toMatchObject([{ name: 'good' }]));

  it('makes no workspace for it either', async () => {
    writeFileSync(join(dir, 'empty.ndjson'), '');
    const { code, stderr } = await run('import', 'empty.ndjson', 'not-there.ndjson', '--workspace', 'new');
    expect(code).toBe(1);
    expect(stderr).toMatch(place('empty.ndjson'));
    expect(stderr).toMatch(place('not-there.ndjson'));
    expect(existsSync(join(dir, 'new'))).toBe(false);
    mkdirSync(join(dir, 'mine'));
    expect((await run('import', 'empty.ndjson', '--workspace', 'mine')).code).toBe(1);
    expect(readdirSync(join(dir, 'mine'))).toEqual([]);
  });

  it('stores the good lines of a file beside its bad ones, and says which those are', async () => {
    writeFileSync(join(dir, 'mixed.ndjson'), GOOD.replace('\n', '\n{"eventType": 7}\n'));
    const { code, stdout, stderr } = await run('import', 'mixed.ndjson', '--workspace', 'mixed');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^mixed\.ndjson:2: .+\nmixed\.ndjson: warning: 1 of 5 events were not read\n$/);
    expect(stdout).toContain('1 log stored, 1 error');
  });
});

describe('a day folder that cannot be played', () => {
  const days: Readonly<Record<string, { readonly file: string; readonly change: (text: string) => string }>> = {
    'a missing column': { file: 'tasks.csv', change: (text) => text.replace('pool,', '') },
    'a dangling id': { file: 'deps.csv', change: (text) => `${text}2,99,0\n` },
    'a negative time': { file: 'tasks.csv', change: (text) => text.replace('1,0,0,50', '1,0,0,-50') },
    'a cycle': { file: 'deps.csv', change: (text) => `${text}1,4,0\n` },
    'a word for a number': { file: 'pools.csv', change: (text) => text.replace('0,1', '0,one') },
    'a cut parameter file': { file: 'params.json', change: (text) => text.slice(0, 9) },
    'an end past 12.4 days': {
      file: 'tasks.csv',
      change: (text) => text.replaceAll(/,0,(100|10),/g, ',1073741000,$1000,'),
    },
  };

  it.each(Object.keys(days))('%s', async (name) => {
    const { file, change } = days[name]!;
    const day = name.replaceAll(' ', '-');
    cpSync(join(FIXTURES, 'two-pools'), join(dir, day), { recursive: true });
    const path = join(dir, day, file);
    writeFileSync(path, change(readFileSync(path, 'utf8')));
    const simulated = await run('simulate', day, '--out', 'starts.csv', '--json');
    expect(simulated).toEqual({ code: 2, stdout: '', stderr: expect.stringMatching(/^(landfall: )?[^\n]+\n$/) });
    expect(simulated.stderr).toContain(name === 'an end past 12.4 days' ? 'task' : `${join(day, file)}:`);
    expect(existsSync(join(dir, 'starts.csv'))).toBe(false);
    const imported = await run('import', day, '--workspace', 'days');
    expect({ code: imported.code, stderr: imported.stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(new RegExp(`^${day}[^\\n]*: [^\\n]+\\n$`)),
    });
    expect(existsSync(join(dir, 'days'))).toBe(false);
  });

  it('a folder that is no day', async () => {
    mkdirSync(join(dir, 'nothing'));
    const { code, stderr } = await run('simulate', 'nothing');
    expect(code).toBe(2);
    expect(stderr).toContain('nothing/tasks.csv: ');
    const missing = await run('simulate', 'no-such-day');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('no-such-day');
  });
});

describe('a workspace that is not one', () => {
  it.each(['logs', 'order', 'summary'])('%s refuses it and changes nothing', async (command) => {
    mkdirSync(join(dir, `foreign-${command}`));
    writeFileSync(join(dir, `foreign-${command}`, 'notes.txt'), 'mine');
    const { code, stdout, stderr } = await run(command, `foreign-${command}`);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^landfall: [^\\n]*foreign-${command}[^\\n]*\\n$`));
    expect(readdirSync(join(dir, `foreign-${command}`))).toEqual(['notes.txt']);
    const missing = await run(command, 'no-such-folder');
    expect(missing.code).toBe(2);
    expect(missing.stderr).toMatch(/^landfall: [^\n]*no-such-folder[^\n]*\n$/);
    expect(existsSync(join(dir, 'no-such-folder'))).toBe(false);
  });

  it('a file is none either', async () => {
    const { code, stderr } = await run('logs', 'good.ndjson');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^landfall: [^\n]*good\.ndjson[^\n]*\n$/);
    expect((await run('start', '--workspace', 'good.ndjson', '--no-open')).code).toBe(2);
  });
});

describe('wrong usage', () => {
  it.each([
    [['order'], /^landfall: missing required argument 'workspace'\n/],
    [['import', 'good.ndjson'], /^landfall: required option '--workspace <dir>' not specified\n/],
    [
      ['simulate', 'x', '--repeat', '0'],
      /^landfall: option '--repeat <n>' argument '0' is invalid\. It must be a whole number, 1 to/,
    ],
    [['order', 'ws', '--tolerance-ms', 'soon'], /^landfall: option '--tolerance-ms <n>' argument 'soon' is invalid/],
    [['why', ' '], /value ' ' is invalid for argument 'run'\. It must be a name: pipeline\.task/],
    [['why', 'x', '--without', ''], /option '--without <pipeline>' argument '' is invalid\. It must be a name/],
    [['ordr', 'ws'], /^landfall: unknown command 'ordr'\n/],
    [['logs', 'ws', '--jsn'], /^landfall: unknown option '--jsn'\n/],
  ])('%j', async (args, line) => {
    const { code, stdout, stderr } = await run(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(line);
  });

  it.each(['start', 'import', 'simulate', 'order', 'logs', 'summary'])(
    '%s has help with an example',
    async (command) => {
      const { code, stdout, stderr } = await run(command, '--help');
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`Examples?:\\s+landfall ${command} `));
    },
  );
});

const place = (name: string): RegExp => new RegExp(`(^|\\n)${name.replaceAll('.', '\\.')}(:\\d+)?: [^\\n]+\\n`);
