import { describe, expect, it } from 'vitest';
import { type StartLatencyReport, startLatency } from '../../../shared/analysis/start-latency.ts';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { EventKind, Evidence, Outcome, packEvidence } from '../../../shared/model/event.ts';
import { LogBuilder } from './log-builder.ts';

function reportOf(log: LogBuilder): StartLatencyReport {
  const built = log.build();
  return startLatency(built, taskRunTimes(built));
}

/** Pipelines p0 … with one task run each, started after so many seconds. */
function waits(seconds: readonly number[], pool?: string): LogBuilder {
  const log = new LogBuilder();
  seconds.forEach((wait, i) => {
    log.ran(log.taskRun(`p${i}`, pool === undefined ? {} : { pool }), 100, 100 + wait, 1_000);
  });
  return log;
}

describe('start latency', () => {
  it('is measured by nearest rank against the field’s targets', () => {
    const report = reportOf(waits([1, 2, 29, 200]));
    expect(report).toMatchObject({ measuredCount: 4, unknownCount: 0, p50Ms: 2_000, p99Ms: 200_000, maxMs: 200_000 });
    expect(report.meanMs).toBe(58_000);
    expect(report.targets.map((t) => `${t.name} ${t.verdict}`)).toEqual([
      'start latency p50 pass',
      'start latency p99 fail',
    ]);
  });

  it('fails a target at the limit itself: p50 must be below 30 s', () => {
    expect(reportOf(waits([30])).targets[0]?.verdict).toBe('fail');
    expect(reportOf(waits([29.999])).targets[0]?.verdict).toBe('pass');
  });

  it('counts the unknown, and neither skipped nor upstream_failed runs', () => {
    const log = waits([5]);
    log.ran(log.taskRun('no ready'), Number.NaN, 10, 20);
    log.ran(log.taskRun('never started'), 10, Number.NaN, Number.NaN);
    log.at(5, EventKind.taskSkipped, { taskRun: log.taskRun('skipped') });
    log.ran(log.taskRun('upstream failed'), Number.NaN, Number.NaN, 7, Outcome.upstreamFailed);
    log.ran(log.taskRun('before ready'), 10, 8, 20);
    expect(reportOf(log)).toMatchObject({
      measuredCount: 1,
      unknownCount: 3,
      startedBeforeReadyCount: 1,
      maxMs: 5_000,
    });
  });

  it('counts the measured ones that rest on inferred times', () => {
    const log = waits([5]);
    const inferred = packEvidence(Evidence.inferred);
    log.ran(log.taskRun('inferred'), 10, 12, 20, Outcome.success, inferred);
    log.ran(log.taskRun('inferred, before ready'), 10, 8, 20, Outcome.success, inferred);
    const ready = log.taskRun('ready inferred');
    log.at(1, EventKind.taskReady, { taskRun: ready, evidence: inferred });
    log.at(2, EventKind.taskStarted, { taskRun: ready });
    expect(reportOf(log)).toMatchObject({ measuredCount: 3, inferredCount: 2, unknownCount: 1 });
  });

  it('of nothing measured is unknown, never zero', () => {
    const report = reportOf(new LogBuilder());
    expect(report).toMatchObject({ measuredCount: 0, p50Ms: Number.NaN, meanMs: Number.NaN, worstPipelines: [] });
    expect(report.targets.map((t) => t.verdict)).toEqual(['unknown', 'unknown']);
    expect(report.cdf.valueMs).toHaveLength(0);
  });

  it('names the worst pipelines first, with the task run that was worst', () => {
    const { worstPipelines } = reportOf(waits([3, 90, 7]));
    expect(worstPipelines.map((p) => [p.name, p.p99Ms, p.worstTaskRun])).toEqual([
      ['p1', 90_000, 1],
      ['p2', 7_000, 2],
      ['p0', 3_000, 0],
    ]);
    expect(reportOf(waits(Array.from({ length: 80 }, (_, i) => i))).worstPipelines).toHaveLength(50);
  });

  it('groups by pool and leaves out runs without one', () => {
    const log = waits([3, 4], 'spark');
    log.ran(log.taskRun('none'), 1, 60, 70);
    expect(reportOf(log).pools).toMatchObject([
      { name: 'spark', id: 0, measuredCount: 2, maxMs: 4_000, worstTaskRun: 1 },
    ]);
  });

  it('has a histogram from 0 whose bins hold every measured run', () => {
    const { histogram } = reportOf(waits([0, 0, 1, 30, 4_000]));
    expect(histogram.edgesMs[0]).toBe(0);
    expect(histogram.counts.reduce((sum, n) => sum + n, 0)).toBe(5);
  });
});
