// Tonight in a sentence: what each state of a fit says, and that every figure leads to it.

import { describe, expect, it } from 'vitest';
import type { FitParams, FitReport, FitRow, FitStanding, FitVerdict } from '../../../shared/api/views-fit.ts';
import { outlookSentence, rowVerdict } from '../../../src-renderer/fit/outlook.ts';
import type { FitState } from '../../../src-renderer/state/fit-run.ts';
import { plainSentence } from '../../../src-renderer/widgets/sentence.tsx';

const params: FitParams = {
  path: null,
  text: null,
  nights: 2_000,
  seed: null,
  grow: 0.4,
  pool: null,
  slots: null,
  search: true,
};
const standing = (verdict: FitVerdict): FitStanding => ({
  trials: 2_000,
  met: 1_998,
  share: 0.999,
  low: 0.996,
  high: 0.9999,
  verdict,
  trialsNeeded: null,
  p50LateMs: Number.NaN,
  p95LateMs: Number.NaN,
});
const row = (kind: FitRow['kind'], slots: number, verdict: FitVerdict, extrapolated: string[] = []): FitRow => ({
  kind,
  label: kind === 'today' ? 'today' : '+40 %',
  pool: 'spark',
  slots,
  nights: 2_000,
  standings: [standing(verdict), null],
  extrapolated,
  ended: 'all',
});
const done = (report: FitReport | null, wasStopped = false): FitState => ({
  status: 'done',
  params,
  answer: { problems: [], problemCount: 0, report },
  wasStopped,
});
const report: FitReport = {
  name: 'tonight',
  targets: [],
  rows: [row('today', 128, 'met'), row('grown', 128, 'missed'), row('searched', 152, 'met', ['more than observed'])],
  backtests: [],
  verdict: 'missed',
  slotsNeeded: 152,
  notes: [],
};

describe('outlookSentence', () => {
  const text = (state: FitState): string => plainSentence(outlookSentence(state));
  it('says what is known of tonight', () => {
    expect(text({ status: 'idle' })).toBe('Tonight has not been played yet: will it fit?');
    expect(text({ status: 'running', params, progress: null })).toBe('Tonight is being played.');
    expect(text(done(report))).toBe(
      'Tonight: met with 128 slots of spark, +40 %: missed with 128, met with 152 (extrapolated).',
    );
    expect(text(done(report, true))).toBe('Tonight was not played to the end.');
    expect(text(done(null))).toBe('Tonight was not played to the end.');
  });
  it('leads to Fit, whatever it says', () => {
    for (const state of [{ status: 'idle' } as const, done(report), done(null)]) {
      expect(outlookSentence(state).some((part) => typeof part !== 'string' && part.to === 'fit')).toBe(true);
    }
  });
});

describe('rowVerdict', () => {
  it('is the worst of the targets, and none where nothing is said', () => {
    const standings = [standing('met'), standing('cannot confirm'), null];
    expect(rowVerdict({ standings })).toBe('cannot confirm');
    expect(rowVerdict({ standings: [null] })).toBeNull();
  });
});
