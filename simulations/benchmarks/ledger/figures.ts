// What every part of the ledger's benchmark measures with: quantiles, a folder of its own, names that look real.

import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { PartitionName } from '../../../shared/model/ledger.ts';

export interface Latency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function latencyOf(values: Float64Array): Latency {
  const sorted = values.slice().sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

/** Runs `work` in a new folder under `parent`, and removes it. */
export async function inFolder<T>(parent: string, work: (dir: string) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(parent, 'landfall-bench-'));
  try {
    return await work(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

const DATASETS = 1_000;
const HOUR_MS = 3_600_000;

/** Partition number i of a warehouse of a thousand tables by the hour. */
export function nameOf(i: number): PartitionName {
  const hour = Math.floor(i / DATASETS);
  const time = new Date(1_500_000_000_000 + hour * HOUR_MS).toISOString();
  return {
    namespace: 'warehouse',
    dataset: `domain_${i % 20}.table_${i % DATASETS}`,
    partition: `date=${time.slice(0, 10)}/hour=${time.slice(11, 13)}`,
  };
}

export const peakRssMb = (): number => Math.round(process.resourceUsage().maxRSS / 1_000);
