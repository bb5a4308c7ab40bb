// The sentences of Home: what they say for every outcome, and that figures lead somewhere.

import { describe, expect, it } from 'vitest';
import type { DeadlineRow } from '../../../shared/analysis/attainment.ts';
import type { Finding } from '../../../shared/analysis/ordering/report.ts';
import type { LogSummary } from '../../../shared/api/views.ts';
import { parseInstant } from '../../../shared/base/time.ts';
import { deadlineSentence, earlySentence, latencySentence } from '../../../src-renderer/home/verdict.ts';
import { plainSentence, type Sentence } from '../../../src-renderer/widgets/sentence.tsx';
import { zonedTime } from '../../../src-renderer/widgets/zoned-time.ts';

const utc = zonedTime('UTC');
const at = (clock: string): number => parseInstant(`2025-12-25T${clock}:00Z`) as number;
const targets = (sentence: Sentence): string[] =>
  sentence.flatMap((part) => (typeof part === 'string' || !part.to ? [] : [part.to]));

function row(due: string, landed: string | null): DeadlineRow {
  const landedUs = landed === null ? Number.NaN : at(landed);
  const lateMs = (landedUs - at(due)) / 1_000;
  const verdict = lateMs <= 0 ? 'met' : 'missed';
  return {
    taskRun: 3,
    label: 'features.user_daily',
    pipeline: 1,
    owner: '',
    dueUs: at(due),
    landedUs,
    lateMs,
    verdict,
  };
}

describe('deadlineSentence', () => {
  const counts = { total: 42, met: 41, missed: 1, unknown: 0 };
  it('says who was late, by how much', () => {
    const sentence = deadlineSentence(counts, row('02:00', '02:09'), utc);
    expect(plainSentence(sentence)).toBe('features.user_daily landed at 02:09, 9 min after its 02:00 deadline.');
    expect(targets(sentence)).toEqual(['deadline', 'deadline']);
  });
  it('counts the others', () => {
    const sentence = deadlineSentence({ ...counts, met: 39, missed: 3 }, row('02:00', null), utc);
    expect(plainSentence(sentence)).toBe(
      'features.user_daily never landed; it was due at 02:00. 2 more were late too.',
    );
  });
  it('says when all were met, and how closely', () => {
    const sentence = deadlineSentence({ ...counts, met: 42, missed: 0 }, row('02:00', '01:52'), utc);
    expect(plainSentence(sentence)).toBe(
      'All 42 deadlines were met; the closest was features.user_daily, with 8 min to spare.',
    );
  });
  it('claims nothing about unknown landings', () => {
    const sentence = deadlineSentence({ total: 4, met: 1, missed: 0, unknown: 3 }, undefined, utc);
    expect(plainSentence(sentence)).toBe(
      'No deadline is known to be missed; of 3 of 4 deadlines the landing is unknown.',
    );
  });
  it('says when there is none', () => {
    expect(plainSentence(deadlineSentence({ total: 0, met: 0, missed: 0, unknown: 0 }, undefined, utc))).toBe(
      'This log holds no deadlines.',
    );
  });
});

describe('earlySentence', () => {
  const event = { seq: 1, timeUs: 5, kind: 'read', subject: 'recs.train_daily', taskRun: 7, version: 0 };
  const first: Finding = { rule: 'no-read-before-finalize', grade: 'proved', reason: '', first: event, second: null };
  const text = (counts: LogSummary['earlyReads'], finding?: Finding, reads = 300): string =>
    plainSentence(earlySentence(counts, finding, reads));
  it('names the first proved one and counts the rest', () => {
    expect(text({ proved: 1, overlap: 14, cannotTell: 203 }, first)).toBe('recs.train_daily read too early. ');
    expect(text({ proved: 3, overlap: 0, cannotTell: 0 }, first)).toBe(
      'recs.train_daily read too early. 2 more reads are proved too early.',
    );
  });
  it('never makes a proof of an overlap', () => {
    expect(text({ proved: 0, overlap: 14, cannotTell: 203 })).toBe(
      'No read is proved too early; 14 reads overlap a writer, and of 203 nobody can tell.',
    );
  });
  it('says when nothing was found, and no more', () => {
    const none = { proved: 0, overlap: 0, cannotTell: 0 };
    expect(text(none)).toBe('None of 300 recorded reads is known to be too early.');
    expect(text(none, undefined, 1)).toBe('The 1 recorded read is not known to be too early.');
    expect(text(none, undefined, 0)).toBe('This log tells of no reads, so none can be judged.');
  });
});

describe('latencySentence', () => {
  const log = { taskRuns: 49_812, pipelines: 2_000 } as LogSummary['log'];
  const startLatency: LogSummary['startLatency'] = {
    measuredCount: 49_000,
    unknownCount: 812,
    inferredCount: 0,
    p50Ms: 14_000,
    p90Ms: 30_000,
    p99Ms: 131_000,
    maxMs: 400_000,
    targets: [
      { name: 'start latency p50', limitMs: 30_000, actualMs: 14_000, verdict: 'pass' },
      { name: 'start latency p99', limitMs: 120_000, actualMs: 131_000, verdict: 'fail' },
    ],
  };
  const summary = (more: Partial<LogSummary['startLatency']> = {}): LogSummary => ({
    log,
    startLatency: { ...startLatency, ...more },
    deadlines: { total: 0, met: 0, missed: 0, unknown: 0 },
    earlyReads: { proved: 0, overlap: 0, cannotTell: 0 },
  });
  it('holds each figure against its target', () => {
    const sentence = latencySentence(summary());
    expect(plainSentence(sentence)).toBe(
      '49,812 task runs of 2,000 pipelines · start latency p50 14 s (target 30 s), p99 2 min 11 s (target 2 min); 812 could not be measured',
    );
    expect(targets(sentence)).toEqual(['time', 'sla', 'sla']);
  });
  it('says when nothing can be measured', () => {
    expect(plainSentence(latencySentence(summary({ measuredCount: 0 })))).toContain('no start latency can be measured');
  });
});
