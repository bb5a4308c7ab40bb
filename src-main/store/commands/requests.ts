// What a command may look like, whoever sends it: names that survive as bytes, whole numbers, known times. And metrics
// and payloads in the one form that is stored and compared.

import { ContentHash } from '../../../shared/base/hash.ts';
import type { DatasetName, InputRead, PartitionName, VersionMetrics } from '../../../shared/model/ledger.ts';
import { badCommand } from './refusals.ts';

const NAME_LIMIT = 1_000;
const REASON_LIMIT = 10_000;
/** Fits beside the status in 32 bits. */
const ATTEMPT_LIMIT = 2 ** 27;
const SURROGATE = /\p{Surrogate}/u;

export function checkDataset({ namespace, dataset }: DatasetName): void {
  checkName(namespace, 'namespace', 0);
  checkName(dataset, 'dataset', 1);
}

export function checkPartition(name: PartitionName): void {
  checkDataset(name);
  checkName(name.partition, 'partition', 0);
}

export const checkRun = (run: string): void => checkName(run, 'run', 1);

export function checkReason(reason: string): void {
  if (reason.length > REASON_LIMIT) throw badCommand(`a reason has at most ${REASON_LIMIT} characters`, 'reason');
}

export function checkWhole(value: number, place: string, least: number): void {
  if (!Number.isSafeInteger(value) || value < least || value >= ATTEMPT_LIMIT) {
    throw badCommand(`${place}: a whole number from ${least} on is wanted`, place);
  }
}

const COLUMN_LIMIT = 10_000;

export function checkMetrics(metrics: Partial<VersionMetrics> | undefined): void {
  if (metrics === undefined) return;
  const { rowCount = 0, byteSize = 0, nullRates = {}, schemaFingerprint = '' } = metrics;
  if (rowCount < 0) throw badCommand('rowCount: at least 0', 'rowCount');
  if (byteSize < 0) throw badCommand('byteSize: at least 0', 'byteSize');
  checkName(schemaFingerprint, 'schemaFingerprint', 0);
  const columns = Object.keys(nullRates);
  if (columns.length > COLUMN_LIMIT) throw badCommand(`nullRates: at most ${COLUMN_LIMIT} columns`, 'nullRates');
  for (const column of columns) {
    checkName(column, 'nullRates', 0);
    const rate = nullRates[column];
    if (rate < 0 || rate > 1) throw badCommand(`nullRates: ${column} is not from 0 to 1`, 'nullRates');
  }
}

function checkName(name: string, place: string, leastLength: number): void {
  if (name.length < leastLength || name.length > NAME_LIMIT) {
    throw badCommand(`${place}: ${leastLength} to ${NAME_LIMIT} characters are wanted`, place);
  }
  if (SURROGATE.test(name)) throw badCommand(`${place}: the text is broken (a lone surrogate)`, place);
}

/** Metrics with what is unknown told so. */
export const metricsOf = (given: Partial<VersionMetrics> | undefined): VersionMetrics => ({
  rowCount: given?.rowCount ?? Number.NaN,
  byteSize: given?.byteSize ?? Number.NaN,
  nullRates: given?.nullRates ?? {},
  schemaFingerprint: given?.schemaFingerprint ?? '',
  newestUs: given?.newestUs ?? Number.NaN,
});

/** `given`, and what it leaves unknown from `checked`. */
export function completed(given: VersionMetrics, checked: VersionMetrics | null): VersionMetrics {
  if (checked === null) return given;
  return {
    rowCount: Number.isNaN(given.rowCount) ? checked.rowCount : given.rowCount,
    byteSize: Number.isNaN(given.byteSize) ? checked.byteSize : given.byteSize,
    nullRates: { ...checked.nullRates, ...given.nullRates },
    schemaFingerprint: given.schemaFingerprint === '' ? checked.schemaFingerprint : given.schemaFingerprint,
    newestUs: Number.isNaN(given.newestUs) ? checked.newestUs : given.newestUs,
  };
}

/** What a finalize says otherwise than the check before it, in words; null when they agree. */
export function differenceFromCheck(given: VersionMetrics, checked: VersionMetrics): string | null {
  const differs = (a: number, b: number): boolean => !Number.isNaN(a) && !Object.is(a, b);
  if (differs(given.rowCount, checked.rowCount)) return 'the row count';
  if (differs(given.newestUs, checked.newestUs)) return 'the time of the newest row';
  if (given.schemaFingerprint !== '' && given.schemaFingerprint !== checked.schemaFingerprint) return 'the schema';
  const column = Object.keys(given.nullRates).find((name) => differs(given.nullRates[name], rateOf(checked, name)));
  return column === undefined ? null : `the null rate of ${column}`;
}

const rateOf = ({ nullRates }: VersionMetrics, column: string): number =>
  Object.hasOwn(nullRates, column) ? nullRates[column] : Number.NaN;

/** The same metrics, in whatever order their columns are named. */
export const isSameMetrics = (a: VersionMetrics, b: VersionMetrics): boolean =>
  payloadHash(a, []) === payloadHash(b, []);

/** 64 bits, as hex, of what a finalize says: the same command again has the same one. */
export function payloadHash(metrics: VersionMetrics, inputs: readonly InputRead[]): string {
  const { rowCount, byteSize, nullRates, schemaFingerprint, newestUs } = metrics;
  const columns = inOrder(Object.keys(nullRates));
  const hash = new ContentHash().text(schemaFingerprint).word(columns.length);
  hash.array(Float64Array.of(rowCount, byteSize, newestUs, ...columns.map((column) => nullRates[column])));
  for (const column of columns) hash.text(column);
  for (const { namespace, dataset, partition, version } of inputs) {
    hash.text(namespace).text(dataset).text(partition).word(version);
  }
  return hash.hex().slice(0, 16);
}

/** Columns mostly come in order, and sorting costs more than looking. */
function inOrder(names: string[]): string[] {
  for (let i = 1; i < names.length; i++) if (names[i - 1] > names[i]) return names.sort();
  return names;
}
