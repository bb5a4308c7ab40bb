import { describe, expect, it } from 'vitest';
import { attainment } from '../../../shared/analysis/attainment.ts';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { Outcome } from '../../../shared/model/event.ts';
import { LogBuilder } from './log-builder.ts';

function nightOf(runs: readonly { name: string; due: number; start?: number; landed?: number; outcome?: number }[]) {
  const log = new LogBuilder();
  for (const { name, due, start = 1, landed = Number.NaN, outcome = Outcome.success } of runs) {
    const t = log.taskRun(name, { deadline: due });
    log.ran(t, 0, start, start + 1, outcome);
    log.wrote(log.version(name, 'k', 1, t), start, landed, landed);
  }
  log.ran(log.taskRun('without deadline'), 0, 1, 2);
  return log.build();
}

describe('attainment', () => {
  it('counts met, missed and unknown, and lists the worst first', () => {
    const log = nightOf([
      { name: 'early', due: 100, landed: 40 },
      { name: 'just', due: 100, landed: 100 },
      { name: 'late', due: 100, landed: 160 },
      { name: 'later', due: 100, landed: 900 },
      { name: 'dark', due: 100 },
      { name: 'failed', due: 100, outcome: Outcome.failed },
      { name: 'not started', due: 100, start: 101 },
    ]);
    const report = attainment(log, taskRunTimes(log));
    expect(report).toMatchObject({ total: 7, met: 2, missed: 4, unknown: 1 });
    expect(report.rows.map((row) => `${row.label} ${row.verdict} ${row.lateMs}`)).toEqual([
      'failed missed NaN',
      'not started missed NaN',
      'later missed 800000',
      'late missed 60000',
      'dark unknown NaN',
      'just met 0',
      'early met -60000',
    ]);
  });

  it('takes owners from a catalog by name, whatever its row order', () => {
    const log = nightOf([{ name: 'a', due: 10, landed: 5 }]);
    const pipelines = {
      namespace: ['test', 'other', 'test'],
      name: ['zzz', 'a', 'a'],
      domain: ['', '', ''],
      owner: ['x', 'y', 'ana'],
      schedule: ['', '', ''],
    };
    expect(attainment(log, taskRunTimes(log), { pipelines }).rows[0]?.owner).toBe('ana');
    expect(attainment(log, taskRunTimes(log)).rows[0]?.owner).toBe('');
  });

  it('of a log without deadlines is empty', () => {
    const log = nightOf([]);
    expect(attainment(log, taskRunTimes(log))).toEqual({ total: 0, met: 0, missed: 0, unknown: 0, rows: [] });
  });
});
