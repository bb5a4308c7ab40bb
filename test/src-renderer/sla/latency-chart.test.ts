// The charts' axis and columns: zero has a place, order is kept, nothing is drawn that was not measured.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StartLatencyReport } from '../../../shared/analysis/start-latency.ts';
import { durationScale, tickText } from '../../../src-renderer/sla/duration-scale.ts';
import {
  cdfPoints,
  countAt,
  countPosition,
  histogramSteps,
  latencyScale,
  readCdf,
  readHistogram,
} from '../../../src-renderer/sla/latency-chart-data.ts';

describe('durationScale', () => {
  const scale = durationScale(10, 600_000);
  it('grows with the duration and comes back', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 600_000, noNaN: true }),
        fc.double({ min: 0, max: 600_000, noNaN: true }),
        (a, b) => {
          expect(scale.position(Math.max(a, b))).toBeGreaterThanOrEqual(scale.position(Math.min(a, b)));
          expect(scale.duration(scale.position(a))).toBeCloseTo(a, 4);
        },
      ),
    );
  });
  it('has zero at its left end and labels that are short', () => {
    expect(scale.position(0)).toBe(0);
    expect(scale.ticks.map((at) => tickText(scale.duration(at)))).toEqual([
      '0',
      '10 ms',
      '100 ms',
      '1 s',
      '10 s',
      '30 s',
      '2 min',
      '10 min',
    ]);
  });
});

const REPORT = {
  maxMs: 45_000,
  targets: [{ name: 'start latency p50', limitMs: 30_000, actualMs: 12_000, verdict: 'pass' }],
  histogram: { edgesMs: Float64Array.of(0, 10, 10_000, 60_000), counts: Float64Array.of(5, 0, 1_000) },
  cdf: { valueMs: Float64Array.of(0, 12_000, 45_000), share: Float64Array.of(0.005, 0.75, 1) },
} as unknown as StartLatencyReport;

describe('the columns of the charts', () => {
  const scale = latencyScale(REPORT);
  it('put each bin at its height, on an axis that has a zero', () => {
    const [x, y] = histogramSteps(REPORT.histogram, scale);
    expect(x).toEqual([...x].sort((a, b) => a - b));
    expect(y).toEqual([countPosition(5), countPosition(5), 0, 0, 4, 4]);
    expect([0, 1, 10, 1_000].map((count) => countAt(countPosition(count)))).toEqual([0, 1, 10, 1_000]);
  });
  it('end the distribution at 100 % and start it where the first run is', () => {
    const [x, y] = cdfPoints(REPORT.cdf, scale);
    expect([x[0], y[0]]).toEqual([0, 0.5]);
    expect([x.at(-1), y.at(-1)]).toEqual([scale.max, 100]);
  });
  it('read exact figures at a place', () => {
    expect(readHistogram(REPORT, scale, scale.position(20_000))).toBe('10 s to 1 min: 1,000 task runs');
    expect(readCdf(REPORT, scale, scale.position(30_000) + 1e-9)).toBe('within 30 s: 75 % of measured task runs');
  });
});
