import { describe, expect, it } from 'vitest';
import { pipelineStates, STATE_NAMES, State, stateIndex, taskStatesAt } from '../../../shared/analysis/state-at.ts';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { EventKind, Outcome } from '../../../shared/model/event.ts';
import { LogBuilder } from './log-builder.ts';

/** The states of the first task run at each of these seconds. */
function statesOf(log: LogBuilder, seconds: readonly number[], earlyAt?: number): string[] {
  const built = log.build();
  const early = earlyAt === undefined ? [] : [{ taskRun: 0, timeUs: earlyAt * 1e6 }];
  const index = stateIndex(taskRunTimes(built), built.taskRuns.deadlineUs, early);
  const out = new Uint8Array(built.taskRuns.task.length);
  return seconds.map((t) => STATE_NAMES[taskStatesAt(index, t * 1e6, out)[0] as State]);
}

describe('the state of a task run', () => {
  it('goes from waiting to running to whole when its data lands, not when it ends', () => {
    const log = new LogBuilder();
    const t = log.taskRun('a');
    log.ran(t, 5, 10, 20).wrote(log.version('d', 'k', 1, t), 10, 22, 25);
    expect(statesOf(log, [0, 9.9, 10, 24, 25])).toEqual(['waiting', 'waiting', 'running', 'running', 'whole']);
  });

  it('is whole at its end when it lands nothing', () => {
    const log = new LogBuilder();
    log.ran(log.taskRun('a'), 5, 10, 20);
    expect(statesOf(log, [19, 20])).toEqual(['running', 'whole']);
  });

  it('is late from its deadline until it lands, and for good when it failed', () => {
    const log = new LogBuilder();
    const t = log.taskRun('a', { deadline: 15 });
    log.ran(t, 5, 10, 20).wrote(log.version('d', 'k', 1, t), 10, 22, 25);
    expect(statesOf(log, [15, 16, 24, 25])).toEqual(['running', 'late', 'late', 'whole']);
    const failed = new LogBuilder();
    failed.ran(failed.taskRun('a'), 5, 10, 20, Outcome.failed);
    expect(statesOf(failed, [19, 20, 90])).toEqual(['running', 'late', 'late']);
  });

  it('is unknown when nothing is known, or when it ended nobody knows how', () => {
    const log = new LogBuilder();
    log.taskRun('a', { deadline: 5 });
    expect(statesOf(log, [0, 9])).toEqual(['unknown', 'unknown']);
    const ended = new LogBuilder();
    ended.ran(ended.taskRun('a'), 1, 2, 3, Outcome.unknown);
    expect(statesOf(ended, [2, 3])).toEqual(['running', 'unknown']);
  });

  it('stays waiting when it was skipped', () => {
    const log = new LogBuilder();
    log.at(4, EventKind.taskSkipped, { taskRun: log.taskRun('a') });
    expect(statesOf(log, [0, 9])).toEqual(['waiting', 'waiting']);
  });

  it('shows an early read from the moment of reading', () => {
    const log = new LogBuilder();
    log.ran(log.taskRun('a'), 5, 10, 20);
    expect(statesOf(log, [9, 11, 12, 90], 12)).toEqual(['waiting', 'running', 'read too early', 'read too early']);
  });
});

describe('the state of a pipeline', () => {
  it('is what matters most among its task runs, and unknown without any', () => {
    const states = Uint8Array.of(State.whole, State.running, State.whole, State.whole, State.late, State.waiting);
    const out = pipelineStates(states, Int32Array.of(0, 0, 1, 1, 2, 2), new Uint8Array(4).fill(9));
    expect(Array.from(out)).toEqual([State.running, State.whole, State.late, State.unknown]);
  });
});
