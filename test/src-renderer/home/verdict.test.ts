// The sentences of Home: what they say for every outcome, and that figures lead somewhere.

import { describe, expect, it } from 'vitest';
import type { LogSummary } from '../../../shared/api/views.ts';
import type { NightDeliverable, NightEarlyRead, NightView } from '../../../shared/api/views-night.ts';
import { parseInstant } from '../../../shared/base/time.ts';
import { deadlineSentence, earlySentence, latencySentence } from '../../../src-renderer/home/verdict.ts';
import { plainSentence, type Sentence } from '../../../src-renderer/widgets/sentence.tsx';
import { zonedTime } from '../../../src-renderer/widgets/zoned-time.ts';

const utc = zonedTime('UTC');
const at = (clock: string): number => parseInstant(`2025-12-25T${clock}:00Z`) as number;
const targets = (sentence: Sentence): string[] =>
  sentence.flatMap((part) => (typeof part === 'string' || !part.to ? [] : [part.to]));

function landing(due: string, landed: string | null, usual: string | null = null): NightDeliverable {
  const landedUs = landed === null ? Number.NaN : at(landed);
  const lateMs = (landedUs - at(due)) / 1_000;
  return {
    taskRun: 3,
    label: 'features.user_daily.publish',
    dataset: 'features.user_daily',
    partition: 'date=2025-12-24',
    subject: 'features.user_daily',
    owner: '',
    dueUs: at(due),
    landedUs,
    lateMs,
    verdict: lateMs <= 0 ? 'met' : 'missed',
    usualUs: usual === null ? Number.NaN : at(usual),
    usualNights: usual === null ? 0 : 89,
  };
}

describe('deadlineSentence', () => {
  const counts = { total: 42, met: 41, missed: 1, unknown: 0 };
  const of = (more: Partial<typeof counts>, ...deliverables: NightDeliverable[]): Sentence =>
    deadlineSentence({ ...counts, ...more, deliverables }, utc);
  it('says who was late, by how much, and when it usually lands', () => {
    const sentence = of({}, landing('02:00', '02:09', '01:29'));
    expect(plainSentence(sentence)).toBe(
      'features.user_daily landed at 02:09, 9 min after its 02:00 deadline. It usually lands at 01:29.',
    );
    expect(targets(sentence)).toEqual(['why', 'deadline', 'why']);
  });
  it('counts the others, and says nothing of a usual landing that nobody knows', () => {
    expect(plainSentence(of({ met: 39, missed: 3 }, landing('02:00', null)))).toBe(
      'features.user_daily never landed; it was due at 02:00. 2 more were late too.',
    );
  });
  it('says when all were met, and how closely', () => {
    expect(plainSentence(of({ met: 42, missed: 0 }, landing('02:00', '01:52')))).toBe(
      'All 42 deadlines were met; the closest was features.user_daily, with 8 min to spare.',
    );
  });
  it('claims nothing about unknown landings', () => {
    expect(plainSentence(of({ total: 4, met: 1, missed: 0, unknown: 3 }))).toBe(
      'No deadline is known to be missed; of 3 of 4 deadlines the landing is unknown.',
    );
  });
  it('says when there is none', () => {
    expect(plainSentence(of({ total: 0, met: 0, missed: 0 }))).toBe('This log holds no deadlines.');
  });
});

describe('earlySentence', () => {
  const read: NightEarlyRead = {
    reader: 7,
    readerLabel: 'recs.train_daily',
    succeeded: true,
    dataset: 'events',
    partition: 'date=2025-12-24',
    readUs: at('00:45'),
    wholeUs: at('01:04'),
    rowsRead: 476_053_247,
    rowsWhole: 3_200_000_000,
    readSeq: 1,
    proofSeq: 2,
  };
  type Counts = Pick<NightView, 'proved' | 'overlap' | 'cannotTell'>;
  const text = (counts: Counts, earlyReads: NightEarlyRead[] = [], reads = 300): string =>
    plainSentence(earlySentence({ ...counts, earlyReads }, reads));
  it('says that the first proved one is green, and how much it met; and counts the rest', () => {
    expect(text({ proved: 1, overlap: 14, cannotTell: 203 }, [read])).toBe(
      'recs.train_daily is green, and read 0.48B of 3.2B rows.',
    );
    expect(text({ proved: 3, overlap: 0, cannotTell: 0 }, [{ ...read, succeeded: false, rowsRead: Number.NaN }])).toBe(
      'recs.train_daily read events too early. 2 more reads are proved too early.',
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
    expect(text(none, [], 1)).toBe('The 1 recorded read is not known to be too early.');
    expect(text(none, [], 0)).toBe('This log tells of no reads, so none can be judged.');
    expect(text(none, [], Number.NaN)).toBe('No read is known to be too early.');
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
    deadlines: { total: 45, met: 44, missed: 1, unknown: 0 },
    earlyReads: { proved: 0, overlap: 0, cannotTell: 0 },
  });
  it('holds each figure against its target', () => {
    const sentence = latencySentence(summary());
    expect(plainSentence(sentence)).toBe(
      '49,812 task runs of 2,000 pipelines · start latency p50 14 s (target 30 s), p99 2 min 11 s (target 2 min); 812 could not be measured · 44 of 45 deadlines met · one night proves no 99.5 %',
    );
    expect(targets(sentence)).toEqual(['time', 'sla', 'sla', 'sla']);
  });
  it('says when nothing can be measured', () => {
    expect(plainSentence(latencySentence(summary({ measuredCount: 0 })))).toContain('no start latency can be measured');
  });
});
