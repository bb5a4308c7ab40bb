// Start latency = started(first attempt) - ready, over the task runs of a log (MODEL). Sensors' waits are not starts;
// skipped and upstream_failed runs have none. Unknown times are counted, never taken for zero.

/** The targets of the field: p50 < 30 s and p99 < 2 min after the dependencies were satisfied. */
export const START_LATENCY_TARGETS = [
  { name: 'start latency p50', quantile: 0.5, limitMs: 30_000 },
  { name: 'start latency p99', quantile: 0.99, limitMs: 120_000 },
] as const;

export interface LatencySummary {
  readonly measuredCount: number;
  /** Runs that started, with no known ready time (or that are not known to have started). */
  readonly unknownCount: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly meanMs: number;
}

export interface LatencyTarget {
  readonly name: string;
  readonly limitMs: number;
  readonly actualMs: number;
  /** `unknown` when nothing could be measured. */
  readonly verdict: 'pass' | 'fail' | 'unknown';
}

export interface LatencyGroup extends LatencySummary {
  readonly name: string;
  /** The pipeline's row in the log's names, or the pool's. */
  readonly id: number;
  /** The task run with the largest latency. */
  readonly worstTaskRun: number;
}

export interface StartLatencyReport extends LatencySummary {
  readonly targets: readonly LatencyTarget[];
  /** Bin i counts latencies in [edgesMs[i], edgesMs[i+1]); widths grow, the first edge is 0. */
  readonly histogram: { readonly edgesMs: Float64Array; readonly counts: Float64Array };
  /** Points of the distribution function: `share[i]` of the measured runs started within `valueMs[i]`. */
  readonly cdf: { readonly valueMs: Float64Array; readonly share: Float64Array };
  /** Worst first by p99, then max; at most 50. */
  readonly worstPipelines: readonly LatencyGroup[];
  readonly pools: readonly LatencyGroup[];
}
