// `landfall sql` through the real command: what is durable is in the answer, though the read model was never fed before.

import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startHost } from '../../../src-main/host/start-host.ts';
import { landfall, scratchFolder } from './support/landfall.ts';

const dir = scratchFolder();

it('knows what was written a moment before the workspace was closed', async () => {
  await landfall(['--version']);
  const host = await startHost({ workspaceDir: join(dir, 'ws'), create: true });
  const { ledger } = host.api;
  for (const partition of ['date=1', 'date=2']) {
    await ledger.open({ namespace: 'lake', dataset: 'events', partition, run: 'ingest', attempt: 1 });
  }
  const { lastSeq } = ledger;
  await host.close();
  const asked = await landfall(['sql', 'ws', 'SELECT partition_key, status FROM ledger_version_view ORDER BY 1'], {
    cwd: dir,
  });
  expect(asked).toMatchObject({ code: 0, stderr: '' });
  expect(asked.stdout).toMatch(/^date=1 +RUNNING\ndate=2 +RUNNING\n/m);
  expect(asked.stdout).toMatch(new RegExp(`2 rows, as of seq ${lastSeq}\\n$`));
  const query = 'SELECT partition_key, version FROM ledger_version_view ORDER BY 1';
  const saved = await landfall(['sql', 'ws', '--save', 'rows.csv', query], { cwd: dir });
  expect(saved).toMatchObject({ code: 0, stdout: '', stderr: `rows.csv: 2 rows, 40 bytes, as of seq ${lastSeq}\n` });
  expect(readFileSync(join(dir, 'rows.csv'), 'utf8')).toBe('partition_key,version\ndate=1,1\ndate=2,1\n');
  const inJson = await landfall(['sql', 'ws', '--json', '--save', 'one.csv', 'SELECT 1 AS a'], { cwd: dir });
  expect(inJson).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(inJson.stdout)).toEqual({ file: 'one.csv', rowCount: 1, byteCount: 4, asOfSeq: lastSeq });
  const wrong = await landfall(['sql', 'ws', '--save', 'rows.parquet', 'SELECT nothing'], { cwd: dir });
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('line 1, column 8 of the query') });
  expect(existsSync(join(dir, 'rows.parquet'))).toBe(false);
  expect(readdirSync(dir).filter((name) => name.endsWith('.part'))).toEqual([]);
  const nowhere = await landfall(['sql', 'ws', '--save', 'no/where.csv', 'SELECT 1'], { cwd: dir });
  expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining(`there is no folder ${join(dir, 'no')}`) });
  mkdirSync(join(dir, 'taken.csv'));
  const taken = await landfall(['sql', 'ws', '--save', 'taken.csv', 'SELECT 1'], { cwd: dir });
  expect(taken).toMatchObject({ code: 2, stderr: expect.stringContaining('taken.csv is a folder') });
  const refused = await landfall(['sql', 'ws', 'DELETE FROM log'], { cwd: dir });
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('only SELECT may run here') });
  // DuckDB's log, turned on by a SELECT, does not come between.
  const logged = `WITH l AS MATERIALIZED (SELECT count(*) AS n FROM enable_logging(level = 'trace', storage = 'stdout'))
    SELECT count(write_log('x' || range, level := 'error', scope := 'database')) AS c FROM range(5000), l WHERE n >= 0`;
  const counted = await landfall(['sql', 'ws', '--csv', logged], { cwd: dir });
  expect(counted).toEqual({ code: 0, stdout: 'c\n0\n', stderr: '' });
});
