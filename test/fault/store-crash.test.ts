// A workspace whose owner is killed with SIGKILL while it adds or removes imports, at every named step and at random
// moments: afterwards it opens, every import that was acknowledged is there, every import that is there is whole, none
// is there twice, and the read model says the same as the imports.
// LANDFALL_KILLS=500 LANDFALL_SEED=7 makes it long.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { randomKey, randomUnit } from '../../shared/base/random.ts';
import type { ImportStep } from '../../src-main/store/imports/write-import.ts';
import { Workspace } from '../../src-main/store/workspace.ts';
import { smallImport } from '../src-main/store/support/small-import.ts';
import { tempFolder } from '../src-main/store/support/temp-folder.ts';
import { bundleChild, type Child, startChild } from './support/child.ts';
import { CHILD_HEARTBEATS, type ChildVerb } from './support/store-child-words.ts';

const KILLS = Number(process.env.LANDFALL_KILLS ?? 8);
const SEED = Number(process.env.LANDFALL_SEED ?? 7);

const program = await bundleChild(new URL('./support/store-child.ts', import.meta.url));

function start(verb: ChildVerb, ...args: (string | number)[]): Child {
  const child = startChild(program, [verb, ...args.map(String)]);
  onTestFinished(async () => {
    child.process.kill('SIGKILL');
    await child.ended;
  });
  return child;
}

async function emptyWorkspace(): Promise<string> {
  const workspace = await Workspace.create(tempFolder(), 'crash');
  await workspace.close();
  return workspace.dir;
}

/** Numbers of the imports that a child acknowledged, or only began. */
const numbersSaid = (child: Child, word: string): number[] =>
  child.messages.filter((line) => line.startsWith(word)).map((line) => Number(line.split(' ')[1]));

/** Opens, compares every import with what was sent and the read model with the imports. Returns the numbers found. */
async function recovered(dir: string): Promise<number[]> {
  const workspace = await Workspace.open(dir);
  try {
    expect(workspace.problems).toEqual([]);
    const numbers = workspace.logs().map(({ name }) => Number(name.replace('night-', '')));
    expect(new Set(numbers).size).toBe(numbers.length);
    for (const number of numbers) {
      const { log, catalog } = smallImport(number, CHILD_HEARTBEATS);
      const read = await workspace.readLog(log.name);
      expect({ ...read, chunks: [] }).toEqual({ ...log, chunks: [] });
      for (const [name, values] of Object.entries(read.chunks[0])) {
        const sent = log.chunks[0][name as keyof (typeof log.chunks)[0]];
        expect(sameBytes(values, sent), `${name} of ${log.name}`).toBe(true);
      }
      expect(await workspace.readCatalog(catalog.hash)).toEqual(catalog);
    }
    const counted = await workspace.query(
      'SELECT name AS log, count(*) AS rows FROM event JOIN log USING (log_id) GROUP BY name ORDER BY name',
    );
    const listed = workspace.logs().map(({ name, events }) => ({ log: name, rows: BigInt(events) }));
    expect(counted).toEqual(listed.toSorted((a, b) => (a.log < b.log ? -1 : 1)));
    expect(readdirSync(join(dir, 'imports')).toSorted()).toEqual(
      numbers.map((number) => smallImport(number, 0).contentHash).toSorted(),
    );
    expect(existsSync(join(dir, 'quarantine'))).toBe(false);
    return numbers.toSorted((a, b) => a - b);
  } finally {
    await workspace.close();
  }
}

function sameBytes(a: unknown, b: unknown): boolean {
  if (!ArrayBuffer.isView(a) || !ArrayBuffer.isView(b)) return a === b;
  return bytesOf(a).equals(bytesOf(b));
}

const bytesOf = (view: ArrayBufferView): Buffer => Buffer.from(view.buffer, view.byteOffset, view.byteLength);

const STEPS: readonly [ImportStep, boolean][] = [
  ['staged', false],
  ['written', false],
  ['synced', false],
  ['named', true],
  ['loaded', true],
];

test.each(STEPS)('killed when the second import is %s: that import is there: %s', async (step, isThere) => {
  const dir = await emptyWorkspace();
  const child = start('import', dir, 1, 4, step, 2);
  expect(await child.ended).toBe('SIGKILL');
  expect(numbersSaid(child, 'acked')).toEqual([1]);
  expect(await recovered(dir)).toEqual(isThere ? [1, 2] : [1]);

  // The next owner goes on as if nothing had been.
  const next = start('import', dir, 1, 4, '-', 0);
  expect(await next.ended).toBe(0);
  expect(await recovered(dir)).toEqual([1, 2, 3]);
});

/** Everything is compared after every kill, so a workspace is left for a new one before that takes for ever. */
const KILLS_A_WORKSPACE = 8;

test(
  `killed at ${KILLS} random moments (seed ${SEED}): acknowledged is a subset of recovered, recovered of begun`,
  async () => {
    for (let kill = 0; kill < KILLS; kill += KILLS_A_WORKSPACE) {
      await killAgainAndAgain(kill, Math.min(KILLS, kill + KILLS_A_WORKSPACE));
    }
  },
  60_000 + KILLS * 15_000,
);

async function killAgainAndAgain(from: number, to: number): Promise<void> {
  const dir = await emptyWorkspace();
  const acked = new Set<number>();
  const begun = new Set<number>();
  for (let kill = from; kill < to; kill++) {
    const child = start('import', dir, kill * 10, kill * 10 + 10, '-', 0);
    await child.said('adding');
    await delay(randomUnit(randomKey(SEED, 'kill'), kill) * 700);
    child.process.kill('SIGKILL');
    expect(await child.ended).toBe('SIGKILL');
    for (const number of numbersSaid(child, 'adding')) begun.add(number);
    for (const number of numbersSaid(child, 'acked')) acked.add(number);
    const found = await recovered(dir);
    expect([...acked].filter((number) => !found.includes(number))).toEqual([]);
    expect(found.filter((number) => !begun.has(number))).toEqual([]);
    // What was recovered once stays.
    for (const number of found) acked.add(number);
  }
}

test('killed while it makes a workspace: it is one and opens, or it is none and can be made', async () => {
  for (let kill = 0; kill < 5; kill++) {
    const dir = join(tempFolder(), 'made');
    const child = start('create', dir);
    await child.said('creating');
    await delay(kill * 12);
    child.process.kill('SIGKILL');
    await child.ended;
    const isOne = existsSync(join(dir, 'workspace.json'));
    expect(isOne || !child.messages.includes('created')).toBe(true);
    const workspace = isOne ? await Workspace.open(dir) : await Workspace.create(dir, 'made again');
    // A kill while DuckDB makes its file leaves no database: that is told, and it is made again.
    for (const problem of workspace.problems) expect(problem.reason).toMatch(/^made again from the imports: /);
    await workspace.addImport(smallImport(1));
    await workspace.close();
    const setAside = workspace.problems.length > 0 ? ['quarantine'] : [];
    expect(readdirSync(dir).toSorted()).toEqual(['imports', 'landfall.duckdb', ...setAside, 'workspace.json']);
  }
});

test('killed while it removes a log: the log is there whole, or gone', async () => {
  const dir = await emptyWorkspace();
  await start('import', dir, 1, 3, '-', 0).ended;
  for (const waitMs of [0, 6]) {
    const child = start('remove', dir, 'night-1');
    await child.said('removing');
    await delay(waitMs);
    child.process.kill('SIGKILL');
    await child.ended;
    const found = await recovered(dir);
    const mayBeThere = found.includes(1) && !child.messages.includes('removed');
    expect(found).toEqual(mayBeThere ? [1, 2] : [2]);
    await start('import', dir, 1, 2, '-', 0).ended;
  }
});
