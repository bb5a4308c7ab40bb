// The read model by SQL: what its tables and views say of a small night, and that it is made again, with the same
// answers, whenever it is missing, of a later schema, or holds other rows than the imports.

import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { taskRunTimes } from '../../../../shared/analysis/task-run-times.ts';
import {
  BLOCK_CAUSES,
  EVENT_KIND_NAMES,
  EVIDENCE_NAMES,
  EventKind,
  OUTCOME_NAMES,
} from '../../../../shared/model/event.ts';
import { EventWriter } from '../../../../shared/model/event-writer.ts';
import { SampleNights } from '../../../../simulations/scenarios/sample.ts';
import type { ImportEntry } from '../../../../src-main/store/imports/write-import.ts';
import { Workspace } from '../../../../src-main/store/workspace.ts';
import { MIDNIGHT_US, smallImport } from '../support/small-import.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** Everything that can be asked of the read model, in a fixed order. */
async function answers(workspace: Workspace): Promise<unknown> {
  const ask = (sql: string) => workspace.query(sql);
  return {
    logs: workspace.logs(),
    log: await ask('SELECT * EXCLUDE (log_id) FROM log ORDER BY name'),
    taskRuns: await ask('SELECT * EXCLUDE (log_id) FROM task_run_view ORDER BY log, task_run_id'),
    events: await ask('SELECT * EXCLUDE (log_id) FROM event_view ORDER BY log, seq'),
    versions: await ask('SELECT * EXCLUDE (log_id) FROM partition_version_view ORDER BY log, version_id'),
    dependencies: await ask('SELECT * EXCLUDE (log_id) FROM task_dependency_view ORDER BY log, task_id'),
  };
}

/** Text of the columns, UTC; SQL's own writing of times. */
async function rows(workspace: Workspace, sql: string): Promise<unknown[][]> {
  const found = await workspace.query(`SELECT columns(*)::VARCHAR FROM (${sql})`);
  return found.map((row) => Object.values(row));
}

async function withNight(): Promise<Workspace> {
  const workspace = await Workspace.create(tempFolder(), 'read model');
  await workspace.addImport(smallImport(0, 1));
  return workspace;
}

test('task runs with their names, times and state', async () => {
  const workspace = await withNight();
  const columns = 'log, namespace, pipeline, task, run_id, logical_key, map_index, pool, state, try_number, deadline';
  expect(await rows(workspace, `SELECT ${columns} FROM task_run_view ORDER BY task_run_id`)).toEqual([
    ['night-0', 'prod', 'ingest', 'load', 'run-0', 'date=2025-12-24', null, 'default', 'success', '2', null],
    ['night-0', 'prod', 'report', 'report', 'report-0', null, null, null, 'running', '1', '2025-12-24 01:00:00'],
  ]);
  const times = 'ready_at, queued_at, started_at, ended_at, finalized_at, published_at';
  expect(await rows(workspace, `SELECT ${times} FROM task_run_view ORDER BY task_run_id`)).toEqual([
    ['01', '02', '03', '09', '09', '10'].map((minute) => `2025-12-24 00:${minute}:00`),
    ['2025-12-24 00:10:00', null, '2025-12-24 00:11:00', null, null, null],
  ]);
  await workspace.close();
});

test('the times of task runs are those of the analysis', async () => {
  const workspace = await withNight();
  const { catalog, logs } = new SampleNights({ seed: 3, pipelines: 20, taskRuns: 300 }).detailed();
  const entries = logs.map((log, i) => ({
    contentHash: `${i}`.padStart(64, 'f'),
    importedFrom: 'sample',
    catalog,
    log,
  }));
  for (const entry of entries) await workspace.addImport(entry);
  await workspace.addImport(retriedAtTheEnd());
  for (const { name } of workspace.logs()) {
    const times = taskRunTimes(await workspace.readLog(name));
    const found = await workspace.query(
      `SELECT epoch_us(columns('_at$'))::DOUBLE, coalesce(try_number, 0) AS tries FROM task_run_view
       WHERE log = $1 ORDER BY task_run_id`,
      [name],
    );
    const column = (key: string) =>
      Float64Array.from(found, (row) => (row[key] === null ? Number.NaN : Number(row[key])));
    expect(found.length).toBeGreaterThan(0);
    expect({
      readyUs: column('ready_at'),
      queuedUs: column('queued_at'),
      startedUs: column('started_at'),
      endedUs: column('ended_at'),
      finalizedUs: column('finalized_at'),
      publishedUs: column('published_at'),
      attempts: Uint8Array.from(column('tries')),
    }).toEqual({
      readyUs: times.readyUs,
      queuedUs: times.queuedUs,
      startedUs: times.startedUs,
      endedUs: times.endedUs,
      finalizedUs: times.finalizedUs,
      publishedUs: times.publishedUs,
      attempts: times.attempts,
    });
  }
  await workspace.close();
});

/** A log whose first task run is ready twice and whose second attempt is under way, and whose second was skipped. */
function retriedAtTheEnd(): ImportEntry {
  const entry = smallImport(8, 0);
  const writer = new EventWriter();
  const push = (timeUs: number, kind: number, taskRun: number, attempt = 0): void =>
    writer.push({ timeUs: MIDNIGHT_US + timeUs, kind, taskRun, attempt });
  push(1, EventKind.taskReady, 0);
  push(2, EventKind.taskReady, 0);
  push(3, EventKind.taskStarted, 0, 1);
  push(4, EventKind.taskEnded, 0, 1);
  push(5, EventKind.taskReady, 0);
  push(6, EventKind.taskStarted, 0, 2);
  push(7, EventKind.taskSkipped, 1);
  return { ...entry, log: { ...entry.log, chunks: writer.finish() } };
}

test('events with names, causes, outcomes and evidence', async () => {
  const workspace = await withNight();
  const columns = 'seq, kind, task, outcome, blocked_by, row_count, since_or_until, text, time_evidence';
  const chosen = "kind IN ('task ready', 'task blocked', 'task ended', 'task retry', 'checked', 'finalized', 'note')";
  expect(await rows(workspace, `SELECT ${columns} FROM event_view WHERE ${chosen} ORDER BY seq`)).toEqual([
    ['2', 'task ready', 'load', null, null, null, null, null, 'inferred'],
    ['3', 'task blocked', 'load', null, 'pool', null, '2025-12-24 00:01:00', null, 'recorded'],
    ['6', 'task ended', 'load', 'failed', null, null, null, null, 'recorded'],
    ['7', 'task retry', 'load', null, null, null, '2025-12-24 00:06:00', 'first try lost its worker', 'recorded'],
    ['11', 'checked', null, null, null, '3200000000.0', null, null, 'recorded'],
    ['12', 'finalized', null, null, null, '3200000000.0', null, null, 'recorded'],
    ['13', 'task ended', 'load', 'success', null, null, null, null, 'recorded'],
    ['15', 'task ready', 'report', null, null, null, null, null, 'recorded'],
    ['18', 'note', null, null, null, null, null, 'first try lost its worker', 'recorded'],
  ]);
  const partition = 'dataset, partition_key, version';
  expect(await rows(workspace, `SELECT ${partition}, pipeline FROM event_view WHERE kind = 'read'`)).toEqual([
    ['events', 'date=2025-12-24', '1', 'report'],
  ]);
  expect(await rows(workspace, `SELECT ${partition}, written_by_task FROM partition_version_view`)).toEqual([
    ['events', 'date=2025-12-24', '1', 'load'],
  ]);
  const dependency = 'pipeline, task, upstream_pipeline, upstream_task, satisfied_by, dataset';
  expect(await rows(workspace, `SELECT ${dependency} FROM task_dependency_view`)).toEqual([
    ['report', 'report', 'ingest', 'load', 'publish', 'events'],
  ]);
  await workspace.close();
});

test('the words in the tables are the words of the model', async () => {
  const workspace = await withNight();
  const words = async (table: string, key = 'code') =>
    (await workspace.query(`SELECT name FROM ${table} ORDER BY ${key}`)).map(({ name }) => name);
  // A name added to the model needs a migration that adds it here.
  expect(await words('event_kind', 'kind_id')).toEqual([...EVENT_KIND_NAMES]);
  expect(await words('outcome')).toEqual([...OUTCOME_NAMES]);
  expect(await words('block_cause')).toEqual([...BLOCK_CAUSES]);
  expect(await words('evidence')).toEqual([...EVIDENCE_NAMES]);
  await workspace.close();
});

test('deleting the read model loses nothing', async () => {
  const workspace = await withNight();
  await workspace.addImport(smallImport(1));
  const before = await answers(workspace);
  await workspace.close();
  rmSync(join(workspace.dir, 'landfall.duckdb'));
  const again = await Workspace.open(workspace.dir);
  expect(again.problems).toEqual([]);
  expect(await answers(again)).toEqual(before);
  await again.close();
});

const SPOILINGS: readonly [string, string, RegExp][] = [
  ['rows are missing', 'DELETE FROM event WHERE seq = 3', /log_events of log night-0: 18 rows, 19 were stored/],
  ['rows are there twice', 'INSERT INTO task_run SELECT * FROM task_run', /log_task_runs of log night-0: 4 rows, 2/],
  ['rows belong to no log', "INSERT INTO text VALUES (99, 0, 'x')", /1 rows of a log that is not there/],
  ['a log is there twice', 'INSERT INTO log SELECT * FROM log', /is there twice/],
  ['its schema is a later one', "INSERT INTO schema_migration VALUES (99, 'later')", /its schema is 99/],
  ['a table is missing', 'DROP TABLE task_run CASCADE', /task_run/],
];

test.each(SPOILINGS)('made again when %s', async (_, sql, reason) => {
  const workspace = await withNight();
  await workspace.addImport(smallImport(1));
  const before = await answers(workspace);
  await workspace.close();
  await spoil(join(workspace.dir, 'landfall.duckdb'), (connection) => connection.run(sql));

  const again = await Workspace.open(workspace.dir);
  expect(await answers(again)).toEqual(before);
  expect(again.problems).toMatchObject([{ severity: 'warning', file: join(workspace.dir, 'landfall.duckdb') }]);
  expect(again.problems[0].reason).toMatch(reason);
  const [aside] = readdirSync(join(workspace.dir, 'quarantine'));
  expect(readFileSync(join(workspace.dir, 'quarantine', aside, 'REASON.txt'), 'utf8')).toMatch(reason);
  expect(existsSync(join(workspace.dir, 'quarantine', aside, 'landfall.duckdb'))).toBe(true);
  await again.close();

  const third = await Workspace.open(workspace.dir);
  expect(third.problems).toEqual([]);
  await third.close();
});

test('a read model that is behind or ahead of the imports is brought up to date, not thrown away', async () => {
  const workspace = await withNight();
  await workspace.addImport(smallImport(1));
  await workspace.addImport(smallImport(2));
  const before = await answers(workspace);
  await workspace.close();
  // As after a crash between the naming of an import and its loading, and between a removal and its unloading.
  await spoil(join(workspace.dir, 'landfall.duckdb'), async (connection) => {
    const tables = await connection.runAndReadAll(
      "SELECT DISTINCT table_name FROM duckdb_columns() WHERE column_name = 'log_id' AND table_name NOT LIKE '%_view'",
    );
    const ids = await connection.runAndReadAll("SELECT log_id FROM log WHERE name = 'night-1'");
    for (const [table] of tables.getRows())
      await connection.run(`DELETE FROM ${String(table)} WHERE log_id = ${String(ids.getRows()[0][0])}`);
  });
  const again = await Workspace.open(workspace.dir);
  expect(again.problems).toEqual([]);
  expect(await answers(again)).toEqual(before);
  await again.close();

  rmSync(join(workspace.dir, 'imports', smallImport(1).contentHash), { recursive: true });
  const third = await Workspace.open(workspace.dir);
  expect(third.problems).toEqual([]);
  expect(await third.query('SELECT DISTINCT log FROM event_view ORDER BY log')).toEqual([
    { log: 'night-0' },
    { log: 'night-2' },
  ]);
  await third.close();
});

/** Changes a closed workspace's file behind its back. */
async function spoil(file: string, work: (connection: DuckDBConnection) => Promise<unknown>): Promise<void> {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  await work(connection);
  connection.closeSync();
  instance.closeSync();
}
