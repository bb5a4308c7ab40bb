// Judges the metrics of a version by its dataset's quality gate. Pure: what was whole before is handed in, newest last.
// A bound that cannot be judged because the metric is unknown is broken: unknown is not good. A bound that compares with
// earlier versions holds while there are none.

import { US_PER_MS } from '../base/time.ts';
import type { QualityGate, VersionMetrics } from '../model/ledger.ts';

/** What later versions are compared with. */
export interface WholeVersion {
  readonly rowCount: number;
  readonly schemaFingerprint: string;
}

/** The most earlier versions that a gate may look back on. */
export const GATE_HISTORY = 100;

/**
 * Every bound that is broken, in words; empty when the check passes.
 * `history`: the last whole versions of the dataset, whatever their partition, newest last. `atUs`: when the check is made.
 */
export function brokenBounds(
  gate: QualityGate,
  metrics: VersionMetrics,
  history: readonly WholeVersion[],
  atUs: number,
): string[] {
  return [
    ...rowCountBounds(gate.rowCount, metrics.rowCount, history),
    ...nullRateBounds(gate.nullRates, metrics.nullRates),
    ...schemaBound(gate.schemaFingerprint, metrics.schemaFingerprint, history),
    ...freshnessBound(gate.freshnessMs, metrics.newestUs, atUs),
  ];
}

function rowCountBounds(bounds: QualityGate['rowCount'], rowCount: number, history: readonly WholeVersion[]): string[] {
  if (bounds === undefined) return [];
  if (Number.isNaN(rowCount)) return ['the row count is unknown'];
  const broken: string[] = [];
  const { min, max, relative } = bounds;
  if (min !== undefined && rowCount < min) broken.push(`${rowCount} rows, at least ${min} are wanted`);
  if (max !== undefined && rowCount > max) broken.push(`${rowCount} rows, at most ${max} are wanted`);
  if (relative !== undefined) broken.push(...relativeBounds(relative, rowCount, history));
  return broken;
}

function relativeBounds(
  { versions, low, high }: NonNullable<NonNullable<QualityGate['rowCount']>['relative']>,
  rowCount: number,
  history: readonly WholeVersion[],
): string[] {
  const counts = history
    .slice(-versions)
    .map((version) => version.rowCount)
    .filter((count) => !Number.isNaN(count));
  if (counts.length === 0) return [];
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const of = `the mean of the last ${counts.length} whole ${counts.length === 1 ? 'version' : 'versions'} (${mean})`;
  if (rowCount < low * mean) return [`${rowCount} rows, less than ${low} x ${of}`];
  return rowCount > high * mean ? [`${rowCount} rows, more than ${high} x ${of}`] : [];
}

function nullRateBounds(bounds: QualityGate['nullRates'], rates: VersionMetrics['nullRates']): string[] {
  return Object.entries(bounds ?? {}).flatMap(([column, highest]) => {
    const rate = Object.hasOwn(rates, column) ? rates[column] : Number.NaN;
    if (Number.isNaN(rate)) return [`the null rate of ${column} is unknown`];
    return rate > highest ? [`null rate of ${column} ${rate}, at most ${highest} is wanted`] : [];
  });
}

function schemaBound(bound: string | undefined, fingerprint: string, history: readonly WholeVersion[]): string[] {
  if (bound === undefined) return [];
  const wanted =
    bound === 'same' ? history.findLast((version) => version.schemaFingerprint !== '')?.schemaFingerprint : bound;
  if (wanted === undefined) return [];
  if (fingerprint === '') return ['the schema fingerprint is unknown'];
  return fingerprint === wanted ? [] : [`schema ${fingerprint}, ${wanted} is wanted`];
}

function freshnessBound(freshnessMs: number | undefined, newestUs: number, atUs: number): string[] {
  if (freshnessMs === undefined) return [];
  if (Number.isNaN(newestUs)) return ['the time of the newest row is unknown'];
  const ageMs = Math.floor((atUs - newestUs) / US_PER_MS);
  return ageMs > freshnessMs ? [`the newest row is ${ageMs} ms old, at most ${freshnessMs} ms is wanted`] : [];
}
