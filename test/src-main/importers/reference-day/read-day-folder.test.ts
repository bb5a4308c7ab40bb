import { createHash } from 'node:crypto';
import { readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../../../shared/base/limits.ts';
import {
  DAY_FILES,
  type DayReading,
  readDayFolder,
} from '../../../../src-main/importers/reference-day/read-day-folder.ts';
import { FIXTURES, folderOf, printed } from '../support/import-here.ts';

const FIXTURE = join(FIXTURES, 'day');
const GOOD = Object.fromEntries(DAY_FILES.map((name) => [name, readFileSync(join(FIXTURE, name), 'utf8')]));

/** The problems of the fixture day with these files replaced. */
async function problemsWith(files: Record<string, string>): Promise<string[]> {
  const folder = folderOf({ ...GOOD, ...files });
  const reading = await readDayFolder(folder);
  expect(reading.day === null).toBe(reading.errorCount > 0);
  return printed(folder, reading).map((line) => line.replace(/^error /, ''));
}

const withTask = (line: number, text: string): Record<string, string> => ({
  'tasks.csv': GOOD['tasks.csv']
    .split('\n')
    .with(line - 1, text)
    .join('\n'),
});
const withDeps = (...rows: string[]): Record<string, string> => ({
  'deps.csv': ['task,upstream,kind', ...rows, ''].join('\n'),
});

function columnsOf({ day }: DayReading): Record<string, unknown> {
  if (day === null) throw new Error('no day');
  return Object.fromEntries(Object.entries(day).map(([name, v]) => [name, typeof v === 'number' ? v : [...v]]));
}

describe('readDayFolder', () => {
  it('reads a day into columns', async () => {
    const reading = await readDayFolder(FIXTURE);
    expect(reading.problems).toEqual([]);
    expect(reading.name).toBe('day');
    expect(columnsOf(reading)).toEqual({
      taskCount: 4,
      pipeline: [0, 0, 1, 1],
      releaseMs: [0, 0, 1000, 2000],
      durationMs: [60000, 30000, 0, 45000],
      pool: [0, 1, 1, 0],
      priority: [5, 5, -3, 1],
      finalizeMs: [500, 0, 2000, 0],
      deadlineMs: [-1, 120000, -1, 200000],
      poolSlots: [1, 2],
      depTask: [1, 2, 3, 3],
      depUpstream: [0, 0, 2, 0],
      depKind: [0, 1, 0, 1],
      publishMs: 250,
      dispatchMs: 1000,
    });
  });

  it('hashes the four files, when asked', async () => {
    const bytes = DAY_FILES.map((name) => GOOD[name]).join('');
    const hash = createHash('sha256').update(bytes).digest('hex');
    expect((await readDayFolder(FIXTURE, { hash: true })).contentHash).toBe(hash);
    expect((await readDayFolder(FIXTURE)).contentHash).toBe('');
  });

  it('takes columns and rows in any order, CRLF and a byte order mark', async () => {
    const [header, ...rows] = GOOD['tasks.csv'].trim().split('\n');
    const turned = [header, ...rows.reverse()].map((row) => row.split(',').reverse().join(','));
    const folder = folderOf({ ...GOOD, 'tasks.csv': `\ufeff${turned.join('\r\n')}\r\n` });
    const reading = await readDayFolder(folder);
    expect(printed(folder, reading)).toEqual([]);
    expect(columnsOf(reading)).toEqual(columnsOf(await readDayFolder(FIXTURE)));
  });

  it('names every file that is missing', async () => {
    const folder = folderOf({ 'pools.csv': GOOD['pools.csv'] });
    expect(printed(folder, await readDayFolder(folder))).toEqual([
      'error tasks.csv: no such file or folder',
      'error deps.csv: no such file or folder',
      'error params.json: no such file or folder',
    ]);
    rmSync(folder, { recursive: true });
    expect((await readDayFolder(folder)).errorCount).toBe(4);
  });

  it.skipIf(process.platform === 'win32')('does not read a device that never ends', async () => {
    const folder = folderOf({ ...GOOD });
    rmSync(join(folder, 'params.json'));
    symlinkSync('/dev/zero', join(folder, 'params.json'));
    expect(printed(folder, await readDayFolder(folder))).toEqual(['error params.json: is no regular file']);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['an empty file', { 'deps.csv': '' }, ['deps.csv:1: the file is empty']],
    ['a missing column', { 'pools.csv': 'pool\n0\n1\n' }, ['pools.csv:1: the column slots is missing']],
    ['an unknown column', { 'pools.csv': 'pool,slots,x\n0,1,2\n' }, ['pools.csv:1: the column "x" is not known here']],
    [
      'a column twice',
      { 'pools.csv': 'pool,slots,pool\n0,1,2\n' },
      ['pools.csv:1: the column "pool" is not known here'],
    ],
    [
      'binary',
      { 'pools.csv': 'PAR1\u0000\u0001\n' },
      [
        'pools.csv:1: the column pool is missing',
        'pools.csv:1: the column slots is missing',
        'pools.csv:1: the column "PAR1\\u0000\\u0001" is not known here',
      ],
    ],
    ['too few fields', withTask(3, '1,0,0'), ['tasks.csv:3: 3 fields where 8 are wanted']],
    ['too many fields', withTask(3, '1,0,0,30000,1,5,0,1,1'), ['tasks.csv:3: 9 fields where 8 are wanted']],
    ['a fraction', withTask(3, '1,0,0.5,30000,1,5,0,-1'), ['tasks.csv:3: release_ms is "0.5": not an integer']],
    ['a word', withTask(3, '1,0,0,long,1,5,0,-1'), ['tasks.csv:3: duration_ms is "long": not an integer']],
    ['nothing', withTask(3, '1,0,,30000,1,5,0,-1'), ['tasks.csv:3: release_ms is empty']],
    ['a blank', withTask(3, '1, 0,0,30000,1,5,0,-1'), ['tasks.csv:3: pipeline is " 0": not an integer']],
    [
      'a template',
      withTask(3, '1,0,{{ ds }},30000,1,5,0,-1'),
      ['tasks.csv:3: release_ms is "{{ ds }}": not an integer'],
    ],
    [
      'too large a number',
      withTask(3, '1,0,0,3000000000,1,5,0,-1'),
      ['tasks.csv:3: duration_ms is "3000000000": too large'],
    ],
    [
      'too large a number before CRLF',
      withTask(3, '1,0,0,1,1,5,0,3000000000\r'),
      ['tasks.csv:3: deadline_ms is "3000000000": too large'],
    ],
    ['an empty line', withTask(3, ''), ['tasks.csv:3: an empty line']],
    [
      'a negative time',
      withTask(3, '1,0,-1,30000,1,5,0,-2'),
      [
        'tasks.csv:3: task 1: release_ms -1 is negative',
        'tasks.csv:3: task 1: deadline_ms -2 is negative (-1 is no deadline)',
      ],
    ],
    [
      'a time beyond the range',
      withTask(3, '1,0,0,1073741824,1,5,0,-1'),
      ['tasks.csv:3: task 1: duration_ms 1073741824 is beyond 2^30 ms (12.4 days)'],
    ],
    ['a task twice', withTask(3, '0,0,0,30000,1,5,0,-1'), ['tasks.csv:3: task 0 is there twice, first on line 2']],
    [
      'ids that are not dense',
      withTask(3, '9,0,0,30000,1,5,0,-1'),
      ['tasks.csv:3: task 9: ids are dense from 0, so with 4 rows the largest is 3'],
    ],
    ['an unknown pool', withTask(3, '1,0,0,30000,2,5,0,-1'), ['tasks.csv:3: task 1: pool 2 is not in pools.csv']],
    [
      'a pipeline beyond all',
      withTask(3, '1,2000000000,0,30000,1,5,0,-1'),
      ['tasks.csv:3: task 1: pipeline 2000000000: ids are dense from 0, so with 4 tasks it is below that'],
    ],
    [
      'a negative pipeline',
      withTask(3, '1,-1,0,30000,1,5,0,-1'),
      ['tasks.csv:3: task 1: pipeline -1: ids are dense from 0, so with 4 tasks it is below that'],
    ],
    [
      'no tasks',
      { 'tasks.csv': `${GOOD['tasks.csv'].split('\n')[0]}\n`, ...withDeps() },
      ['tasks.csv:1: there is no task'],
    ],
    [
      'a pool without slots',
      { 'pools.csv': 'pool,slots\n0,1\n1,0\n' },
      [
        'tasks.csv:3: task 1: pool 1 has no slots, so it can never start',
        'tasks.csv:4: task 2: pool 1 has no slots, so it can never start',
      ],
    ],
    ['negative slots', { 'pools.csv': 'pool,slots\n0,1\n1,2\n2,-4\n' }, ['pools.csv:4: pool 2 has -4 slots: negative']],
    ['a dangling upstream', withDeps('1,0,0', '2,4,1'), ['deps.csv:3: upstream 4 of task 2 is not in tasks.csv']],
    ['a dangling task', withDeps('-1,0,0'), ['deps.csv:2: task -1 is not in tasks.csv']],
    ['a task that waits for itself', withDeps('2,2,0'), ['deps.csv:2: task 2 waits for itself']],
    [
      'another kind',
      withDeps('1,0,2', '1,0,-1'),
      ['deps.csv:2: kind 2 of task 1: 0 or 1 is wanted', 'deps.csv:3: kind -1 of task 1: 0 or 1 is wanted'],
    ],
    [
      'a cycle',
      withDeps('1,0,0', '2,1,1', '3,2,0', '1,3,0'),
      ['deps.csv:3: tasks wait for each other in a cycle: 1 -> 2 -> 3 -> 1'],
    ],
    ['an empty params.json', { 'params.json': '' }, ['params.json:1: the file is empty']],
    [
      'a cut params.json',
      { 'params.json': '{"publish_ms": 2' },
      ['params.json:1: not JSON: cut off, it ends before the value does'],
    ],
    [
      'another params.json',
      { 'params.json': '[1]' },
      ['params.json:1: an object with publish_ms and dispatch_ms is wanted'],
    ],
    ['no publish_ms', { 'params.json': '{"dispatch_ms": 1}' }, ['params.json:1: publish_ms is missing']],
    [
      'a negative delay',
      { 'params.json': '{"publish_ms": -1, "dispatch_ms": 1}' },
      ['params.json:1: publish_ms is -1: a delay cannot be negative'],
    ],
    [
      'half a millisecond',
      { 'params.json': '{"publish_ms": 0.5, "dispatch_ms": "1"}' },
      [
        'params.json:1: publish_ms is 0.5: not an integer',
        'params.json:1: dispatch_ms is text: an integer in milliseconds is wanted',
      ],
    ],
    [
      'a key twice',
      { 'params.json': '{"publish_ms": 1,\n"publish_ms": 2, "dispatch_ms": 1}' },
      ['params.json:2: the key "publish_ms" is there twice in one object: the last one counts'],
    ],
    [
      'a large params.json',
      { 'params.json': `{"x": "${'y'.repeat(70_000)}"}` },
      ['params.json:1: more than 65536 bytes where two numbers are wanted'],
    ],
  ])('refuses %s, with its line', async (_, files, problems) => {
    expect(await problemsWith(files)).toEqual(problems);
  });

  it('refuses a file that was cut, even where the rest looks whole', async () => {
    const cut = GOOD['tasks.csv'].trimEnd().slice(0, -3);
    expect(await problemsWith({ 'tasks.csv': cut })).toEqual([
      'tasks.csv:5: the last line does not end: the file was cut off (every line ends in a line feed)',
    ]);
  });

  it('refuses a day that cannot end within 2^30 ms', async () => {
    const half = 600_000_000;
    const row = (task: number, pool: number): string => `${task},0,0,${half},${pool},0,0,-1`;
    const header = GOOD['tasks.csv'].split('\n')[0];
    const tasks = { 'tasks.csv': `${header}\n${row(0, 1)}\n${row(1, 1)}\n` };
    expect(await problemsWith({ ...tasks, ...withDeps('1,0,1') })).toEqual([
      'tasks.csv:3: task 1 ends at 1200002250 ms at the earliest, beyond 2^30 ms (12.4 days)',
    ]);
    expect(await problemsWith({ 'tasks.csv': `${header}\n${row(0, 0)}\n${row(1, 0)}\n`, ...withDeps() })).toEqual([
      'tasks.csv: pool 0 has 1200000000 ms of work for 1 slots, beyond 2^30 ms (12.4 days)',
    ]);
    expect(await problemsWith({ ...tasks, ...withDeps() })).toEqual([]);
  });

  it('tells a pipeline without tasks and plays the day all the same', async () => {
    expect(await problemsWith(withTask(3, '1,2,0,30000,1,5,0,-1'))).toEqual([]);
    const tasks = GOOD['tasks.csv'].replace('2,1,', '2,2,').replace('3,1,', '3,2,');
    expect(await problemsWith({ 'tasks.csv': tasks })).toEqual([
      'warning tasks.csv: pipeline 1 has no task: ids are dense from 0',
    ]);
  });

  it('names at most twenty tasks of a long cycle', async () => {
    const header = GOOD['tasks.csv'].split('\n')[0];
    const tasks = Array.from({ length: 50 }, (_, i) => `${i},0,0,1,0,0,0,-1`);
    const deps = tasks.map((_, i) => `${(i + 1) % 50},${i},0`);
    const [problem] = await problemsWith({ 'tasks.csv': [header, ...tasks, ''].join('\n'), ...withDeps(...deps) });
    expect(problem).toBe(
      `deps.csv:2: tasks wait for each other in a cycle (50 tasks): ${Array.from({ length: 20 }, (_, i) => i).join(' -> ')} -> … -> 0`,
    );
  });

  it('counts every problem of a large file and keeps the first thousand', async () => {
    const rows = Array.from({ length: 5_000 }, () => '7,7,7');
    const reading = await readDayFolder(folderOf({ ...GOOD, ...withDeps(...rows) }));
    expect(reading.errorCount).toBe(20_000);
    expect(reading.problems).toHaveLength(LIMITS.problems);
  });

  it('reads a table that is larger than one piece, and refuses a line that never ends', async () => {
    const header = GOOD['tasks.csv'].split('\n')[0];
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},0,${i},1,0,0,0,-1`);
    const folder = folderOf({ ...GOOD, 'tasks.csv': [header, ...rows, ''].join('\n'), ...withDeps() });
    const { day, problems } = await readDayFolder(folder);
    expect(problems).toEqual([]);
    expect(day?.releaseMs).toEqual(Int32Array.from({ length: 60_000 }, (_, i) => i));
    expect(await problemsWith({ 'pools.csv': `pool,slots\n${'1'.repeat(2_000_000)}` })).toEqual([
      'pools.csv:2: a line of more than 1048576 bytes: this is no table of a reference day',
    ]);
  });
});
