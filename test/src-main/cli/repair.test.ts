// `landfall repair` on a workspace whose ledger refuses to open.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { draft, numbersIn } from '../store/ledger/support/drafts.ts';
import { tempFolder } from '../store/support/temp-folder.ts';
import { landfall } from './support/landfall.ts';

test('a damaged workspace says how to repair it, is repaired, and opens', async () => {
  const workspace = await Workspace.create(tempFolder(), 'damaged');
  for (let number = 1; number <= 3; number++) await workspace.ledger.append([draft(number)]);
  await workspace.close();
  const { dir } = workspace;
  const segment = join(dir, 'ledger', readdirSync(join(dir, 'ledger'))[0]);
  const bytes = readFileSync(segment);
  bytes[48 + 53 + 20] ^= 1;
  writeFileSync(segment, bytes);

  const refused = await landfall(['logs', dir]);
  expect(refused).toMatchObject({ code: 2, stdout: '' });
  expect(refused.stderr).toContain(`after seq 1, at byte 101, and all up to 3 were acknowledged`);
  expect(refused.stderr).toContain(`landfall repair --workspace ${dir} makes what is intact usable`);

  const repaired = await landfall(['repair', '--workspace', dir]);
  expect(repaired).toMatchObject({ code: 1 });
  expect(repaired.stdout).toContain(`${segment}: damaged: seq 2 lost`);
  expect(repaired.stdout).toContain('repaired: 2 of 3 records are there, lost for good: 2\n');

  const again = await Workspace.open(dir);
  expect(await numbersIn(again.ledger)).toEqual([1, 3]);
  await again.close();
  expect(JSON.parse((await landfall(['repair', '--workspace', dir, '--json'])).stdout)).toEqual({
    repaired: false,
    records: 2,
    lastSeq: 3,
    lost: [{ firstSeq: 2, lastSeq: 2 }],
    parts: [],
  });
});

test('a workspace that is open is not repaired', async () => {
  const workspace = await Workspace.create(tempFolder(), 'open');
  const refused = await landfall(['repair', '--workspace', workspace.dir]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(`process ${process.pid}`);
  await workspace.close();
});
