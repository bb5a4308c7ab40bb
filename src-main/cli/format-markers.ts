// Verdicts on partitions as text: a table with a count of each status, or a line for each change.

import type { PartitionStatus, PartitionVerdict } from '../../shared/analysis/markers/judge.ts';
import { formatInstant } from '../../shared/base/time.ts';
import type { MarkerReport } from '../services/judge-markers.ts';
import { formatCount, formatPlural, formatTable } from './format-table.ts';
import { PLAIN_STYLE, type Style } from './style.ts';

const NO_PARTITION = 'no partition here: folders named name=value are wanted, or --layout';
const STATUSES: readonly PartitionStatus[] = ['whole', 'running', 'stale', 'empty', 'unknown'];
const BAD: ReadonlySet<PartitionStatus> = new Set(['stale', 'empty']);

export function formatMarkers(report: MarkerReport, dataset: string, style: Style = PLAIN_STYLE): string {
  const { partitions, counts, files, formats } = report;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const read = `${dataset}: ${formatPlural(files, 'file')} in ${formatPlural(all, 'partition')} (${formats.join(', ')})`;
  if (partitions.length === 0) {
    const why = all > 0 ? `of ${formatPlural(all, 'partition')} none was asked for` : NO_PARTITION;
    return `${read}\n${why}\n`;
  }
  const rows = partitions.map((verdict) => cells(verdict, style));
  const header = ['PARTITION', 'STATUS', 'FILES', 'BYTES', 'LAST DATA', 'FLAG', ''];
  const table = formatTable(rows, ['left', 'left', 'right', 'right', 'left', 'left', 'left'], header, style);
  const others =
    all > partitions.length ? `; ${formatPlural(all - partitions.length, 'other partition')} not asked for` : '';
  return `${read}\n\n${table}\n${sumsOf(partitions)}${others}\n`;
}

/** `3 whole, 1 stale`: of those that are shown. */
function sumsOf(shown: readonly PartitionVerdict[]): string {
  const sums = STATUSES.map((status) => [status, shown.filter((verdict) => verdict.status === status).length] as const);
  return sums.flatMap(([status, count]) => (count > 0 ? `${formatCount(count)} ${status}` : [])).join(', ');
}

/** A line for each, as it happens. */
export const formatMarkerLines = (verdicts: readonly PartitionVerdict[], style: Style = PLAIN_STYLE): string =>
  verdicts
    .map((v) => `${nameOf(v)}  ${statusText(v, style)}  ${formatPlural(v.dataFiles, 'file')}  ${v.reason}\n`)
    .join('');

const nameOf = ({ key }: PartitionVerdict): string => (key === '' ? '(unpartitioned)' : key);

const statusText = ({ status }: PartitionVerdict, style: Style): string =>
  BAD.has(status) ? style.bad(status) : status === 'whole' ? style.good(status) : status;

function cells(verdict: PartitionVerdict, style: Style): string[] {
  const { dataFiles, dataBytes, newestDataUs, markerUs, reason } = verdict;
  const time = (us: number): string => (Number.isNaN(us) ? '' : formatInstant(us));
  return [
    nameOf(verdict),
    statusText(verdict, style),
    formatCount(dataFiles),
    formatCount(dataBytes),
    time(newestDataUs),
    time(markerUs),
    style.dim(reason),
  ];
}
