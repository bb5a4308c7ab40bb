// A folder that is written to while it is watched: real files, the system's own events.

import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseMarkerPolicy } from '../../../../shared/analysis/markers/policy.ts';
import { cancelSource, NEVER_CANCELLED } from '../../../../shared/base/cancel.ts';
import { scanTree } from '../../../../src-main/importers/markers/scan-tree.ts';
import { watchTree } from '../../../../src-main/importers/markers/watch-tree.ts';
import { ProblemList } from '../../../../src-main/importers/problem-list.ts';
import { writeMarker } from '../../../../src-main/store/markers/write-marker.ts';
import { waitFor } from '../../../support/wait-for.ts';

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'landfall-watch-')));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(path: string, text = 'x', agoS = 0): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  const at = Date.now() / 1_000 - agoS;
  utimesSync(file, at, at);
}

test('a scan finds regular files with their times, and follows no links', async () => {
  put('date=1/part-0', 'abc', 100);
  put('date=1/hour=2/part-1');
  mkdirSync(join(root, 'outside'));
  symlinkSync('/', join(root, 'date=1', 'link'));
  const problems = new ProblemList();
  const files = await scanTree(root, '', problems, NEVER_CANCELLED);
  expect(files.map(({ path, sizeBytes }) => [path, sizeBytes]).sort()).toEqual([
    ['date=1/hour=2/part-1', 1],
    ['date=1/part-0', 3],
  ]);
  expect(Date.now() * 1_000 - files.filter(({ sizeBytes }) => sizeBytes === 3)[0].modifiedUs).toBeGreaterThan(
    99_000_000,
  );
  expect(problems.problemCount).toBe(0);
});

test('a folder that is not there is a located problem', async () => {
  const problems = new ProblemList();
  expect(await scanTree(join(root, 'none'), '', problems, NEVER_CANCELLED)).toEqual([]);
  expect(problems.problems).toMatchObject([{ file: join(root, 'none'), reason: 'no such file or folder' }]);
});

test('changes are told as they happen: running, whole, stale; other partitions stay untold', async () => {
  put('date=0/part-0', 'x', 20);
  put('date=0/_SUCCESS', '', 10);
  const policy = parseMarkerPolicy('partition');
  if (!policy.ok) throw new Error(policy.error);
  const { signal, cancel } = cancelSource();
  const options = { policy: policy.value, layout: [], toleranceMs: 0, problems: new ProblemList(), signal };
  const told: string[] = [];
  const watching = (async () => {
    for await (const changed of watchTree(root, options))
      told.push(...changed.map(({ key, status }) => `${key} ${status}`));
  })();
  await waitFor(() => expect(told).toEqual(['date=0 whole']));
  put('date=1/part-0', 'x', 5);
  await waitFor(() => expect(told.slice(1)).toEqual(['date=1 running']));
  await writeMarker(join(root, 'date=1', '_SUCCESS'));
  await waitFor(() => expect(told.slice(2)).toEqual(['date=1 whole']));
  put('date=1/part-1', 'late', -5);
  await waitFor(() => expect(told.slice(3)).toEqual(['date=1 stale']));
  cancel();
  await watching;
});
