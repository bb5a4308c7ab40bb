// A workspace by hand: making, opening, refusing, importing, naming, removing, telling where its owner listens.

import { mkdirSync, readdirSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cancelSource } from '../../../shared/base/cancel.ts';
import type { ImportStep } from '../../../src-main/store/imports/write-import.ts';
import { readOwner } from '../../../src-main/store/lock/owner.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { MIDNIGHT_US, smallImport } from './support/small-import.ts';
import { tempFolder } from './support/temp-folder.ts';
import { treeOf } from './support/tree.ts';

test('a workspace is made in a new folder, kept, and opened again', async () => {
  const dir = join(tempFolder(), 'deep', 'new');
  const made = await Workspace.create(dir, 'Halyard');
  expect(made.logs()).toEqual([]);
  await made.addImport(smallImport(1));
  await made.close();

  const opened = await Workspace.open(dir);
  expect([opened.name, opened.id, opened.dir]).toEqual(['Halyard', made.id, realpathSync(dir)]);
  expect(opened.problems).toEqual([]);
  expect(opened.logs()).toEqual([
    {
      name: 'night-1',
      title: 'Night 1',
      source: 'observed',
      zone: 'UTC',
      fromUs: MIDNIGHT_US + 60_000_000,
      toUs: MIDNIGHT_US + 12 * 60_000_000,
      pipelines: 2,
      tasks: 2,
      datasets: 1,
      runs: 2,
      taskRuns: 2,
      events: 38,
      importedFrom: 'small 1',
    },
  ]);
  await opened.close();
});

test('a folder with characters that SQL, globs and shells know', async () => {
  const dir = join(tempFolder(), 'name=x', "it's [a] *odd* {folder}; -- #&= name=x \u00e9\u{1F389} %20 $HOME");
  const made = await Workspace.create(dir, "o'clock");
  await made.addImport(smallImport(1));
  await made.close();
  const opened = await Workspace.open(dir);
  expect(opened.problems).toEqual([]);
  expect((await opened.readLog('night-1')).runs.runId).toEqual(['run-1', 'report-1']);
  expect((await opened.readLog('night-1')).names.datasets.name).toEqual(['events']);
  expect(await opened.query('SELECT count(*) AS n, any_value(name) AS log FROM event JOIN log USING (log_id)')).toEqual(
    [{ n: 38n, log: 'night-1' }],
  );
  expect(await opened.query('SELECT DISTINCT dataset FROM partition_version_view')).toEqual([{ dataset: 'events' }]);
  await opened.close();
});

test.skipIf(process.platform === 'win32')(
  'a path that DuckDB would misread is refused before anything is made',
  async () => {
    const dir = join(tempFolder(), 'what?', 'workspace');
    await expect(Workspace.create(dir, 'x')).rejects.toMatchObject({ code: 'bad-input', place: dir });
    expect(readdirSync(join(dir, '..', '..'))).toEqual([]);
  },
);

test.each([
  ['an empty folder', (): void => {}],
  ['a folder of files', (dir: string): void => writeFileSync(join(dir, 'notes.txt'), 'mine')],
  [
    'a folder with a damaged workspace.json',
    (dir: string): void => writeFileSync(join(dir, 'workspace.json'), '{"kind":'),
  ],
  [
    'a folder of another program',
    (dir: string): void => writeFileSync(join(dir, 'workspace.json'), '{"kind":"other"}'),
  ],
])('%s is not a workspace, and stays as it is', async (_, fill) => {
  const dir = tempFolder();
  fill(dir);
  const before = treeOf(dir);
  const refusal = await Workspace.open(dir).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'not-a-workspace', place: dir, hint: expect.stringContaining('folder') });
  expect(treeOf(dir)).toEqual(before);
});

test('neither a missing folder nor a file is a workspace', async () => {
  const dir = tempFolder();
  await expect(Workspace.open(join(dir, 'missing'))).rejects.toMatchObject({ code: 'not-a-workspace' });
  writeFileSync(join(dir, 'file'), '');
  await expect(Workspace.open(join(dir, 'file'))).rejects.toMatchObject({ code: 'not-a-workspace' });
  await expect(Workspace.create(join(dir, 'file'), 'x')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(Workspace.create(join(dir, 'file', 'below'), 'x')).rejects.toMatchObject({ code: 'bad-input' });
  expect(readdirSync(dir)).toEqual(['file']);
});

test('a workspace of a later format is refused, not guessed at', async () => {
  const dir = tempFolder();
  await (await Workspace.create(dir, 'later')).close();
  const file = join(dir, 'workspace.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"format": 1', '"format": 2'));
  const before = treeOf(dir);
  await expect(Workspace.open(dir)).rejects.toMatchObject({
    code: 'not-a-workspace',
    message: expect.stringContaining('newer Landfall'),
  });
  expect(treeOf(dir)).toEqual(before);
});

test('nothing is made in a folder that holds something, nor over a workspace', async () => {
  const foreign = tempFolder();
  mkdirSync(join(foreign, 'photos'));
  await expect(Workspace.create(foreign, 'x')).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('photos'),
  });
  expect(readdirSync(foreign)).toEqual(['photos']);

  const dir = tempFolder();
  await (await Workspace.create(dir, 'first')).close();
  await expect(Workspace.create(dir, 'second')).rejects.toMatchObject({ code: 'bad-input' });
});

test('leftovers of a creation that died do not count as content', async () => {
  const dir = tempFolder();
  writeFileSync(join(dir, 'LOCK'), JSON.stringify({ pid: 2 ** 30, start: '', nonce: 'dead', since: '' }));
  writeFileSync(join(dir, 'workspace.json.0123456789ab.tmp'), '{');
  await (await Workspace.create(dir, 'again')).close();
  expect(readdirSync(dir).toSorted()).toEqual(['imports', 'landfall.duckdb', 'workspace.json']);
});

test('a second opener is told who holds the folder, since when and where', async () => {
  const dir = tempFolder();
  const first = await Workspace.create(dir, 'held');
  const held = { code: 'workspace-held', message: expect.stringContaining(`process ${process.pid} since 20`) };
  await expect(Workspace.open(dir)).rejects.toMatchObject(held);
  await expect(Workspace.open(join(dir, '.'))).rejects.toMatchObject(held);

  await first.announce('http://127.0.0.1:7311', 'a secret');
  const refusal: unknown = await Workspace.open(dir).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ code: 'workspace-held', message: expect.stringContaining('http://127.0.0.1:7311') });
  expect(String(refusal)).not.toContain('a secret');
  await first.close();
  await (await Workspace.open(dir)).close();
});

test('the owner can be reached through the lock; its secret only by the same user', async () => {
  const dir = tempFolder();
  const workspace = await Workspace.create(dir, 'announced');
  expect(readOwner(dir)).toMatchObject({ pid: process.pid, url: null, token: null });
  await workspace.announce('http://127.0.0.1:7311', 'a secret');
  expect(readOwner(dir)).toMatchObject({ pid: process.pid, url: 'http://127.0.0.1:7311', token: 'a secret' });
  expect(readFileSync(join(dir, 'LOCK'), 'utf8')).not.toContain('a secret');
  // Windows keeps no such bits; its profile folders are the user's own.
  const others = process.platform === 'win32' ? 0 : statSync(join(dir, 'session.json')).mode & 0o077;
  expect(others).toBe(0);
  await workspace.announce('http://127.0.0.1:7312', 'another');
  expect(readOwner(dir)).toMatchObject({ url: 'http://127.0.0.1:7312', token: 'another' });
  await workspace.close();
  expect(readOwner(dir)).toBeNull();
  expect(readdirSync(dir).toSorted()).toEqual(['imports', 'landfall.duckdb', 'workspace.json']);
});

test('the same content is stored once, also when it is added twice at a time', async () => {
  const workspace = await Workspace.create(tempFolder(), 'once');
  const [first, second] = await Promise.all([workspace.addImport(smallImport(1)), workspace.addImport(smallImport(1))]);
  const { revision } = workspace;
  expect(second).toEqual(first);
  expect(await workspace.addImport(smallImport(1))).toEqual(first);
  expect([workspace.logs(), workspace.revision]).toEqual([[first], revision]);
  expect(workspace.logOfContent(smallImport(1).contentHash)).toEqual(first);
  expect(workspace.logOfContent(smallImport(2).contentHash)).toBeNull();
  await workspace.close();
});

test('a taken name gets a number, and logs come in the order of their time', async () => {
  const workspace = await Workspace.create(tempFolder(), 'names');
  const named = (number: number, name: string) => {
    const entry = smallImport(number);
    return workspace.addImport({ ...entry, log: { ...entry.log, name } });
  };
  const names = [await named(5, 'night'), await named(3, 'night'), await named(4, 'night'), await named(1, 'other')];
  expect(names.map(({ name }) => name)).toEqual(['night', 'night-2', 'night-3', 'other']);
  const timeless = smallImport(9);
  await workspace.addImport({ ...timeless, log: { ...timeless.log, name: 'a timeless one', chunks: [] } });
  const inOrder = ['other', 'night-2', 'night-3', 'night', 'a timeless one'];
  expect(workspace.logs().map(({ name }) => name)).toEqual(inOrder);
  expect((await workspace.readLog('night-2')).name).toBe('night-2');
  await workspace.close();
  const again = await Workspace.open(workspace.dir);
  expect(again.logs().map(({ name }) => name)).toEqual(inOrder);
  await again.close();
});

test('a removed log is gone from the list, the folder and the read model, and can come back', async () => {
  const workspace = await Workspace.create(tempFolder(), 'removing');
  await workspace.addImport(smallImport(1));
  await workspace.addImport(smallImport(2));
  const before = workspace.revision;
  await workspace.removeLog('night-1');
  expect(workspace.revision).toBeGreaterThan(before);
  expect(workspace.logs().map(({ name }) => name)).toEqual(['night-2']);
  expect(readdirSync(join(workspace.dir, 'imports'))).toEqual([smallImport(2).contentHash]);
  expect(await workspace.query('SELECT DISTINCT log FROM event_view')).toEqual([{ log: 'night-2' }]);
  await expect(workspace.readLog('night-1')).rejects.toMatchObject({ code: 'not-found' });
  await expect(workspace.removeLog('night-1')).rejects.toMatchObject({ code: 'not-found' });
  await expect(workspace.readCatalog(smallImport(1).catalog.hash)).rejects.toMatchObject({ code: 'not-found' });
  expect((await workspace.addImport(smallImport(1))).name).toBe('night-1');
  await workspace.close();
});

test('reading goes on while logs are removed and added: each read is whole or says not found', async () => {
  const workspace = await Workspace.create(tempFolder(), 'busy');
  await workspace.addImport(smallImport(1, 30_000));
  const reads = [1, 2, 3].map(() => workspace.readLog('night-1'));
  const removal = workspace.removeLog('night-1');
  const late = workspace.readLog('night-1');
  const addition = workspace.addImport(smallImport(2));
  await expect(late).rejects.toMatchObject({ code: 'not-found' });
  for (const log of await Promise.all(reads)) expect(log.chunks[0].rows).toBe(30_018);
  await Promise.all([removal, addition]);
  expect(workspace.logs().map(({ name }) => name)).toEqual(['night-2']);
  await workspace.close();
});

test('what an import may not be is refused and leaves nothing', async () => {
  const workspace = await Workspace.create(tempFolder(), 'refusing');
  const entry = smallImport(1);
  const refused = { code: 'bad-request' };
  for (const contentHash of ['', '..', '../../etc', 'ABCDEF0123456789', 'a/b', 'f'.repeat(129)]) {
    await expect(workspace.addImport({ ...entry, contentHash })).rejects.toMatchObject(refused);
  }
  const orphan = { ...entry.log, catalogs: [{ fromUs: 0, hash: 'f'.repeat(32) }] };
  await expect(workspace.addImport({ ...entry, log: orphan })).rejects.toMatchObject(refused);
  const uneven = { ...entry.log, versions: { ...entry.log.versions, owner: new Int32Array(7) } };
  await expect(workspace.addImport({ ...entry, log: uneven })).rejects.toThrow(/log_versions: column owner has 7 rows/);
  expect([workspace.logs(), readdirSync(join(workspace.dir, 'imports'))]).toEqual([[], []]);
  await workspace.addImport(entry);
  await workspace.close();
});

test('an import tells its steps, and a cancelled one leaves nothing', async () => {
  const workspace = await Workspace.create(tempFolder(), 'steps');
  const steps: ImportStep[] = [];
  await workspace.addImport(smallImport(1), { onStep: (step) => steps.push(step) });
  expect(steps).toEqual(['staged', 'written', 'synced', 'named', 'loaded']);

  const source = cancelSource();
  const cancelled = workspace.addImport(smallImport(2, 300_000), {
    signal: source.signal,
    onStep: () => source.cancel(),
  });
  await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
  expect(readdirSync(join(workspace.dir, 'imports'))).toEqual([smallImport(1).contentHash]);
  await workspace.close();
});

test('a closed workspace finishes what is under way and refuses the rest', async () => {
  const workspace = await Workspace.create(tempFolder(), 'closing');
  const underWay = workspace.addImport(smallImport(1));
  await Promise.all([workspace.close(), workspace.close()]);
  expect((await underWay).name).toBe('night-1');
  await expect(workspace.readLog('night-1')).rejects.toMatchObject({ code: 'closed' });
  await expect(workspace.addImport(smallImport(2))).rejects.toMatchObject({ code: 'closed' });
  const again = await Workspace.open(workspace.dir);
  expect(again.logs()).toHaveLength(1);
  await again.close();
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)('a folder without write permission', async () => {
  const dir = tempFolder();
  await (await Workspace.create(dir, 'locked away')).close();
  rmSync(join(dir, 'landfall.duckdb'));
  const { chmodSync } = await import('node:fs');
  chmodSync(dir, 0o500);
  await expect(Workspace.open(dir)).rejects.toMatchObject({
    code: 'failed',
    hint: expect.stringContaining('permissions'),
  });
  chmodSync(dir, 0o700);
});

test('an import that is left for later is in the read model whenever that is asked, and after the next start', async () => {
  const dir = join(tempFolder(), 'later');
  const logs = 'SELECT count(*) AS n FROM log';
  const made = await Workspace.create(dir, 'later');
  await made.addImport(smallImport(1), {}, 'later');
  expect((await made.readLog('night-1')).runs.runId).toEqual(['run-1', 'report-1']);
  expect(await made.query(logs)).toEqual([{ n: 1n }]);
  await made.addImport(smallImport(2), {}, 'later');
  await Promise.all([made.loadRest(), made.loadRest()]);
  await made.addImport(smallImport(3), {}, 'later');
  await made.removeLog('night-3');
  expect(await made.query(logs)).toEqual([{ n: 2n }]);
  await made.addImport(smallImport(3), {}, 'later');
  const copy = join(tempFolder(), 'copy.duckdb');
  await made.copyReadModel(copy);
  expect(await made.query(logs)).toEqual([{ n: 3n }]);
  await made.addImport(smallImport(4), {}, 'later');
  await made.close();

  const opened = await Workspace.open(dir);
  expect(opened.problems).toEqual([]);
  expect(await opened.query(logs)).toEqual([{ n: 4n }]);
  await opened.close();
});
