// The SQL console's state: one thing at a time, a cancel that is heard, a file that is whole or none, and its memory.

import { expect, it } from 'vitest';
import { localClient } from '../../../shared/api/channel/local-client.ts';
import { topicHub } from '../../../shared/api/channel/topic-hub.ts';
import type { Handlers } from '../../../shared/api/client.ts';
import { ServiceError } from '../../../shared/api/errors.ts';
import type { SqlView } from '../../../shared/api/views-sql.ts';
import { createSqlMemory } from '../../../src-renderer/state/sql-memory.ts';
import { createSqlRun, type SqlState } from '../../../src-renderer/state/sql-run.ts';

const answer = (rows: readonly (readonly unknown[])[]): SqlView => ({
  columns: [{ name: 'n', type: 'INTEGER' }],
  rows,
  truncated: false,
  asOfSeq: 7,
  elapsedMs: 12,
});

function start(handlers: Partial<Pick<Handlers, 'sql.run' | 'sql.save'>>) {
  const given: { name: string; text: string }[] = [];
  const remembered: unknown[] = [];
  const sql = createSqlRun(localClient(handlers as Handlers, topicHub()), {
    nowMs: () => 0,
    give: (name, parts) =>
      void given.push({ name, text: parts.map((part) => new TextDecoder().decode(part)).join('') }),
    remember: (query) => void remembered.push(query),
  });
  const until = (isSo: (state: SqlState) => boolean): Promise<SqlState> =>
    new Promise((resolve) => {
      const look = (state: SqlState): void => {
        if (isSo(state)) resolve(state);
      };
      sql.store.subscribe(look);
      look(sql.store.getState());
    });
  return { sql, given, remembered, until };
}
const isIdle = ({ running }: SqlState): boolean => running === null;

it('shows the rows of what ran last, and remembers it', async () => {
  const { sql, remembered, until } = start({ 'sql.run': async ({ sql: text }) => answer([[text]]) });
  sql.run('  ');
  expect(sql.store.getState().running).toBeNull();
  sql.run('SELECT 1');
  expect(sql.store.getState()).toMatchObject({ draft: 'SELECT 1', running: { of: 'run', sql: 'SELECT 1' } });
  expect((await until(isIdle)).answer).toMatchObject({ sql: 'SELECT 1', view: { rows: [['SELECT 1']] } });
  expect(remembered).toEqual([{ sql: 'SELECT 1', ended: 1, isCut: false, elapsedMs: 12 }]);
});

it('ends what ran before, whose end changes nothing', async () => {
  const { sql, remembered, until } = start({
    'sql.run': ({ sql: text }, { signal }) =>
      text === 'slow'
        ? new Promise((_resolve, reject) => {
            signal.onCancel(() => reject(new ServiceError({ code: 'cancelled', message: 'Cancelled.' })));
          })
        : Promise.resolve(answer([[1]])),
  });
  sql.run('slow');
  sql.run('fast');
  const state = await until(isIdle);
  expect(state.answer?.sql).toBe('fast');
  expect(state.outcome).toBeNull();
  expect(remembered).toContainEqual({ sql: 'slow', ended: 'cancelled', elapsedMs: 0 });
});

it('says that it was cancelled, and why it failed', async () => {
  const { sql, until } = start({
    'sql.run': (_params, { signal }) =>
      new Promise((_resolve, reject) => {
        signal.onCancel(() => reject(new ServiceError({ code: 'cancelled', message: 'Cancelled.' })));
      }),
    'sql.save': () => Promise.reject(new ServiceError({ code: 'too-large', message: 'the file grew' })),
  });
  sql.run('SELECT 1');
  sql.cancel();
  expect((await until(isIdle)).outcome).toMatchObject({ kind: 'cancelled', of: 'run' });
  sql.store.setState({ answer: { id: 1, sql: 'SELECT 1', maxRows: 1, view: answer([]) } });
  sql.save('csv');
  expect((await until(isIdle)).outcome).toMatchObject({ kind: 'failed', of: 'csv', error: { code: 'too-large' } });
});

it('has no rows after a query that failed: they would come back when the next one runs', async () => {
  const { sql, until } = start({
    'sql.run': async ({ sql: text }) => {
      if (text === 'wrong') throw new ServiceError({ code: 'bad-request', message: 'no' });
      return answer([[1]]);
    },
    'sql.save': () => Promise.reject(new ServiceError({ code: 'too-large', message: 'the file grew' })),
  });
  sql.run('SELECT 1');
  await until(isIdle);
  sql.save('csv');
  expect((await until(isIdle)).answer?.sql).toBe('SELECT 1');
  sql.run('wrong');
  expect(sql.store.getState().answer?.sql).toBe('SELECT 1');
  expect(await until(isIdle)).toMatchObject({ answer: null, outcome: { kind: 'failed', of: 'run' } });
});

it('gives a file that is whole, also when it began twice, and none of which a part is missing', async () => {
  const part = (offset: number, text: string) => ({ offset, bytes: new TextEncoder().encode(text) });
  let isCut = false;
  const { sql, given, until } = start({
    'sql.save': async (_params, { progress }) => {
      await progress(part(0, 'lost'));
      await progress(part(0, 'n\n'));
      await progress(part(2, '1\n'));
      return { rowCount: 1, byteCount: isCut ? 9 : 4, asOfSeq: 0 };
    },
  });
  sql.save('csv');
  expect(isIdle(sql.store.getState())).toBe(true);
  sql.store.setState({ answer: { id: 1, sql: 'SELECT 1', maxRows: 1, view: answer([]) } });
  sql.save('csv');
  expect((await until(isIdle)).outcome).toEqual({ kind: 'saved', of: 'csv', rowCount: 1, byteCount: 4 });
  expect(given).toEqual([{ name: 'landfall-rows.csv', text: 'n\n1\n' }]);
  isCut = true;
  sql.save('csv');
  const { outcome } = await until((state) => state.outcome?.kind === 'failed');
  expect(outcome).toMatchObject({ error: { message: 'only 4 of 9 bytes of the file arrived' } });
  expect(given).toHaveLength(1);
});

it('remembers a workspace by itself: what was written, and each query once, latest first', () => {
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  };
  const memory = createSqlMemory(() => storage);
  expect(memory.open('/a')).toBe('');
  for (const sql of ['SELECT 1', 'SELECT 2', 'SELECT 1']) memory.add({ sql, atMs: 1, ended: 1, elapsedMs: 2 });
  memory.keepDraft('SELECT 3');
  expect(memory.open('/b')).toBe('');
  expect(memory.store.getState()).toEqual([]);
  expect(memory.open('/a')).toBe('SELECT 3');
  expect(memory.store.getState().map(({ sql }) => sql)).toEqual(['SELECT 1', 'SELECT 2']);
  memory.forget();
  expect(createSqlMemory(() => storage).open('/a')).toBe('SELECT 3');
  kept.set('landfall.sql /a', '{"draft": 3, "queries": [{"sql": 4}]}');
  expect(memory.open('/a')).toBe('');
  expect(memory.store.getState()).toEqual([]);
});

it('goes on without a storage', () => {
  const memory = createSqlMemory(() => {
    throw new Error('denied');
  });
  expect(memory.open('/a')).toBe('');
  memory.add({ sql: 'SELECT 1', atMs: 1, ended: 'failed', elapsedMs: 0 });
  expect(memory.store.getState()).toHaveLength(1);
});
