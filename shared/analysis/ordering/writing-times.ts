// From when to when each version was being written, as well as the log knows: its own events first, then the span of
// the task run that wrote it. Not evidence by itself: good enough to say OVERLAP, never to prove.

import { GrowableInt32 } from '../../base/growable.ts';
import { type Csr, csrBy } from '../../model/catalog.ts';
import type { PartitionIndex } from './partition-index.ts';
import type { ReaderSpans } from './reader-spans.ts';
import type { VersionBook } from './version-book.ts';

export interface WritingTimes {
  /** NaN when unknown. */
  readonly openUs: Float64Array;
  /** Infinity while nothing says that it ended; NaN when it is not written in this log, or ended at an unknown time. */
  readonly endUs: Float64Array;
}

export function writingTimes(
  book: VersionBook,
  index: PartitionIndex,
  owner: Int32Array,
  writers: ReaderSpans,
): WritingTimes {
  const rows = owner.length;
  const openUs = new Float64Array(rows).fill(Number.NaN);
  const endUs = new Float64Array(rows).fill(Number.NaN);
  for (let row = 0; row < rows; row++) {
    if (!book.isWritten(row)) continue;
    openUs[row] = openOf(book, row, owner[row], writers);
    endUs[row] = endOf(book, row, owner[row], writers);
  }
  capOrphans(index, openUs, endUs);
  return { openUs, endUs };
}

function openOf(book: VersionBook, row: number, owner: number, writers: ReaderSpans): number {
  if (book.opened.has(row)) return book.opened.timeUs[row];
  return owner < 0 ? Number.NaN : writers.startedUs[owner];
}

function endOf(book: VersionBook, row: number, owner: number, writers: ReaderSpans): number {
  const milestone = [book.finalized, book.ended, book.published].find((m) => m.has(row));
  const timeUs = milestone?.timeUs[row] ?? Number.NaN;
  if (!Number.isNaN(timeUs)) return timeUs;
  const writerEndUs = owner < 0 ? Number.NaN : writers.endedUs[owner];
  return Number.isNaN(writerEndUs) && milestone === undefined ? Number.POSITIVE_INFINITY : writerEndUs;
}

/** A version that is never seen to end was given up at the latest when the next one of its partition was opened. */
function capOrphans(index: PartitionIndex, openUs: Float64Array, endUs: Float64Array): void {
  for (let orphan = 0; orphan < endUs.length; orphan++) {
    if (endUs[orphan] !== Number.POSITIVE_INFINITY) continue;
    const partition = index.partitionOf[orphan];
    for (let i = index.rows.offsets[partition]; i < index.rows.offsets[partition + 1]; i++) {
      const open = openUs[index.rows.values[i]];
      if (open > openUs[orphan] && open < endUs[orphan]) endUs[orphan] = open;
    }
  }
}

/** Spans of one grouping (by partition, or by dataset), for look-ups by time. */
export class SpanIndex {
  readonly #times: WritingTimes;
  readonly #offsets: Int32Array;
  /** Rows with a known opening, by group and opening. */
  readonly #rows: Int32Array;
  /** By position: the latest end so far inside the group. */
  readonly #latestEndUs: Float64Array;
  readonly #closingOffsets: Int32Array;
  /** Rows whose opening is unknown, by group and end. */
  readonly #closingRows: Int32Array;

  /** `groupOf` gives each version row's group; -1 leaves it out. */
  constructor(times: WritingTimes, groupOf: Int32Array, groups: number) {
    this.#times = times;
    const withOpening = new GrowableInt32();
    const withoutOpening = new GrowableInt32();
    for (let row = 0; row < groupOf.length; row++) {
      if (groupOf[row] < 0 || Number.isNaN(times.endUs[row])) continue;
      (Number.isNaN(times.openUs[row]) ? withoutOpening : withOpening).push(row);
    }
    const known = grouped(withOpening.finish(), groupOf, groups, times.openUs);
    const closing = grouped(withoutOpening.finish(), groupOf, groups, times.endUs);
    this.#offsets = known.offsets;
    this.#rows = known.values;
    this.#closingOffsets = closing.offsets;
    this.#closingRows = closing.values;
    this.#latestEndUs = latestEnds(known.offsets, known.values, times.endUs);
  }

  /** The version opened last of those being written in [fromUs, toUs], by more than the tolerance; -1 for none. */
  during(group: number, fromUs: number, toUs: number, toleranceUs: number, isOther: (row: number) => boolean): number {
    const { openUs, endUs } = this.#times;
    const first = this.#offsets[group];
    const after = firstAbove(this.#rows, openUs, first, this.#offsets[group + 1], toUs - toleranceUs);
    for (let i = after - 1; i >= first; i--) {
      if (this.#latestEndUs[i] <= fromUs + toleranceUs) return -1;
      const row = this.#rows[i];
      if (endUs[row] > fromUs + toleranceUs && isOther(row)) return row;
    }
    return -1;
  }

  /** The first version that ended after `fromUs` and whose opening nobody recorded; -1 for none. */
  closingAfter(group: number, fromUs: number, toleranceUs: number, isOther: (row: number) => boolean): number {
    const end = this.#closingOffsets[group + 1];
    const { endUs } = this.#times;
    let i = firstAbove(this.#closingRows, endUs, this.#closingOffsets[group], end, fromUs + toleranceUs);
    while (i < end && !isOther(this.#closingRows[i])) i++;
    return i < end ? this.#closingRows[i] : -1;
  }
}

/** Rows by group, and by time inside each. */
function grouped(rows: Int32Array, groupOf: Int32Array, groups: number, timeUs: Float64Array): Csr {
  const keys = new Int32Array(rows.length);
  for (let i = 0; i < rows.length; i++) keys[i] = groupOf[rows[i]];
  const csr = csrBy(keys, rows, groups);
  const { offsets, values } = csr;
  for (let group = 0; group < groups; group++) {
    if (offsets[group + 1] - offsets[group] < 2) continue;
    values.subarray(offsets[group], offsets[group + 1]).sort((a, b) => timeUs[a] - timeUs[b] || a - b);
  }
  return csr;
}

function latestEnds(offsets: Int32Array, rows: Int32Array, endUs: Float64Array): Float64Array {
  const out = new Float64Array(rows.length);
  for (let group = 0; group + 1 < offsets.length; group++) {
    let latest = Number.NEGATIVE_INFINITY;
    for (let i = offsets[group]; i < offsets[group + 1]; i++) {
      latest = Math.max(latest, endUs[rows[i]]);
      out[i] = latest;
    }
  }
  return out;
}

/** The first position in [low, high) whose row's time is above the limit; `high` when there is none. */
function firstAbove(rows: Int32Array, timeUs: Float64Array, low: number, high: number, limitUs: number): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timeUs[rows[middle]] <= limitUs) low = middle + 1;
    else high = middle;
  }
  return low;
}
