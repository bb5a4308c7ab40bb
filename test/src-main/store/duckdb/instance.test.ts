// DuckDB is opened in one place, and what is opened there reaches nothing but the workspace.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Workspace } from '../../../../src-main/store/workspace.ts';
import { tempFolder } from '../support/temp-folder.ts';

const SOURCE = new URL('../../../../src-main', import.meta.url).pathname;

function sources(folder: string): { file: string; text: string }[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => /\.m?ts$/.test(file));
  return files.map((file) => ({ file: file.replaceAll('\\', '/'), text: readFileSync(join(folder, file), 'utf8') }));
}

test('exactly one place makes an instance, and only the store knows DuckDB', () => {
  const all = sources(SOURCE);
  const making = all.flatMap(({ file, text }) =>
    [...text.matchAll(/DuckDBInstance\.(create|fromCache)\(|DuckDBConnection\.create\(|new DuckDBInstance/g)].map(
      () => file,
    ),
  );
  expect(making).toEqual(['store/duckdb/instance.ts']);
  const importing = all.filter(({ text }) => /from '@?duckdb/.test(text)).map(({ file }) => file);
  expect(importing.length).toBeGreaterThan(0);
  expect(importing.filter((file) => !file.startsWith('store/'))).toEqual([]);
});

test('the instance reads and writes nothing outside, fetches nothing and cannot be told otherwise', async () => {
  const dir = tempFolder();
  const outside = join(tempFolder(), 'outside.csv');
  writeFileSync(outside, 'a\n1\n');
  const workspace = await Workspace.create(dir, 'closed in');
  const refused = [
    `SELECT * FROM read_csv('${outside}')`,
    `SELECT * FROM read_text('${join(dir, 'workspace.json')}')`,
    `COPY (SELECT 1) TO '${outside}'`,
    `ATTACH '${join(dir, '..', 'other.duckdb')}'`,
    'INSTALL httpfs',
    'LOAD httpfs',
    'SET enable_external_access = true',
    'SET autoload_known_extensions = true',
    "SET allowed_directories = ['/']",
  ];
  for (const sql of refused) {
    await expect(workspace.query(sql)).rejects.toThrow(/disabled|configuration|permission/i);
  }
  expect(readFileSync(outside, 'utf8')).toBe('a\n1\n');
  expect(await workspace.query('SELECT 1 AS still_there')).toEqual([{ still_there: 1 }]);
  await workspace.close();
});
