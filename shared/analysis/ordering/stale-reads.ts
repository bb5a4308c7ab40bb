// The rule lineage-is-current: a run that read version n is stale once a later version of the partition is whole. Found
// by joining on versions, never by comparing times. Not a fault of the reader, so it is reported apart from ordering.

import { isWhole, type Status } from '../../lifecycle/status.ts';
import { EventKind } from '../../model/event.ts';
import type { EventChunk, VersionTable } from '../../model/log.ts';
import type { Fact } from './findings.ts';
import type { PartitionIndex } from './partition-index.ts';
import type { VersionBook } from './version-book.ts';

export interface StaleRead {
  readonly count: number;
  readonly firstRead: Fact;
  readonly laterWhole: Fact;
}

export class StaleReads {
  readonly #count: Int32Array;
  readonly #firstSeq: Int32Array;
  readonly #firstTimeUs: Float64Array;
  readonly #firstReader: Int32Array;

  constructor(versions: number) {
    this.#count = new Int32Array(versions);
    this.#firstSeq = new Int32Array(versions);
    this.#firstTimeUs = new Float64Array(versions);
    this.#firstReader = new Int32Array(versions);
  }

  /** Takes down that a reader named this version. */
  observe(row: number, chunk: EventChunk, i: number, seq: number): void {
    if (this.#count[row]++ > 0) return;
    this.#firstSeq[row] = seq;
    this.#firstTimeUs[row] = chunk.timeUs[i];
    this.#firstReader[row] = chunk.taskRun[i];
  }

  /** By version row: reads of a version of which a later one is whole. */
  finish(versions: VersionTable, index: PartitionIndex, book: VersionBook): StaleRead[] {
    const out: StaleRead[] = [];
    for (let p = 0; p < index.isKeyed.length; p++) {
      if (index.isKeyed[p] === 0) continue;
      let whole = -1;
      for (let i = index.rows.offsets[p + 1] - 1; i >= index.rows.offsets[p]; i--) {
        const row = index.rows.values[i];
        if (versions.number[row] === 0) continue;
        if (whole >= 0 && this.#count[row] > 0) {
          out.push({ count: this.#count[row], firstRead: this.#firstRead(row), laterWhole: wholeFact(book, whole) });
        }
        if (whole < 0 && isWhole(book.status[row] as Status)) whole = row;
      }
    }
    return out.sort((a, b) => a.firstRead.seq - b.firstRead.seq);
  }

  #firstRead(row: number): Fact {
    const timeUs = this.#firstTimeUs[row];
    const taskRun = this.#firstReader[row];
    return { seq: this.#firstSeq[row], timeUs, kind: EventKind.read, taskRun, version: row, sure: true };
  }
}

const wholeFact = (book: VersionBook, row: number): Fact =>
  (book.finalized.has(row) ? book.finalized : book.published).fact(row);
