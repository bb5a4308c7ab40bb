// A small import by number: the same number gives the same content, another number another content, so that a process
// that wrote it and one that reads it later agree without talking. Two pipelines, a dataset between them, one night.

import { type Catalog, catalogOf } from '../../../../shared/model/catalog.ts';
import { EventKind, Outcome, packEvidence } from '../../../../shared/model/event.ts';
import { EventWriter } from '../../../../shared/model/event-writer.ts';
import type { Log } from '../../../../shared/model/log.ts';
import type { ImportEntry } from '../../../../src-main/store/imports/write-import.ts';

/** 2025-12-24T00:00:00Z, µs. */
export const MIDNIGHT_US = 1_766_534_400_000_000;
const MINUTE_US = 60_000_000;

/** `heartbeats` makes it larger: that many rows more. */
export function smallImport(number: number, heartbeats = 20): ImportEntry {
  const catalog = smallCatalog(number);
  return {
    contentHash: number.toString(16).padStart(64, '0'),
    importedFrom: `small ${number}`,
    catalog,
    log: smallLog(number, catalog, heartbeats),
  };
}

function smallCatalog(number: number): Catalog {
  return catalogOf({
    pipelines: {
      namespace: ['prod', 'prod'],
      name: ['ingest', 'report'],
      domain: ['core', ''],
      owner: [`team ${number}`, ''],
      schedule: ['0 3 * * *', ''],
    },
    tasks: {
      pipeline: Int32Array.of(0, 1),
      name: ['load', 'report'],
      pool: Int32Array.of(0, -1),
      slots: Int32Array.of(1, 1),
      priority: Int32Array.of(5, 0),
    },
    datasets: { namespace: ['s3://lake'], name: ['events'] },
    pools: { name: ['default'], slots: Int32Array.of(-1) },
    dependencies: {
      task: Int32Array.of(1),
      upstream: Int32Array.of(0),
      kind: Uint8Array.of(1),
      dataset: Int32Array.of(0),
    },
    reads: { task: Int32Array.of(1), dataset: Int32Array.of(0), declared: Uint8Array.of(1) },
    writes: { task: Int32Array.of(0), dataset: Int32Array.of(0), declared: Uint8Array.of(0) },
  });
}

function smallLog(number: number, catalog: Catalog, heartbeats: number): Log {
  const start = MIDNIGHT_US + number * MINUTE_US;
  return {
    name: `night-${number}`,
    source: 'observed',
    title: `Night ${number}`,
    catalogs: [{ fromUs: Number.NEGATIVE_INFINITY, hash: catalog.hash }],
    zone: 'UTC',
    landing: 'published',
    names: {
      pipelines: { namespace: ['prod', 'prod'], name: ['ingest', 'report'], domain: ['core', ''] },
      tasks: { pipeline: Int32Array.of(0, 1), name: ['load', 'report'] },
      datasets: catalog.datasets,
      pools: { name: ['default'], slots: Int32Array.of(-1) },
      texts: ['date=2025-12-24', 'first try lost its worker'],
    },
    runs: {
      pipeline: Int32Array.of(0, 1),
      runId: [`run-${number}`, `report-${number}`],
      logicalKey: ['date=2025-12-24', ''],
      nominalStartUs: Float64Array.of(MIDNIGHT_US, Number.NaN),
      nominalEndUs: Float64Array.of(MIDNIGHT_US + 1_440 * MINUTE_US, Number.NaN),
    },
    taskRuns: {
      run: Int32Array.of(0, 1),
      task: Int32Array.of(0, 1),
      mapIndex: Int32Array.of(-1, -1),
      pool: Int32Array.of(0, -1),
      deadlineUs: Float64Array.of(Number.NaN, start + 60 * MINUTE_US),
    },
    versions: {
      dataset: Int32Array.of(0),
      partitionKey: Int32Array.of(0),
      number: Int32Array.of(1),
      owner: Int32Array.of(0),
    },
    chunks: events(start, heartbeats),
  };
}

/** The load is tried twice and lands; the report waits for it and is still running at the end. */
function events(start: number, heartbeats: number): Log['chunks'] {
  const writer = new EventWriter();
  const at = (minutes: number): number => start + minutes * MINUTE_US;
  writer.push({ timeUs: at(0), kind: EventKind.runCreated, run: 0 });
  writer.push({ timeUs: at(0), kind: EventKind.taskCreated, taskRun: 0 });
  writer.push({ timeUs: at(1), kind: EventKind.taskReady, taskRun: 0, evidence: packEvidence(1) });
  writer.push({ timeUs: at(1), kind: EventKind.taskBlocked, taskRun: 0, code: 5, ref: 1, value: at(1) });
  writer.push({ timeUs: at(2), kind: EventKind.taskQueued, taskRun: 0, attempt: 1 });
  writer.push({ timeUs: at(3), kind: EventKind.taskStarted, taskRun: 0, attempt: 1 });
  writer.push({ timeUs: at(4), kind: EventKind.taskEnded, taskRun: 0, attempt: 1, code: Outcome.failed });
  writer.push({ timeUs: at(4), kind: EventKind.taskRetry, taskRun: 0, value: at(6), text: 1 });
  writer.push({ timeUs: at(6), kind: EventKind.taskStarted, taskRun: 0, attempt: 2 });
  writer.push({ timeUs: at(6), kind: EventKind.versionOpened, taskRun: 0, version: 0, attempt: 2 });
  for (let i = 0; i < heartbeats; i++) writer.push({ timeUs: at(7), kind: EventKind.versionHeartbeat, version: 0 });
  writer.push({ timeUs: at(8), kind: EventKind.versionChecked, version: 0, code: 1, value: 3_200_000_000 });
  writer.push({ timeUs: at(9), kind: EventKind.versionFinalized, version: 0, value: 3_200_000_000 });
  writer.push({ timeUs: at(10), kind: EventKind.versionPublished, version: 0 });
  writer.push({ timeUs: at(9), kind: EventKind.taskEnded, taskRun: 0, attempt: 2, code: Outcome.success });
  writer.push({ timeUs: at(10), kind: EventKind.taskReady, taskRun: 1, ref: 0 });
  writer.push({ timeUs: at(11), kind: EventKind.taskStarted, taskRun: 1, attempt: 1 });
  writer.push({ timeUs: at(11), kind: EventKind.read, taskRun: 1, version: 0 });
  writer.push({ timeUs: Number.NaN, kind: EventKind.note, text: 1 });
  return writer.finish();
}
