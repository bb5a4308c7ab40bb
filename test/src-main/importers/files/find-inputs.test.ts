import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findInputs } from '../../../../src-main/importers/files/find-inputs.ts';
import { ProblemList } from '../../../../src-main/importers/problem-list.ts';
import { folderOf, printed } from '../support/import-here.ts';

async function find(folder: string, ...paths: string[]): Promise<{ found: string[]; problems: string[] }> {
  const problems = new ProblemList();
  const inputs = await findInputs(paths.length > 0 ? paths : [folder], problems);
  const found = inputs.map(({ kind, path }) => `${kind} ${path.slice(folder.length + 1)}`);
  return { found, problems: printed(folder, problems) };
}

const DAY = { 'pools.csv': '', 'tasks.csv': '', 'deps.csv': '', 'params.json': '' };
const inFolder = (name: string, files: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([file, content]) => [`${name}/${file}`, content]));

describe('findInputs', () => {
  it('finds files in the order of their names, and a day as one thing', async () => {
    const folder = folderOf({ 'b.json': '', 'a/z.json': '', 'a/b/c.txt': '', ...inFolder('days/tuesday', DAY) });
    const { found, problems } = await find(folder);
    expect(found).toEqual(['file a/b/c.txt', 'file a/z.json', 'file b.json', 'day days/tuesday']);
    expect(problems).toEqual([]);
  });

  it('takes a folder with one file missing for a day, and one with two for files', async () => {
    const { 'params.json': _, ...three } = DAY;
    const { found } = await find(folderOf({ ...inFolder('x', three), 'y/tasks.csv': '', 'y/deps.csv': '' }));
    expect(found).toEqual(['day x', 'file y/deps.csv', 'file y/tasks.csv']);
  });

  it('follows no link below a folder, and one that is given', async () => {
    const outside = folderOf({ 'secret.json': '' });
    const folder = folderOf({ 'a.json': '' });
    symlinkSync(outside, join(folder, 'out'));
    symlinkSync(folder, join(folder, 'loop'));
    expect(await find(folder)).toEqual({
      found: ['file a.json'],
      problems: ['warning loop: a symbolic link: not followed', 'warning out: a symbolic link: not followed'],
    });
    expect((await find(folder, join(folder, 'out'))).found).toEqual(['file out/secret.json']);
  });

  it.skipIf(process.platform === 'win32')(
    'passes over dot files, and tells what is missing, empty or no regular file',
    async () => {
      const folder = folderOf({ '.git/config': '' });
      mkdirSync(join(folder, 'empty'));
      const { found, problems } = await find(folder, folder, join(folder, 'empty'), join(folder, 'none'), '/dev/zero');
      expect(found).toEqual([]);
      expect(problems).toEqual([
        `error ${folder}: there is no file to import in this folder`,
        'error empty: there is no file to import in this folder',
        'error none: no such file or folder',
        'error /dev/zero: is no regular file',
      ]);
    },
  );

  it('reads a path that is given twice once', async () => {
    const folder = folderOf({ 'a.json': '' });
    expect((await find(folder, join(folder, 'a.json'), `${folder}/./a.json`)).found).toEqual(['file a.json']);
  });
});
