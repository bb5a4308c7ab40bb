// The columns behind the start-latency charts, and the exact figure at a place of the axis.

import type { StartLatencyReport } from '../../shared/analysis/start-latency.ts';
import { formatCount, formatShare } from '../widgets/format.ts';
import { type DurationScale, durationScale, tickText } from './duration-scale.ts';

type Columns = [number[], number[]];

/** Below this, finer steps say nothing about orchestration. */
const FLOOR_MS_MIN = 10;

/** A scale that holds the slowest run and both targets. */
export function latencyScale({ histogram, maxMs, targets }: StartLatencyReport): DurationScale {
  const floorMs = Math.max(FLOOR_MS_MIN, histogram.edgesMs[1] ?? FLOOR_MS_MIN);
  const limitMs = Math.max(...targets.map((target) => target.limitMs));
  const lastEdge = histogram.edgesMs.at(-1) ?? 0;
  return durationScale(floorMs, Math.max(lastEdge, limitMs * 2, Number.isFinite(maxMs) ? maxMs : 0));
}

/** The outline of the bars: each bin as two points at its height. */
export function histogramSteps({ edgesMs, counts }: StartLatencyReport['histogram'], scale: DurationScale): Columns {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < counts.length; i++) {
    x.push(scale.position(edgesMs[i]), scale.position(edgesMs[i + 1]) - 1e-9);
    const height = countPosition(counts[i]);
    y.push(height, height);
  }
  return [x, y];
}

/** Counts on a logarithmic axis that has a place for zero: 0, then 1 for one, 2 for ten, 3 for a hundred. */
export const countPosition = (count: number): number => (count <= 0 ? 0 : 1 + Math.log10(count));
export const countAt = (position: number): number => (position < 0.5 ? 0 : 10 ** (position - 1));

/** Share by duration in percent from (0, 0), exact at each point. To be drawn in steps: it never falls between. */
export function cdfPoints({ valueMs, share }: StartLatencyReport['cdf'], scale: DurationScale): Columns {
  const x: number[] = [];
  const y: number[] = [];
  for (let i = 0; i < valueMs.length; i++) {
    x.push(scale.position(valueMs[i]));
    y.push(share[i] * 100);
  }
  if (x.length > 0 && x[0] > 0) {
    x.unshift(0);
    y.unshift(0);
  }
  if (x.length > 0 && (x.at(-1) as number) < scale.max) {
    x.push(scale.max);
    y.push(100);
  }
  return [x, y];
}

/** `10 s to 20 s: 1,204 task runs`. */
export function readHistogram({ histogram }: StartLatencyReport, scale: DurationScale, at: number): string {
  const { edgesMs, counts } = histogram;
  const ms = scale.duration(at);
  const bin = edgesMs.findLastIndex((edge) => edge <= ms);
  if (bin < 0 || bin >= counts.length) return '';
  return `${tickText(edgesMs[bin])} to ${tickText(edgesMs[bin + 1])}: ${formatCount(counts[bin])} task runs`;
}

/** `30 s: 71.2 %`, at the last measured duration at or below the place. */
export function readCdf({ cdf }: StartLatencyReport, scale: DurationScale, at: number): string {
  const ms = scale.duration(at);
  const point = cdf.valueMs.findLastIndex((value) => value <= ms);
  const share = point < 0 ? 0 : cdf.share[point];
  return `within ${tickText(ms)}: ${formatShare(share)} of measured task runs`;
}
