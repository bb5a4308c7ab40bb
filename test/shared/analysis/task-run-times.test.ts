import { describe, expect, it } from 'vitest';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import {
  EventKind,
  Evidence,
  Outcome,
  packEvidence,
  subjectEvidence,
  timeEvidence,
  valueEvidence,
} from '../../../shared/model/event.ts';
import { LogBuilder } from './log-builder.ts';

const { taskEnded, taskQueued, taskReady, taskRetry, taskSkipped, taskStarted } = EventKind;

describe('task run times', () => {
  it('hold each milestone of a plain run, and of the version that it owns', () => {
    const log = new LogBuilder();
    const t = log.taskRun('a');
    log.ran(t, 1, 3, 9).at(2, taskQueued, { taskRun: t });
    log.wrote(log.version('d', 'k', 1, t), 3, 10, 12);
    const times = taskRunTimes(log.build());
    const row = [times.readyUs, times.queuedUs, times.startedUs, times.endedUs, times.finalizedUs, times.publishedUs];
    expect(row.map((column) => column[t] / 1e6)).toEqual([1, 2, 3, 9, 10, 12]);
    expect([times.landedUs[t], times.outcome[t], times.attempts[t]]).toEqual([12e6, Outcome.success, 1]);
    expect(taskRunTimes(log.build({ landing: 'finalized' })).landedUs[t]).toBe(10e6);
  });

  it('take the first start and the last end of a run that is tried again', () => {
    const log = new LogBuilder();
    const t = log.taskRun('a');
    log.ran(t, 1, 2, 5, Outcome.failed).at(5, taskRetry, { taskRun: t });
    log.at(20, taskReady, { taskRun: t }).at(21, taskQueued, { taskRun: t });
    log.at(22, taskStarted, { taskRun: t, attempt: 2 });
    const running = taskRunTimes(log.build());
    expect([running.readyUs[t], running.startedUs[t]]).toEqual([1e6, 2e6]);
    expect([running.endedUs[t], running.outcome[t], running.attempts[t]]).toEqual([Number.NaN, Outcome.unknown, 2]);
    log.at(30, taskEnded, { taskRun: t, attempt: 2, code: Outcome.success });
    log.at(31, taskEnded, { taskRun: t, attempt: 1, code: Outcome.failed });
    const done = taskRunTimes(log.build());
    expect([done.endedUs[t], done.outcome[t]]).toEqual([30e6, Outcome.success]);
  });

  it('do not take a run without length for one that goes on', () => {
    const log = new LogBuilder();
    const t = log.taskRun('a');
    log.at(5, taskEnded, { taskRun: t, attempt: 1, code: 1 }).at(5, taskStarted, { taskRun: t, attempt: 1 });
    expect(taskRunTimes(log.build()).endedUs[t]).toBe(5e6);
  });

  it('count attempts without numbers, and leave out what has no time', () => {
    const log = new LogBuilder();
    const t = log.taskRun('a');
    log
      .at(2, taskStarted, { taskRun: t })
      .at(4, taskStarted, { taskRun: t })
      .at(Number.NaN, taskEnded, { taskRun: t, code: 2 });
    const times = taskRunTimes(log.build());
    expect([times.attempts[t], times.outcome[t], times.endedUs[t]]).toEqual([2, Outcome.failed, Number.NaN]);
  });

  it('say skipped of a skipped run', () => {
    const log = new LogBuilder();
    const t = log.taskRun('a');
    log.at(4, taskSkipped, { taskRun: t });
    const times = taskRunTimes(log.build());
    expect([times.outcome[t], times.startedUs[t], times.endedUs[t]]).toEqual([Outcome.skipped, Number.NaN, 4e6]);
  });

  it('give several versions to one owner by the last of them, and ownerless ones to the event’s task run', () => {
    const log = new LogBuilder();
    const t = log.taskRun('a');
    log.wrote(log.version('d', 'k', 1, t), 0, 10, 11).wrote(log.version('e', 'k', 1, t), 0, 14, 15);
    const other = log.taskRun('b');
    log.at(20, EventKind.versionPublished, { version: log.version('f', 'k', 1), taskRun: other });
    const times = taskRunTimes(log.build());
    expect([times.finalizedUs[t], times.publishedUs[t], times.publishedUs[other]]).toEqual([14e6, 15e6, 20e6]);
  });

  it('take the latest time in a log that is ordered by arrival', () => {
    const log = new LogBuilder();
    const t = log.taskRun('a');
    const v = log.version('d', 'k', 1, t);
    log.at(10, EventKind.versionPublished, { version: v }).at(11, EventKind.versionPublished, { version: v });
    const built = log.build();
    built.chunks[0]?.timeUs.set([9e6], 1);
    expect(taskRunTimes(built).publishedUs[t]).toBe(10e6);
  });

  it('carry how each time is known', () => {
    const log = new LogBuilder();
    const t = log.taskRun('a');
    log.at(1, taskReady, { taskRun: t, evidence: packEvidence(Evidence.inferred) }).at(2, taskStarted, { taskRun: t });
    const { evidence } = taskRunTimes(log.build());
    const packed = evidence[t];
    expect([timeEvidence(packed), subjectEvidence(packed), valueEvidence(packed)]).toEqual([
      Evidence.inferred,
      Evidence.recorded,
      Evidence.unknown,
    ]);
  });

  it('of an empty log are empty', () => {
    expect(taskRunTimes(new LogBuilder().build()).readyUs).toHaveLength(0);
  });
});
