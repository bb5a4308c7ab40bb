import { createHash } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ImportProgress } from '../../../shared/api/views.ts';
import { CancelledError, cancelSource, NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import { LIMITS } from '../../../shared/base/limits.ts';
import { importPaths, logName } from '../../../src-main/importers/import-paths.ts';
import { FIXTURES, folderOf, importQuietly, importText, printed } from './support/import-here.ts';

const nightly = readFileSync(join(FIXTURES, 'nightly.ndjson'));

describe('importPaths', () => {
  it('tells formats by content, whatever the names say', async () => {
    const folder = folderOf({ 'a.csv': nightly, 'b.txt': gzipSync(nightly), 'c.ndjson': 'task,pipeline,release_ms\n' });
    cpSync(join(FIXTURES, 'day'), join(folder, 'd.json'), { recursive: true });
    const outcome = await importQuietly(folder);
    expect(
      outcome.files.map(({ file, format, read, stored, unit }) => [
        file.slice(folder.length + 1),
        format,
        read,
        stored,
        unit,
      ]),
    ).toEqual([
      ['a.csv', 'OpenLineage', 17, 17, 'events'],
      ['b.txt', 'OpenLineage', 17, 17, 'events'],
      ['c.ndjson', 'unknown', 0, 0, 'events'],
      ['d.json', 'reference day', 4, 4, 'tasks'],
    ]);
    expect(outcome.entries.map((entry) => [entry.kind, entry.kind === 'log' ? entry.log.name : entry.name])).toEqual([
      ['log', 'a.csv'],
      ['log', 'b'],
      ['day', 'd.json'],
    ]);
    expect(outcome.entries[0].contentHash).toBe(createHash('sha256').update(nightly).digest('hex'));
    expect(outcome.entries[0].importedFrom).toBe(join(folder, 'a.csv'));
    expect(printed(folder, outcome).filter((line) => line.startsWith('error'))).toEqual([
      'error c.ndjson:1: a table of a reference day: give its folder',
    ]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['nothing', '', 'the file is empty'],
    ['blanks', ' \n\n', 'the file is empty but for blanks'],
    [
      'Parquet',
      Buffer.from('PAR1\u0015\u0004'),
      'a Parquet file: wanted are OpenLineage events (JSON) or the folder of a reference day',
    ],
    [
      'a zero byte',
      Buffer.from('{"a": 1}\u0000'),
      'binary content (a zero byte at offset 8): wanted are OpenLineage events (JSON) or the folder of a reference day',
    ],
    [
      'UTF-16',
      Buffer.from('\ufeff{"a": 1}', 'utf16le'),
      'UTF-16 text; save it as UTF-8: wanted are OpenLineage events (JSON) or the folder of a reference day',
    ],
    [
      'text',
      '<html>\u001b[2J</html>\n',
      'not a format that can be imported (it starts with "<html>\\u001b[2J</html>"): wanted are OpenLineage events (JSON) or the folder of a reference day',
    ],
    ['a bomb', gzipSync(Buffer.alloc(3_000_000, 32)), 'unpacks to more than 100 times its size: not read'],
    ['a cut archive', gzipSync(nightly).subarray(0, 300), 'the gzip data is cut off'],
  ])('refuses %s on line 1', async (_, content, reason) => {
    const outcome = await importText(content);
    expect(outcome.entries).toEqual([]);
    expect(outcome.problems.map((problem) => [problem.severity, problem.line, problem.reason])).toEqual([
      ['error', 1, reason],
    ]);
  });

  it('reads on after a file or folder that is no good', async () => {
    const folder = folderOf({ 'x/tasks.csv': '', 'x/deps.csv': '', 'x/pools.csv': '', 'y.json': nightly });
    const outcome = await importQuietly(join(folder, 'gone'), folder);
    expect(printed(folder, outcome).filter((line) => line.startsWith('error'))).toEqual([
      'error gone: no such file or folder',
      'error x/pools.csv:1: the file is empty',
      'error x/tasks.csv:1: the file is empty',
      'error x/deps.csv:1: the file is empty',
      'error x/params.json: no such file or folder',
    ]);
    expect(outcome.entries).toHaveLength(1);
  });

  it('keeps a thousand problems and counts all of them', async () => {
    const line = nightly.toString().split('\n')[0];
    const outcome = await importText([line, ...Array.from({ length: 3_000 }, () => '{}')].join('\n'));
    expect(outcome.entries).toHaveLength(1);
    expect(outcome.problems).toHaveLength(LIMITS.problems);
    expect(outcome.errorCount).toBe(3_000);
    expect(outcome.problemCount).toBeGreaterThan(3_000);
  });

  it('gives up on a file that holds no event for ten thousand lines', async () => {
    const outcome = await importText('{}\n'.repeat(20_000));
    expect(outcome.problemCount).toBe(1);
    expect(outcome.problems[0].reason).toContain('none of the first 10000 events could be read');
  });

  it('tells how far it is, forwards', async () => {
    const many = Array.from({ length: 600 }, () => nightly.toString()).join('');
    const folder = folderOf({ 'a.json': many, 'b.json': nightly });
    const told: ImportProgress[] = [];
    await importPaths([folder], { signal: NEVER_CANCELLED, onProgress: (progress) => void told.push(progress) });
    const [first, ...rest] = told;
    expect(first.step).toBe('looking for files');
    expect(first.share).toBeNaN();
    expect(rest.length).toBeGreaterThan(2);
    expect(rest.map(({ share }) => share)).toEqual(rest.map(({ share }) => share).toSorted((a, b) => a - b));
    expect(rest.at(-1)).toEqual({ step: 'reading b.json', share: 0.5 });
  });

  it('stops when it is cancelled: at once, between files, and inside a large one', async () => {
    const many = Array.from({ length: 1_200 }, () => nightly.toString()).join('');
    const folder = folderOf({ 'a.json': nightly, 'b.json': many });
    const cancelAt = (step: number): Promise<unknown> => {
      const source = cancelSource();
      let count = 0;
      const onProgress = (): void => {
        if (++count === step) source.cancel();
      };
      return importPaths([folder], { signal: source.signal, onProgress });
    };
    for (const step of [1, 2, 3, 4]) await expect(cancelAt(step)).rejects.toThrow(CancelledError);
  });
});

describe('logName', () => {
  it.each([
    ['/data/airflow.ndjson', 'airflow'],
    ['night.json.gz', 'night'],
    ['events.2025-12-24.jsonl', 'events.2025-12-24'],
    ['.json', '.json'],
    ['plain', 'plain'],
    [`${'x'.repeat(255)}`, 'x'.repeat(200)],
  ])('of %s is %s', (path, name) => {
    expect(logName(path)).toBe(name);
  });
});
