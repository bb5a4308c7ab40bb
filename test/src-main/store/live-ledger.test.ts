// The ledger, its commands and the read model behind it, over a real workspace: what was acknowledged is in every form,
// and every form can be made again.

import { readdirSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NEVER_CANCELLED } from '../../../shared/base/cancel.ts';
import type { PartitionName } from '../../../shared/model/ledger.ts';
import { lineageOf, partitionsAsOf, type Query, staleRuns } from '../../../src-main/store/feed/ledger-reads.ts';
import { LiveLedger } from '../../../src-main/store/live-ledger.ts';
import { repairWorkspace } from '../../../src-main/store/repair-workspace.ts';
import { Workspace } from '../../../src-main/store/workspace.ts';
import { scratch } from './support/scratch.ts';

const folder = scratch();
let count = 0;
let dir = '';
let workspace: Workspace;
let live: LiveLedger;

const onFault = (fault: unknown): void => {
  throw fault;
};

async function openAll(): Promise<void> {
  workspace = await Workspace.open(dir);
  live = await LiveLedger.open(workspace, { onFault });
}

async function closeAll(): Promise<void> {
  await live.close();
  await workspace.close();
  live.detach();
}

beforeEach(async () => {
  dir = join(folder, `w${++count}`);
  await (await Workspace.create(dir, 'w')).close();
  await openAll();
});
afterEach(closeAll);

const events: PartitionName = { namespace: 'lake', dataset: 'events', partition: 'date=2025-12-24' };
const sessions: PartitionName = { namespace: 'lake', dataset: 'sessions', partition: 'date=2025-12-24' };
const features: PartitionName = { namespace: 'lake', dataset: 'features', partition: 'date=2025-12-24' };

/** What the read model has of each version, by seq. */
const steps = (): Promise<Record<string, unknown>[]> =>
  workspace.query(`SELECT kind_id::INTEGER AS kind, partition_key, row_count, byte_size, schema_fingerprint, null_rates,
    epoch_us(newest_at)::DOUBLE AS newest_us, note
    FROM ledger_step JOIN ledger_partition USING (partition_id) ORDER BY seq`);

/** Opens, finalizes and (by the store) publishes one version; returns its number. */
async function write(name: PartitionName, run: string, inputs: readonly (PartitionName & { version: number })[] = []) {
  const { commands } = live;
  const { token } = await commands.open({ ...name, run, attempt: 1, pipeline: 'p', task: 't' });
  await commands.finalize({ run, outputs: [{ ...name, token, metrics: { rowCount: 10 * token } }], inputs });
  return token;
}

async function answers() {
  await live.caughtUp();
  const query = (sql: string): Promise<Record<string, unknown>[]> => workspace.query(sql);
  const tables = ['ledger_version_view', 'ledger_run_view', 'ledger_lineage_view', 'ledger_stale_run_view'];
  const views = await Promise.all(tables.map((table) => query(`SELECT * FROM ${table} ORDER BY ALL`)));
  return { views, state: await query('SELECT * FROM ledger_partition_view ORDER BY ALL') };
}

describe('a chain of three partitions, the first written again', () => {
  beforeEach(async () => {
    const first = await write(events, 'ingest');
    const second = await write(sessions, 'sessions', [{ ...events, version: first }]);
    await write(features, 'features', [{ ...sessions, version: second }]);
    await write(events, 'ingest-again');
    // The store's own record of it comes after the answer.
    await live.commands.wait({ inputs: [{ ...events, version: 2 }], when: 'published' }, NEVER_CANCELLED);
    await live.caughtUp();
  });

  const query: Query = (sql, values = []) => workspace.query(sql, values);

  test('lineage runs both ways, with the versions read', async () => {
    const up = await lineageOf(query, features, 'upstream', 5);
    expect(up.rows.map(({ depth, runId, input }) => [depth, runId, input.dataset, input.version])).toEqual([
      [1, 'features', 'sessions', 1],
      [2, 'sessions', 'events', 1],
    ]);
    const down = await lineageOf(query, events, 'downstream', 1);
    expect(down.rows.map(({ depth, output }) => [depth, output.dataset])).toEqual([[1, 'sessions']]);
    expect(up.asOfSeq).toBe(live.commands.lastSeq);
  });

  test('who read what is no longer the newest is stale', async () => {
    expect((await staleRuns(query, 10)).rows).toEqual([
      { runId: 'sessions', attempt: 1, input: events, readVersion: 1, newestVersion: 2 },
    ]);
  });

  test('partitions as of any seq are what the commands had made until then', async () => {
    const { lastSeq } = live.commands;
    const seen = new Map<string, string>();
    const expected: string[] = [];
    for await (const records of workspace.ledger.read(1, { cancelled: false, onCancel: () => () => {} })) {
      for (const record of records) {
        if (record.kind === 'opened') seen.set(record.dataset, `${record.dataset} ${record.version} RUNNING`);
        if (record.kind === 'finalized') {
          for (const { dataset, version } of record.outputs) seen.set(dataset, `${dataset} ${version} SUCCESS`);
        }
        expected.push([...seen.values()].sort().join(', '));
      }
    }
    expect(expected).toHaveLength(lastSeq);
    for (let seq = 1; seq <= lastSeq; seq++) {
      const { rows, asOfSeq } = await partitionsAsOf(query, { seq }, { limit: 10, offset: 0 });
      expect(asOfSeq).toBe(seq);
      expect(rows.map(({ dataset, version, status }) => `${dataset} ${version} ${status}`).join(', ')).toBe(
        expected[seq - 1],
      );
    }
  });

  test('without its read model, and with a damaged one, a workspace gives the same answers', async () => {
    const before = await answers();
    expect(before.views[0]).toHaveLength(4);
    for (const spoil of [(file: string) => rmSync(file), (file: string) => writeFileSync(file, 'no database')]) {
      await closeAll();
      spoil(join(dir, 'landfall.duckdb'));
      await openAll();
      expect(await answers()).toEqual(before);
    }
  });

  test('after a repair that lost the last records, the read model tells of the same ones as the ledger', async () => {
    await closeAll();
    const [segment = ''] = readdirSync(join(dir, 'ledger'));
    truncateSync(join(dir, 'ledger', segment), statSync(join(dir, 'ledger', segment)).size - 200);
    const { lost, lastSeq } = await repairWorkspace(dir);
    expect(lost.at(-1)?.lastSeq).toBe(lastSeq);
    await openAll();
    const repaired = await answers();
    expect(repaired.views[0]).toHaveLength(3);
    await closeAll();
    rmSync(join(dir, 'landfall.duckdb'));
    await openAll();
    expect(await answers()).toEqual(repaired);
  });

  test('a read model that holds other rows than it says, or is ahead, is made again', async () => {
    const before = await answers();
    for (const sql of [
      'DELETE FROM ledger_step WHERE seq = 2',
      'UPDATE ledger_position SET applied_seq = 999',
      "UPDATE ledger_partition SET partition_key = 'other' WHERE partition_id = 1",
    ]) {
      await workspace.query(sql);
      await closeAll();
      await openAll();
      expect(await answers()).toEqual(before);
      expect(workspace.problems.map(({ reason }) => reason).join()).toMatch(/made again/);
    }
  });
});

test('what is fed while it is being rebuilt under the feed is not lost', async () => {
  await write(events, 'r1');
  await live.caughtUp();
  await workspace.feedTarget().startAgain('a test wants it');
  await write(events, 'r2');
  expect((await answers()).views[0]).toHaveLength(2);
});

test('a gate’s failed check is in the quality history, and its version is FAILED', async () => {
  await live.commands.declare({ namespace: 'lake', dataset: 'events', gate: { rowCount: { min: 100 } } });
  const { token } = await live.commands.open({ ...events, run: 'r', attempt: 1 });
  const check = await live.commands.check({
    ...events,
    run: 'r',
    token,
    metrics: { rowCount: 5, nullRates: { id: 0.5 } },
  });
  expect(check.passed).toBe(false);
  await live.caughtUp();
  expect(
    await workspace.query('SELECT dataset, version, passed, row_count, null_rates FROM ledger_quality_view'),
  ).toEqual([{ dataset: 'events', version: 1, passed: false, row_count: 5, null_rates: '{"id":0.5}' }]);
  expect(await workspace.query('SELECT status, quality_passed FROM ledger_version_view')).toEqual([
    { status: 'FAILED', quality_passed: false },
  ]);
});

test('an open whose answer was lost is answered again, also after the version is whole', async () => {
  const first = await live.commands.open({ ...events, run: 'r', attempt: 1 });
  expect(await live.commands.open({ ...events, run: 'r', attempt: 1 })).toEqual(first);
  await live.commands.finalize({ run: 'r', outputs: [{ ...events, token: first.token }] });
  const again = await live.commands.open({ ...events, run: 'r', attempt: 1 });
  expect(again.token).toBe(first.token);
  expect(again.leaseUntilUs).toBeGreaterThan(0);
  // A later attempt, or another run, writes a new version.
  expect((await live.commands.open({ ...events, run: 'r', attempt: 2 })).token).toBe(2);
});

test('an empty key is a key, and what nobody measured is unknown, whether or not a batch has more to say', async () => {
  const whole: PartitionName = { namespace: 'lake', dataset: 'whole', partition: '' };
  const unknown = { row_count: null, byte_size: null, schema_fingerprint: null, null_rates: null, newest_us: null };
  const step = (kind: number, of: object = {}) => ({ kind, partition_key: '', ...unknown, note: null, ...of });
  const { commands } = live;
  const { token } = await commands.open({ ...whole, run: 'r', attempt: 1 });
  await commands.finalize({ run: 'r', outputs: [{ ...whole, token }], inputs: [{ ...whole, version: 0 }] });
  await live.caughtUp();
  expect(await steps()).toEqual([step(0), step(4), step(5)]);
  expect(await workspace.query('SELECT run_id, partition_key, version FROM ledger_input')).toEqual([
    { run_id: 'r', partition_key: '', version: null },
  ]);
  const metrics = { rowCount: 3, byteSize: 5, schemaFingerprint: 'f', nullRates: { id: 0.5 }, newestUs: 7_000_000 };
  const again = await commands.open({ ...whole, run: 'again', attempt: 1, pipeline: 'p' });
  await commands.finalize({ run: 'again', outputs: [{ ...whole, token: again.token, metrics }] });
  await commands.open({ ...whole, run: 'third', attempt: 1 });
  await commands.fail({ ...whole, run: 'third', token: 3, reason: 'why' });
  await live.caughtUp();
  expect((await steps()).slice(3)).toEqual([
    step(0),
    step(4, {
      row_count: 3,
      byte_size: 5,
      schema_fingerprint: 'f',
      null_rates: '{"id":0.5}',
      newest_us: 7_000_000,
    }),
    step(5),
    step(0),
    step(6, { note: 'why' }),
  ]);
  expect(await workspace.query('SELECT run_id, pipeline, task FROM ledger_version ORDER BY seq')).toEqual([
    { run_id: 'r', pipeline: null, task: null },
    { run_id: 'again', pipeline: 'p', task: null },
    { run_id: 'third', pipeline: null, task: null },
  ]);
});
