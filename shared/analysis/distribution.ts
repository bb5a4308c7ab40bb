// A set of measured values as a chart shows it: counts between edges, and points of the distribution function. Every
// value is counted once, none is invented between two others.

/** Bin i counts values in [edges[i], edges[i + 1]). `counts` is one shorter than `edges`. */
export interface Histogram {
  readonly edges: Float64Array;
  readonly counts: Float64Array;
}

/** `share[i]` of all values are at or below `value[i]`; values ascending, the last share is 1. */
export interface DistributionPoints {
  readonly value: Float64Array;
  readonly share: Float64Array;
}

/** Readable steps: wherever it begins, each bin is at least as wide as the one before; 30 s and 2 min (the field's targets) are edges. */
const EDGES_MS = [
  0, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000, 1_800_000,
  3_600_000, 7_200_000, 14_400_000, 28_800_000, 86_400_000,
];

/**
 * Edges in ms from 0 to beyond `maxMs`, widths growing. Bins far below the largest value are left out, so that a
 * chart of hours does not begin with milliseconds.
 */
export function growingEdgesMs(maxMs: number): Float64Array {
  const edges = [0];
  for (const edge of EDGES_MS) {
    if (edge < maxMs / 5_000 || edge === 0) continue;
    edges.push(edge);
    if (edge > maxMs) return Float64Array.from(edges);
  }
  for (let edge = (edges.at(-1) ?? 0) * 2; ; edge *= 2) {
    edges.push(edge);
    if (!(edge <= maxMs)) return Float64Array.from(edges);
  }
}

/** Counts ascending values between ascending edges. Values outside [first edge, last edge) are not counted. */
export function histogramOf(sorted: ArrayLike<number>, edges: Float64Array): Histogram {
  const counts = new Float64Array(Math.max(0, edges.length - 1));
  let bin = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (sorted[i] < edges[0]) continue;
    while (bin < counts.length && sorted[i] >= edges[bin + 1]) bin++;
    if (bin === counts.length) break;
    counts[bin]++;
  }
  return { edges, counts };
}

/**
 * The distribution function of ascending values at no more than about `pointsMax` points: even steps of share, and finer
 * ones in the last hundredth, where the targets are. Exact at every point.
 */
export function distributionOf(sorted: ArrayLike<number>, pointsMax = 200): DistributionPoints {
  const n = sorted.length;
  const value: number[] = [];
  const share: number[] = [];
  for (const rank of ranks(n, Math.max(2, pointsMax))) {
    const v = sorted[rank - 1];
    if (value.at(-1) === v) continue;
    value.push(v);
    share.push(countAtMost(sorted, v) / n);
  }
  return { value: Float64Array.from(value), share: Float64Array.from(share) };
}

/** Ascending ranks from 1 to n. */
function ranks(n: number, points: number): number[] {
  if (n <= points) return Array.from({ length: n }, (_, i) => i + 1);
  const body = Math.ceil(points * 0.8);
  const tail = points - body;
  const out: number[] = [1];
  const add = (rank: number): void => {
    if (rank > (out.at(-1) ?? 0)) out.push(rank);
  };
  for (let i = 1; i <= body; i++) add(Math.ceil((0.99 * n * i) / body));
  for (let i = 1; i <= tail; i++) add(Math.ceil(n * (0.99 + (0.01 * i) / tail) - 1e-9));
  add(n);
  return out;
}

/** How many of ascending values are at or below `limit`. */
function countAtMost(sorted: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle] <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
