// Every ready-made query runs on a real read model, says what its title asks, and takes hostile names of logs.

import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { examplesOf } from '../../../src-renderer/sql/examples.ts';
import { scratch } from '../../src-main/store/support/scratch.ts';
import { smallImport } from '../../src-main/store/support/small-import.ts';

const dir = scratch();
let workspace: Workspace;

beforeAll(async () => {
  workspace = await Workspace.create(join(dir, 'ws'), 'ws');
  await workspace.addImport(smallImport(1));
  await workspace.addImport(smallImport(2));
});
afterAll(() => workspace.close());

for (const log of ['night-1', null, "night' OR '' = '"]) {
  describe(`of ${log ?? 'the newest log'}`, () => {
    it.each(examplesOf(log).flatMap(({ examples }) => [...examples]))('$id', async ({ sql }) => {
      expect(await workspace.query(sql)).toBeInstanceOf(Array);
    });
  });
}

it('asks of the one log that it names', async () => {
  const runs = (log: string | null): string => examplesOf(log)[0]?.examples[0]?.sql ?? '';
  const rows = await workspace.query(runs('night-1'));
  expect(rows.length).toBeGreaterThan(0);
  expect(await workspace.query(runs("night' OR '' = '"))).toEqual([]);
  expect(await workspace.query(runs(null))).toHaveLength((await workspace.query(runs('night-2'))).length);
});
