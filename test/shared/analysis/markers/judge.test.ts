// What files say of partitions, policy by policy; and that nothing is whole while any of its data is newer than its flag.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type JudgeOptions, judgeTree } from '../../../../shared/analysis/markers/judge.ts';
import { type FileFact, placeOf } from '../../../../shared/analysis/markers/layout.ts';
import { parseMarkerPolicy } from '../../../../shared/analysis/markers/policy.ts';

const file = (path: string, modifiedS: number, sizeBytes = 10): FileFact => ({
  path,
  sizeBytes,
  modifiedUs: modifiedS * 1_000_000,
});

const policyOf = (text: string) => {
  const policy = parseMarkerPolicy(text);
  if (!policy.ok) throw new Error(policy.error);
  return policy.value;
};

const judged = (files: readonly FileFact[], policy = 'partition', more: Partial<JudgeOptions> = {}) =>
  judgeTree(files, { policy: policyOf(policy), layout: [], toleranceMs: 0, ...more });

const statuses = (...args: Parameters<typeof judged>): Record<string, string> =>
  Object.fromEntries(judged(...args).partitions.map(({ key, status }) => [key, status]));

describe('a flag in each partition', () => {
  test('whole, running, stale, empty', () => {
    const found = judged([
      file('date=2025-12-21/part-0.parquet', 10),
      file('date=2025-12-21/_SUCCESS', 11),
      file('date=2025-12-22/part-0.parquet', 10),
      file('date=2025-12-23/part-0.parquet', 10),
      file('date=2025-12-23/part-1.parquet', 20),
      file('date=2025-12-23/.DONE', 15),
      file('date=2025-12-24/_SUCCESS', 15),
    ]);
    expect(found.counts).toEqual({ whole: 1, running: 1, stale: 1, empty: 1, unknown: 0 });
    expect(found.partitions.map(({ key, status, dataFiles, marker }) => [key, status, dataFiles, marker])).toEqual([
      ['date=2025-12-21', 'whole', 1, 'date=2025-12-21/_SUCCESS'],
      ['date=2025-12-22', 'running', 1, ''],
      ['date=2025-12-23', 'stale', 2, 'date=2025-12-23/.DONE'],
      ['date=2025-12-24', 'empty', 0, 'date=2025-12-24/_SUCCESS'],
    ]);
  });

  test('data as old as its flag is whole; a tolerance stretches that', () => {
    const files = [file('d=1/p', 10), file('d=1/_SUCCESS', 10), file('d=2/p', 12), file('d=2/_SUCCESS', 10)];
    expect(statuses(files)).toEqual({ 'd=1': 'whole', 'd=2': 'stale' });
    expect(statuses(files, 'partition', { toleranceMs: 2_000 })).toEqual({ 'd=1': 'whole', 'd=2': 'whole' });
  });

  test('a flag without a time is there, and does not tell', () => {
    const found = judged([file('d=1/p', 10), file('d=1/_SUCCESS', Number.NaN), file('d=2/p', Number.NaN)]);
    expect(found.partitions.map(({ status, reason }) => [status, reason])).toEqual([
      ['unknown', 'the time of its flag is not known'],
      ['running', 'data and no flag'],
    ]);
  });

  test('data that grows, or that lies in a temporary folder, is being written', () => {
    const growing = new Set(['d=1/p']);
    expect(statuses([file('d=1/p', 10), file('d=1/_SUCCESS', 20)], 'partition', { growing })).toEqual({
      'd=1': 'stale',
    });
    expect(statuses([file('d=1/_temporary/0/task_1/p', 10)])).toEqual({ 'd=1': 'running' });
  });

  test('hidden files are no data, and another name is no flag', () => {
    expect(
      statuses([file('d=1/.p.crc', 99), file('d=1/_metadata', 99), file('d=1/p', 5), file('d=1/_SUCCESS', 6)]),
    ).toEqual({
      'd=1': 'whole',
    });
    expect(statuses([file('d=1/p', 5), file('d=1/_SUCCESS', 6)], 'partition:_READY')).toEqual({ 'd=1': 'running' });
  });

  test('data of unknown time is unknown, not whole', () => {
    expect(statuses([file('d=1/p', Number.NaN), file('d=1/_SUCCESS', 6)])).toEqual({ 'd=1': 'unknown' });
  });

  test('a dataset without partitions is one', () => {
    expect(statuses([file('part-0', 1), file('_SUCCESS', 2)])).toEqual({ '': 'whole' });
  });
});

test('a flag at the root vouches for what is older than it', () => {
  const files = [file('_SUCCESS', 10), file('d=1/p', 9), file('d=2/p', 11), file('d=2/_SUCCESS', 12)];
  expect(statuses(files, 'root')).toEqual({ 'd=1': 'whole', 'd=2': 'stale' });
});

test('a folder that is its own flag, and no flag at all', () => {
  const files = [file('d=1/p', 9), file('d=2/_temporary/p', 9)];
  expect(statuses(files, 'directory')).toEqual({ 'd=1': 'whole', 'd=2': 'running' });
  expect(statuses(files, 'none')).toEqual({ 'd=1': 'unknown', 'd=2': 'unknown' });
});

test.each([
  ['Delta', '_delta_log/00000000000000000003.json'],
  ['Iceberg', 'metadata/00003-abc.metadata.json'],
  ['Hudi', '.hoodie/20251224.commit'],
])('a commit of %s', (_name, commit) => {
  const files = [file('d=1/p', 9), file('d=2/p', 11), file(commit, 10)];
  expect(statuses(files, 'table')).toEqual({ 'd=1': 'whole', 'd=2': 'running' });
  expect(statuses(files.slice(0, 2), 'table')).toEqual({ 'd=1': 'running', 'd=2': 'running' });
});

describe('which partition a path is of', () => {
  const cases: readonly [string, readonly string[], string, string][] = [
    ['date=2025-12-24/hour=03/p', [], 'date=2025-12-24/hour=03', 'p'],
    ['hour=03/date=2025-12-24/p', [], 'date=2025-12-24/hour=03', 'p'],
    ['date=2025-12-24/sub/p', [], 'date=2025-12-24', 'sub/p'],
    ['name=a%2Fb/p', [], 'name=a/b', 'p'],
    ['name=100%/p', [], 'name=100%', 'p'],
    ['name=__HIVE_DEFAULT_PARTITION__/p', [], 'name=', 'p'],
    ['2025-12-24/03/p', ['date', 'hour'], 'date=2025-12-24/hour=03', 'p'],
    ['2025-12-24/p', ['date', 'hour'], 'date=2025-12-24', 'p'],
    ['p', [], '', 'p'],
  ];
  test.each(cases)('%s', (path, layout, key, inside) => expect(placeOf(path, layout)).toMatchObject({ key, inside }));
});

test('policies are read from text, or refused with what is wanted', () => {
  expect(policyOf('partition:_READY,.ok')).toEqual({ kind: 'partition', names: ['_READY', '.ok'] });
  expect(policyOf('root')).toEqual({ kind: 'root', names: ['_SUCCESS', '.DONE'] });
  for (const text of ['', 'file', 'partition:', 'partition:a/b', 'none:x']) {
    expect(parseMarkerPolicy(text)).toMatchObject({ ok: false });
  }
});

test('whole means: a flag, data, and no data newer than the flag, in whatever order files are listed', () => {
  const arbitrary = fc.array(
    fc.record({
      partition: fc.integer({ min: 0, max: 3 }),
      name: fc.constantFrom('p0', 'p1', '_SUCCESS'),
      at: fc.nat(20),
    }),
    { maxLength: 20 },
  );
  fc.assert(
    fc.property(arbitrary, fc.infiniteStream(fc.nat()), (rows, order) => {
      const files = [...new Map(rows.map(({ partition, name, at }) => [`d=${partition}/${name}`, at])).entries()];
      const facts = files.map(([path, at]) => file(path, at));
      const shuffled = facts.map((fact) => ({ fact, at: order.next().value })).sort((a, b) => a.at - b.at);
      const verdict = judged(facts);
      expect(judged(shuffled.map(({ fact }) => fact))).toEqual(verdict);
      for (const { key, status } of verdict.partitions) {
        const inside = facts.filter(({ path }) => path.startsWith(`${key}/`));
        const flag = inside.find(({ path }) => path.endsWith('_SUCCESS'));
        const data = inside.filter((fact) => fact !== flag);
        const isWhole =
          flag !== undefined && data.length > 0 && data.every((fact) => fact.modifiedUs <= flag.modifiedUs);
        expect(status === 'whole').toBe(isWhole);
      }
    }),
  );
});
