// Attempts of a task run apart: each with its own times, only where there was more than one.

import { describe, expect, it } from 'vitest';
import { attemptTable } from '../../../shared/analysis/attempts.ts';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { EventIndex } from '../../../shared/analysis/why/event-index.ts';
import {
  EventKind,
  Evidence,
  Outcome,
  packEvidence,
  subjectEvidence,
  timeEvidence,
  valueEvidence,
} from '../../../shared/model/event.ts';
import type { Log } from '../../../shared/model/log.ts';
import { LogBuilder, SECOND_US } from './log-builder.ts';

const tableOf = (log: Log) => attemptTable(log, taskRunTimes(log), async () => new EventIndex(log));
const seconds = (column: Float64Array): number[] => Array.from(column, (us) => us / SECOND_US);

describe('attemptTable', () => {
  it('keeps a rerun apart from the run that it repeats, with the landing of each', async () => {
    const builder = new LogBuilder();
    builder.ran(builder.taskRun('ingest/raw'), 0, 1, 5);
    const taskRun = builder.taskRun('recs/train');
    builder.ran(taskRun, 10, 12, 40).wrote(builder.version('model', 'date=1', 1, taskRun), 12, 41, 42);
    builder.at(900, EventKind.taskQueued, { taskRun, attempt: 2 });
    builder.at(905, EventKind.taskStarted, { taskRun, attempt: 2 });
    builder.wrote(builder.version('model', 'date=1', 2, taskRun), 905, 931, 932);
    const inferred = packEvidence(Evidence.inferred);
    builder.at(930, EventKind.taskEnded, { taskRun, attempt: 2, code: Outcome.success, evidence: inferred });
    const table = await tableOf(builder.build());
    expect([...table.taskRun]).toEqual([taskRun, taskRun]);
    expect([...table.number]).toEqual([1, 2]);
    expect(seconds(table.queuedUs)).toEqual([Number.NaN, 900]);
    expect(seconds(table.startedUs)).toEqual([12, 905]);
    expect(seconds(table.endedUs)).toEqual([40, 930]);
    expect(seconds(table.landedUs)).toEqual([42, 932]);
    expect([...table.outcome]).toEqual([Outcome.success, Outcome.success]);
    expect(Array.from(table.evidence, subjectEvidence)).toEqual([Evidence.recorded, Evidence.inferred]);
    expect(Array.from(table.evidence, timeEvidence)).toEqual([Evidence.recorded, Evidence.recorded]);
  });

  it('knows whose a version is that nobody told the opening of', async () => {
    const ended = { code: Outcome.success };
    const told = new LogBuilder();
    const taskRun = told.taskRun('recs/train');
    // The start of the second was lost.
    for (const [i, [start, end]] of [[5, 40] as const, [Number.NaN, 500] as const, [905, 930] as const].entries()) {
      const subject = { taskRun, attempt: i + 1 };
      const version = told.version('model', 'date=1', i + 1, taskRun);
      if (!Number.isNaN(start)) told.at(start, EventKind.taskStarted, subject);
      if (!Number.isNaN(start)) told.at(start, EventKind.versionOpened, { ...subject, version });
      told.at(end, EventKind.versionPublished, { ...subject, version });
      told.at(end, EventKind.taskEnded, { ...subject, ...ended });
    }
    expect(seconds((await tableOf(told.build())).landedUs)).toEqual([40, 500, 930]);
    const untold = new LogBuilder();
    const again = untold.taskRun('recs/train');
    untold.ran(again, 10, 12, 40).wrote(untold.version('model', 'date=1', 1, again), Number.NaN, 41, 42);
    untold.at(905, EventKind.taskStarted, { taskRun: again, attempt: 2 });
    untold.wrote(untold.version('model', 'date=1', 2, again), Number.NaN, 931, 932);
    untold.at(930, EventKind.taskEnded, { taskRun: again, attempt: 2, ...ended });
    expect(seconds((await tableOf(untold.build())).landedUs)).toEqual([42, 932]);
  });

  it('has no row of an attempt that the log does not tell of, and no end of one that runs', async () => {
    const builder = new LogBuilder();
    const taskRun = builder.taskRun('recs/train');
    builder.at(50, EventKind.taskStarted, { taskRun, attempt: 2 });
    const table = await tableOf(builder.build());
    expect([...table.number]).toEqual([2]);
    expect(seconds(table.endedUs)).toEqual([Number.NaN]);
    expect(seconds(table.landedUs)).toEqual([Number.NaN]);
    expect([...table.outcome]).toEqual([Outcome.unknown]);
    expect(Array.from(table.evidence, valueEvidence)).toEqual([Evidence.unknown]);
  });

  it('reads no story where nothing was tried again', async () => {
    const log = new LogBuilder().build();
    const table = await attemptTable(log, taskRunTimes(log), () => Promise.reject(new Error('asked')));
    expect(table.taskRun).toHaveLength(0);
  });
});
