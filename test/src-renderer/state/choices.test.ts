// Small choices that many screens rest on: the default log, the key of a pipeline, the night of a log, event steps.

import { describe, expect, it } from 'vitest';
import type { LogView } from '../../../shared/api/views.ts';
import { earlyReadsOf } from '../../../src-renderer/state/early-reads.ts';
import { nightOf, spanText } from '../../../src-renderer/state/night.ts';
import { pipelineKeys } from '../../../src-renderer/state/pipeline-key.ts';
import { nextStep, stepTimes } from '../../../src-renderer/state/steps.ts';
import { chooseLog } from '../../../src-renderer/state/workspace.ts';
import { timelineOf } from '../timeline/sample-timeline.ts';

const log = (name: string, source: LogView['source'], toUs: number): LogView => ({
  name,
  source,
  toUs,
  title: '',
  zone: 'UTC',
  fromUs: 0,
  pipelines: 0,
  tasks: 0,
  datasets: 0,
  runs: 0,
  taskRuns: 0,
  events: 0,
  importedFrom: '',
});

describe('chooseLog', () => {
  const logs = [
    log('s', 'simulated', 9),
    log('o1', 'observed', 1),
    log('o2', 'observed', 2),
    log('?', 'observed', Number.NaN),
  ];
  it('prefers what was observed last', () => {
    expect(chooseLog(logs, null)).toEqual({ kind: 'log', log: logs[2] });
    expect(chooseLog([logs[0]], null)).toEqual({ kind: 'log', log: logs[0] });
    expect(chooseLog([], null)).toEqual({ kind: 'none' });
  });
  it('prefers a night to a season that ends with it', () => {
    const season = log('season', 'observed', 2);
    const night = { ...log('night', 'observed', 2), fromUs: 1 };
    expect(chooseLog([season, night], null)).toEqual({ kind: 'log', log: night });
    expect(chooseLog([night, season], null)).toEqual({ kind: 'log', log: night });
  });
  it('takes a name at its word', () => {
    expect(chooseLog(logs, 's')).toEqual({ kind: 'log', log: logs[0] });
    expect(chooseLog(logs, 'gone')).toEqual({ kind: 'missing', name: 'gone' });
  });
});

describe('pipelineKeys', () => {
  const keys = pipelineKeys({ namespace: ['x', 'x', 'y'], name: ['a', 'b', 'b'] });
  it('is the name where that is enough', () => {
    expect([0, 1, 2].map(keys.keyOf)).toEqual(['a', 'x/b', 'y/b']);
    expect(['a', 'x/b', 'y/b', 'b'].map(keys.find)).toEqual([0, 1, 2, null]);
  });
});

describe('the night', () => {
  it('is what most runs are for', () => {
    expect(nightOf({ runLogicalKey: ['date=1', '', 'date=2', 'date=2'] })).toEqual({ key: 'date=2', otherKeys: 1 });
    expect(nightOf({ runLogicalKey: ['', ''] })).toEqual({ key: '', otherKeys: 0 });
  });
  it('says when it ran, in its zone', () => {
    const hour = 3_600_000_000;
    expect(spanText({ fromUs: 22 * hour, toUs: 30 * hour, zone: 'UTC' })).toBe('1 Jan 1970, 22:00 to 2 Jan 06:00');
    expect(spanText({ fromUs: 22 * hour, toUs: 30 * hour, zone: 'Asia/Tokyo' })).toBe('2 Jan 1970, 07:00 to 15:00');
    expect(spanText({ fromUs: Number.NaN, toUs: Number.NaN, zone: 'UTC' })).toBe('at unknown times');
  });
});

describe('steps', () => {
  const timeline = timelineOf([
    { pipeline: 0, ready: 10, start: 20, end: 30 },
    { pipeline: 1, ready: 15, start: 20, end: 40 },
  ]);
  it('are the distinct times, of one pipeline or of all', () => {
    expect([...stepTimes(timeline, -1)]).toEqual([10, 15, 20, 30, 40]);
    expect([...stepTimes(timeline, 1)]).toEqual([15, 20, 40]);
  });
  it('go to the nearest one strictly before or after', () => {
    const times = stepTimes(timeline, -1);
    expect([nextStep(times, 20, 1), nextStep(times, 20, -1), nextStep(times, 17, 1)]).toEqual([30, 15, 20]);
    expect([nextStep(times, 40, 1), nextStep(times, 10, -1)]).toEqual([null, null]);
  });
});

describe('earlyReadsOf', () => {
  const event = { seq: 1, timeUs: 5, kind: 'read', subject: 'a', taskRun: 7, version: 0 };
  const finding = { rule: 'no-read-before-finalize', grade: 'proved', reason: '', first: event, second: null } as const;
  it('takes proved reads only', () => {
    const findings = [finding, { ...finding, grade: 'overlap' as const }, { ...finding, rule: 'one-owner' }];
    expect(earlyReadsOf({ findings })).toEqual([{ taskRun: 7, timeUs: 5, version: 0 }]);
  });
});
