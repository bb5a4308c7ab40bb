// One owner at a time, between real processes: races for a free and for a stale lock, owners killed with SIGKILL, and
// a DuckDB file that another program has open.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readOwner } from '../../src-main/store/lock/owner.ts';
import { encodeLock } from '../../src-main/store/lock/record.ts';
import { Workspace } from '../../src-main/store/workspace.ts';
import { smallImport } from '../src-main/store/support/small-import.ts';
import { tempFolder } from '../src-main/store/support/temp-folder.ts';
import { bundleChild, type Child, startChild } from './support/child.ts';
import type { ChildVerb } from './support/store-child-words.ts';

/** A lock of a process that is gone. */
const DEAD = { pid: 2 ** 30, start: '', since: '', url: null, session: null };

const program = await bundleChild(new URL('./support/store-child.ts', import.meta.url));

function start(verb: ChildVerb, ...args: string[]): Child {
  const child = startChild(program, [verb, ...args]);
  onTestFinished(async () => {
    child.process.kill('SIGKILL');
    await child.ended;
  });
  return child;
}

async function newWorkspace(): Promise<string> {
  const workspace = await Workspace.create(tempFolder(), 'lock');
  await workspace.addImport(smallImport(1));
  await workspace.close();
  return workspace.dir;
}

/** Lets `count` processes open the folder at the same moment; gives back those that won and what the others said. */
async function race(dir: string, count: number): Promise<{ winners: Child[]; losses: string[] }> {
  const racers = Array.from({ length: count }, () => start('race', dir));
  await Promise.all(racers.map((racer) => racer.said('ready')));
  for (const racer of racers) racer.process.stdin?.write('go\n');
  await Promise.all(racers.map((racer) => Promise.race([racer.said('won'), racer.said('lost')])));
  return {
    winners: racers.filter((racer) => racer.messages.includes('won')),
    losses: racers.flatMap((racer) => racer.messages.filter((line) => line.startsWith('lost'))),
  };
}

test('of processes that open a free workspace at once exactly one wins; the others are told by whom', async () => {
  const dir = await newWorkspace();
  const { winners, losses } = await race(dir, 5);
  expect(winners).toHaveLength(1);
  expect(losses).toHaveLength(4);
  for (const loss of losses) expect(loss).toContain(`workspace-held`);
  expect(losses.join()).toContain(`process ${winners[0].process.pid}`);
});

test('an owner that was killed leaves a stale lock, and of many that see it exactly one takes it over', async () => {
  const dir = await newWorkspace();
  for (let round = 0; round < 2; round++) {
    const { winners, losses } = await race(dir, 4);
    expect([winners.length, losses.length]).toEqual([1, 3]);
    expect(readOwner(dir)?.pid).toBe(winners[0].process.pid);
    winners[0].process.kill('SIGKILL');
    expect(await winners[0].ended).toBe('SIGKILL');
    expect(readOwner(dir)).toBeNull();
    expect(readdirSync(dir)).toContain('LOCK');
  }
  const workspace = await Workspace.open(dir);
  expect(workspace.problems).toEqual([]);
  expect(workspace.logs()).toHaveLength(1);
  expect(readdirSync(dir).filter((name) => name.startsWith('LOCK'))).toEqual(['LOCK']);
  await workspace.close();
});

test('the same, many times over, for the lock alone', async () => {
  const dir = tempFolder();
  const racers = Array.from({ length: 6 }, () => start('locks', dir));
  await Promise.all(racers.map((racer) => racer.said('ready')));
  for (let round = 0; round < 60; round++) {
    const name = `LOCK-${round}`;
    writeFileSync(join(dir, name), encodeLock({ ...DEAD, nonce: `dead-${round}` }));
    for (const racer of racers) racer.process.stdin?.write(`${name}\n`);
    const answers = await Promise.all(racers.map((racer) => racer.said(`${name} `)));
    expect(answers.filter((answer) => answer.endsWith('won'))).toHaveLength(1);
  }
  // No claim on a stale lock is left either.
  expect(readdirSync(dir)).toHaveLength(60);
});

test('a process is told who holds the folder, and gets it when the holder ends', async () => {
  const dir = await newWorkspace();
  const holder = start('hold', dir);
  await holder.said('open');
  await expect(Workspace.open(dir)).rejects.toMatchObject({
    code: 'workspace-held',
    message: expect.stringContaining(`process ${holder.process.pid} since 20`),
    hint: expect.stringContaining(String(holder.process.pid)),
  });
  holder.process.stdin?.end();
  expect(await holder.ended).toBe(0);
  await (await Workspace.open(dir)).close();
});

test('the session of a killed owner does not outlive it', async () => {
  const dir = await newWorkspace();
  const owner = await Workspace.open(dir);
  await owner.announce('http://127.0.0.1:7311', 'the old secret');
  const [lock, session] = ['LOCK', 'session.json'].map((name) => readFileSync(join(dir, name), 'utf8'));
  await owner.close();
  // As a killed owner leaves them; its pid may by now be another program's, or, as here, our own.
  writeFileSync(
    join(dir, 'LOCK'),
    lock.replace(/"start": ".*"/, '"start": "another boot/1"').replace(/"pid": \d+/, `"pid": ${2 ** 30}`),
  );
  writeFileSync(join(dir, 'session.json'), session);
  expect(readOwner(dir)).toBeNull();
  const next = await Workspace.open(dir);
  expect(readOwner(dir)).toMatchObject({ pid: process.pid, url: null, token: null });
  expect(readdirSync(dir)).not.toContain('session.json');
  await next.close();
});

test('a DuckDB file that another program has open is held, not damaged', async () => {
  const dir = await newWorkspace();
  const other = start('duckdb', join(dir, 'landfall.duckdb'));
  await other.said('open');
  await expect(Workspace.open(dir)).rejects.toMatchObject({
    code: 'workspace-held',
    message: expect.stringContaining(String(other.process.pid)),
  });
  expect(readdirSync(dir)).not.toContain('quarantine');
  expect(readdirSync(dir)).not.toContain('LOCK');
  other.process.stdin?.end();
  await other.ended;
  const workspace = await Workspace.open(dir);
  expect(workspace.problems).toEqual([]);
  await workspace.close();
});
