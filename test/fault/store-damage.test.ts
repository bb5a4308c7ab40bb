// Flipped, cut and zeroed bytes in every kind of file of a workspace. Damage of the read model changes no answer; damage
// of an import is told, set aside, and repaired by importing again; nothing is ever silently less.
// LANDFALL_DAMAGES=200 LANDFALL_SEED=7 makes it long.

import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { randomKey, randomUnit } from '../../shared/base/random.ts';
import { parquetName } from '../../src-main/store/imports/shape.ts';
import { Workspace } from '../../src-main/store/workspace.ts';
import { smallImport } from '../src-main/store/support/small-import.ts';
import { tempFolder } from '../src-main/store/support/temp-folder.ts';

const DAMAGES = Number(process.env.LANDFALL_DAMAGES ?? 6);
const SEED = Number(process.env.LANDFALL_SEED ?? 7);
const READ_MODEL = 'landfall.duckdb';
const TABLES =
  'log catalog_pipeline catalog_task catalog_dependency task pool text pipeline_run task_run partition_version event';
const VIEWS = 'task_run_view event_view partition_version_view task_dependency_view';

async function twoLogs(): Promise<Workspace> {
  const workspace = await Workspace.create(tempFolder(), 'damage');
  await workspace.addImport(smallImport(1, 500));
  await workspace.addImport(smallImport(2, 500));
  return workspace;
}

/** Everything that the workspace can be asked, except ids that a rebuilding may give anew. */
async function answers(workspace: Workspace): Promise<unknown> {
  const asked: unknown[] = [workspace.logs()];
  for (const { name } of workspace.logs()) asked.push(await workspace.readLog(name));
  for (const table of `${TABLES} ${VIEWS}`.split(' ')) {
    asked.push(await workspace.query(`SELECT * EXCLUDE (log_id) FROM ${table} ORDER BY ALL`));
  }
  return asked;
}

/** Damage number `i` of a file: a flipped bit anywhere, a flipped byte near the start, zeros, a cut. */
function damaged(content: Buffer, i: number): Buffer {
  const draw = (index: number): number => randomUnit(randomKey(SEED, 'damage', i), index);
  const anywhere = Math.floor(draw(0) * content.length);
  const hurt = Buffer.from(content);
  if (i % 4 === 0) hurt[anywhere] ^= 1 << Math.floor(draw(1) * 8);
  else if (i % 4 === 1) hurt[Math.floor(draw(0) * Math.min(content.length, 12_288))] ^= 0xff;
  else if (i % 4 === 2) hurt.fill(0, anywhere, anywhere + 65_536);
  else return hurt.subarray(0, anywhere);
  return hurt;
}

test(
  `a read model with ${DAMAGES} damages, one after another (seed ${SEED}), gives the same answers`,
  async () => {
    const made = await twoLogs();
    const before = await answers(made);
    await made.close();
    const file = join(made.dir, READ_MODEL);
    const whole = readFileSync(file);
    let noticed = 0;
    for (let i = 0; i < DAMAGES; i++) {
      writeFileSync(file, damaged(whole, i));
      const workspace = await Workspace.open(made.dir);
      expect(await answers(workspace), `damage ${i}`).toEqual(before);
      noticed += workspace.problems.length;
      await workspace.close();
      // Made again or untouched by the damage: either way it is whole now, or its damage lies where nothing is.
      const next = await Workspace.open(made.dir);
      expect(next.problems).toEqual([]);
      await next.close();
    }
    expect(noticed).toBeGreaterThanOrEqual(Math.floor(DAMAGES / 4));
    // Rebuildable copies do not pile up.
    expect(readdirSync(join(made.dir, 'quarantine')).length).toBeLessThanOrEqual(3);
  },
  60_000 + DAMAGES * 5_000,
);

test('damage that shows only while a query runs is repaired under it, also for queries side by side', async () => {
  const made = await Workspace.create(tempFolder(), 'late damage');
  const entry = smallImport(1, 100_000);
  const values = Float64Array.from(entry.log.chunks[0].value, (_, i) => randomUnit(SEED, i));
  await made.addImport({ ...entry, log: { ...entry.log, chunks: [{ ...entry.log.chunks[0], value: values }] } });
  const question = 'SELECT sum(value) AS total, count(*) AS rows FROM event';
  const before = await made.query(question);
  const place = await placeOfColumn(made, 'event', 'value');
  await made.close();
  const file = join(made.dir, READ_MODEL);
  const content = readFileSync(file);
  content[place] ^= 0xff;
  writeFileSync(file, content);

  const workspace = await Workspace.open(made.dir);
  expect(workspace.problems).toEqual([]);
  const asked = await Promise.all([1, 2, 3].map(() => workspace.query(question)));
  expect(asked).toEqual([before, before, before]);
  expect(workspace.problems).toHaveLength(1);
  expect(workspace.problems[0].reason).toMatch(/made again.*checksum/);
  await workspace.close();
});

/** A byte of the file that holds values of one column only, so that opening and counting do not meet it. */
async function placeOfColumn(workspace: Workspace, table: string, column: string): Promise<number> {
  const segments = await workspace.query(
    `SELECT block_id, bool_and(column_name = '${column}') AS alone FROM pragma_storage_info('${table}')
     WHERE persistent GROUP BY block_id HAVING alone ORDER BY block_id`,
  );
  // Three headers of 4 KiB, then blocks of 256 KiB.
  return 3 * 4_096 + Number(segments[0].block_id) * 262_144 + 10_000;
}

test.each([
  ['zeroed', (file: string): void => writeFileSync(file, Buffer.alloc(4_096))],
  [
    'of random bytes',
    (file: string): void => writeFileSync(file, Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 97) % 251))),
  ],
  ['empty', (file: string): void => writeFileSync(file, '')],
])('a write-ahead log that is %s', async (_, write) => {
  const made = await twoLogs();
  const before = await answers(made);
  await made.close();
  write(join(made.dir, `${READ_MODEL}.wal`));
  const workspace = await Workspace.open(made.dir);
  expect(await answers(workspace)).toEqual(before);
  await workspace.close();
});

test('an empty or a foreign file in place of the read model', async () => {
  const made = await twoLogs();
  const before = await answers(made);
  await made.close();
  for (const content of ['', 'SQLite format 3\0', '\0'.repeat(20_000)]) {
    writeFileSync(join(made.dir, READ_MODEL), content);
    const workspace = await Workspace.open(made.dir);
    expect(workspace.problems).toHaveLength(1);
    expect(await answers(workspace)).toEqual(before);
    await workspace.close();
  }
});

const HURT = ['catalog_pipelines', 'catalog_reads', 'log_texts', 'log_task_runs', 'log_events'].map(parquetName);

test.each([...HURT, 'manifest.json'])('a flipped byte in %s is told and set aside', async (name) => {
  const made = await twoLogs();
  await made.close();
  const { contentHash, catalog } = smallImport(1);
  const file = join(made.dir, 'imports', contentHash, name);
  const content = readFileSync(file);
  content[Math.floor(content.length / 2)] ^= 1;
  writeFileSync(file, content);

  const workspace = await Workspace.open(made.dir);
  const read = (): Promise<unknown> =>
    name.startsWith('catalog') ? workspace.readCatalog(catalog.hash) : workspace.readLog('night-1');
  const failures = await Promise.allSettled([read(), read()]);
  // A manifest is read at start, so its log is not even listed; tables are held against it when they are read.
  const code = name === 'manifest.json' ? 'not-found' : 'failed';
  expect(failures).toMatchObject([
    { status: 'rejected', reason: { code } },
    { status: 'rejected', reason: { code } },
  ]);
  expect(workspace.problems.map(({ severity }) => severity)).toEqual(['error']);
  expect(workspace.logs().map((log) => log.name)).toEqual(['night-2']);
  expect(await workspace.query('SELECT name FROM log')).toEqual([{ name: 'night-2' }]);
  const [aside] = readdirSync(join(workspace.dir, 'quarantine'));
  expect(existsSync(join(workspace.dir, 'quarantine', aside, contentHash, name))).toBe(true);

  await workspace.addImport(smallImport(1, 500));
  expect((await workspace.readLog('night-1')).chunks[0].rows).toBe(518);
  await workspace.close();
});

test.each([
  ['cut', (file: string): void => truncateSync(file, 100)],
  ['longer', (file: string): void => appendFileSync(file, 'x')],
  ['missing', (file: string): void => rmSync(file)],
])('an import with a file that is %s is set aside at start', async (_, hurt) => {
  const made = await twoLogs();
  await made.close();
  hurt(join(made.dir, 'imports', smallImport(2).contentHash, 'log_runs.parquet'));
  const workspace = await Workspace.open(made.dir);
  expect(workspace.logs().map(({ name }) => name)).toEqual(['night-1']);
  expect(workspace.problems).toMatchObject([
    { severity: 'error', reason: expect.stringContaining('log_runs.parquet') },
  ]);
  expect(workspace.problems[0].reason).toContain('import it again');
  await workspace.close();
});

test('a flipped byte in an import is told when the read model is made of it: at start, and while it is open', async () => {
  const made = await twoLogs();
  const hurt = (number: number): void => {
    const file = join(made.dir, 'imports', smallImport(number).contentHash, 'log_events.parquet');
    const content = readFileSync(file);
    content[Math.floor(content.length / 2)] ^= 1;
    writeFileSync(file, content);
  };
  hurt(1);
  await made.feedTarget().startAgain('for a test');
  expect(made.logs().map(({ name }) => name)).toEqual(['night-2']);
  expect(made.problems).toMatchObject([
    { severity: 'error', reason: expect.stringMatching(/log_events\.parquet is not what was stored.*import it again/) },
    { severity: 'warning' },
  ]);
  expect(await made.query('SELECT name FROM log')).toEqual([{ name: 'night-2' }]);
  await made.close();
  hurt(2);
  rmSync(join(made.dir, READ_MODEL));
  const workspace = await Workspace.open(made.dir);
  expect(workspace.logs()).toEqual([]);
  expect(workspace.problems).toMatchObject([{ severity: 'error', reason: expect.stringContaining('log_events') }]);
  await workspace.addImport(smallImport(2, 500));
  expect(await workspace.query('SELECT name FROM log')).toEqual([{ name: 'night-2' }]);
  await workspace.close();
});

test('an import of a later format is passed over and left as it is', async () => {
  const made = await twoLogs();
  await made.close();
  const manifest = join(made.dir, 'imports', smallImport(1).contentHash, 'manifest.json');
  const { createHash } = await import('node:crypto');
  const body = { ...JSON.parse(readFileSync(manifest, 'utf8')).body, format: 2 };
  const sha256 = createHash('sha256')
    .update(JSON.stringify(body, null, 2))
    .digest('hex');
  writeFileSync(manifest, JSON.stringify({ sha256, body }));
  const workspace = await Workspace.open(made.dir);
  expect(workspace.logs().map(({ name }) => name)).toEqual(['night-2']);
  expect(workspace.problems).toMatchObject([
    { severity: 'warning', reason: expect.stringContaining('newer Landfall') },
  ]);
  expect(existsSync(manifest)).toBe(true);
  await expect(workspace.addImport(smallImport(1))).rejects.toMatchObject({ code: 'failed' });
  await workspace.close();
});
