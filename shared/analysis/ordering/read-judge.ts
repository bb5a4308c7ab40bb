// Judges one read after the whole log is known. What makes a proof, and what does not:
// - PROVED needs the reader's own word for the version (recorded), and recorded times or row counts that show it was not
//   whole: finalized after the read, or never; or fewer rows than it came to have. Row counts are taken as unfiltered.
// - An inferred version is no version at all here, and an inferred time only says that two spans overlapped.
// - OVERLAP: a writer of the partition ran at the time; the reader may have queued, or read an earlier version.
// - CANNOT TELL: a writer of the dataset ran, but no key says whether of the same partition; or times are missing.
// - Nothing: no writer ran at the time. Whatever was read was then as whole as it would ever be.

import type { VersionTable } from '../../model/log.ts';
import type { Advice } from './advice.ts';
import type { Draft, Fact, Findings } from './findings.ts';
import type { PartitionIndex } from './partition-index.ts';
import type { Read } from './read-list.ts';
import { ReadSentences } from './read-sentences.ts';
import type { ReaderSpans } from './reader-spans.ts';
import type { Grade } from './report.ts';
import type { Sentences } from './sentences.ts';
import type { VersionBook } from './version-book.ts';
import { SpanIndex, writingTimes } from './writing-times.ts';

export interface ReadJudgeInput {
  readonly versions: VersionTable;
  readonly datasets: number;
  readonly index: PartitionIndex;
  readonly book: VersionBook;
  readonly spans: ReaderSpans;
  readonly findings: Findings;
  readonly sentences: Sentences;
  readonly advice: Advice;
  readonly toleranceUs: number;
  /** The time of the log's last event. */
  readonly logEndUs: number;
}

export class ReadJudge {
  readonly #in: ReadJudgeInput;
  readonly #say: ReadSentences;
  #lazySpans: WriterSpans | null = null;

  constructor(input: ReadJudgeInput) {
    this.#in = input;
    this.#say = new ReadSentences(input.sentences, input.book);
  }

  /** Made for the first read that does not name its version. */
  get #spans(): WriterSpans {
    this.#lazySpans ??= writerSpans(this.#in);
    return this.#lazySpans;
  }

  judge(read: Read): void {
    if (read.version < 0) return this.#add(read, 'cannot tell', null, () => this.#say.nameless(read));
    const { versions, index } = this.#in;
    const row = index.canonical[read.version];
    if (read.isSubjectSure && versions.number[row] > 0) this.#judgeNamed(read, row);
    else this.#judgeUnnamed(read);
  }

  /** The reader recorded which version it read. */
  #judgeNamed(read: Read, row: number): void {
    const { book } = this.#in;
    if (this.#isOwn(read, row)) return;
    if (book.finalized.has(row)) return this.#judgeFinalized(read, row);
    if (book.isDead(row)) {
      const ended = book.ended.fact(row);
      return this.#add(read, ended.sure ? 'proved' : 'overlap', ended, () => this.#say.dead(read, row));
    }
    if (book.published.has(row)) return this.#judgePublishedOnly(read, row);
    if (!book.isWritten(row)) return this.#in.advice.count('outside');
    this.#judgeNeverEnded(read, row);
  }

  #judgeFinalized(read: Read, row: number): void {
    const finalized = this.#in.book.finalized.fact(row);
    const proof = this.#proofOf(read, row, finalized);
    if (proof !== null) return this.#add(read, 'proved', finalized, proof);
    const { fromUs } = this.#spanOf(read);
    const isOrdered = !Number.isNaN(finalized.timeUs - fromUs);
    if (isOrdered && !this.#isAfter(finalized.timeUs, fromUs)) return;
    this.#in.advice.count('times');
    if (isOrdered) this.#add(read, 'overlap', finalized, () => this.#say.namedOverlap(read, row));
    else this.#add(read, 'cannot tell', finalized, () => this.#say.noTime(read));
  }

  /** Why it is certain that `row` was read before its finalize, or null when it is not. */
  #proofOf(read: Read, row: number, finalized: Fact): (() => string) | null {
    if (!finalized.sure) return null;
    if (read.isTimeSure) {
      return this.#isAfter(finalized.timeUs, read.timeUs) ? () => this.#say.before(read, row, finalized) : null;
    }
    const endUs = this.#in.spans.sureEndUs(read.taskRun);
    if (this.#isAfter(finalized.timeUs, endUs)) return () => this.#say.endedBefore(read, row, finalized, endUs);
    const startedBefore = this.#isAfter(finalized.timeUs, this.#in.spans.sureStartUs(read.taskRun));
    if (startedBefore && this.#hasFewerRows(read, row)) return () => this.#say.fewerRows(read, row);
    return null;
  }

  /** Its finalize is not in the log, yet it was published: it was whole at an unknown time before that. */
  #judgePublishedOnly(read: Read, row: number): void {
    const published = this.#in.book.published.fact(row);
    if (!this.#isAfter(published.timeUs, this.#spanOf(read).fromUs)) return;
    this.#in.advice.count('finalizes');
    this.#add(read, 'overlap', published, () => this.#say.beforePublish(read, row, published));
  }

  #judgeNeverEnded(read: Read, row: number): void {
    const { book, logEndUs } = this.#in;
    const isOpenSure = book.opened.has(row) && book.opened.isSure[row] === 1;
    const proved = isOpenSure && read.isTimeSure && this.#isAfter(logEndUs, read.timeUs);
    const second = book.opened.has(row) ? book.opened.fact(row) : book.latest.fact(row);
    this.#add(read, proved ? 'proved' : 'overlap', second, () => this.#say.neverFinalized(read, row));
  }

  /** Which version it read is unknown or inferred; the partition may be known. */
  #judgeUnnamed(read: Read): void {
    const { versions, index, toleranceUs, advice } = this.#in;
    const dataset = versions.dataset[read.version];
    const partition = index.partitionOf[read.version];
    if (this.#spans.isWritten[dataset] === 0) return advice.count('outside');
    const { fromUs, toUs } = this.#spanOf(read);
    if (Number.isNaN(fromUs)) {
      advice.count('times');
      return this.#add(read, 'cannot tell', null, () => this.#say.noTime(read));
    }
    const isOther = (row: number): boolean => !this.#isOwn(read, row);
    const same = this.#spans.byPartition.during(partition, fromUs, toUs, toleranceUs, isOther);
    if (same >= 0) return this.#judgeOverlap(read, same);
    const maybe = this.#maybeSame(dataset, partition, fromUs, toUs, isOther);
    if (maybe >= 0) {
      advice.count('keys');
      return this.#add(read, 'cannot tell', this.#startOf(maybe), () => this.#say.noKey(read, maybe));
    }
    const closing = this.#spans.byPartition.closingAfter(partition, fromUs, toleranceUs, isOther);
    if (closing < 0) return;
    advice.count('opens');
    this.#add(read, 'cannot tell', this.#startOf(closing), () => this.#say.noOpen(read, closing));
  }

  /** A version written at the time whose partition may be the one that was read: one of the two keys is unknown. */
  #maybeSame(
    dataset: number,
    partition: number,
    fromUs: number,
    toUs: number,
    isOther: (row: number) => boolean,
  ): number {
    const { index, toleranceUs } = this.#in;
    if (index.isKeyed[partition] === 0) {
      return this.#spans.keyedByDataset.during(dataset, fromUs, toUs, toleranceUs, isOther);
    }
    const unkeyed = index.unkeyedOf[dataset];
    return unkeyed < 0 ? -1 : this.#spans.byPartition.during(unkeyed, fromUs, toUs, toleranceUs, isOther);
  }

  #judgeOverlap(read: Read, row: number): void {
    if (this.#rowsProve(read, row)) {
      return this.#add(read, 'proved', this.#in.book.finalized.fact(row), () => this.#say.rowsOnly(read, row));
    }
    this.#in.advice.count(this.#isKeyed(read) ? 'versions' : 'keys');
    this.#add(read, 'overlap', this.#startOf(row), () => this.#say.overlap(read, row));
  }

  /**
   * The row count alone names the version: the partition was recorded, the read happened inside the writing, it met
   * fewer rows than the version came to have, and no earlier version of the partition can have had so many.
   */
  #rowsProve(read: Read, row: number): boolean {
    const { book, versions, index } = this.#in;
    if (!read.isSubjectSure || !read.isTimeSure || !this.#isKeyed(read) || !this.#hasFewerRows(read, row)) return false;
    if (!book.opened.has(row) || book.opened.isSure[row] === 0 || book.finalized.isSure[row] === 0) return false;
    if (!(read.rows > 0) || versions.number[row] < 1) return false;
    const partition = index.partitionOf[row];
    const own = index.rows.values.subarray(index.rows.offsets[partition], index.rows.offsets[partition + 1]);
    const earlier = own.filter(
      (r) => index.canonical[r] === r && versions.number[r] > 0 && versions.number[r] < versions.number[row],
    );
    if (earlier.length !== versions.number[row] - 1) return false;
    return earlier.every(
      (r) => book.isDead(r) || (book.rowCountIsSure[r] === 1 && isOtherCount(book.rowCount[r], read.rows)),
    );
  }

  #hasFewerRows(read: Read, row: number): boolean {
    const { book } = this.#in;
    return read.areRowsSure && book.rowCountIsSure[row] === 1 && read.rows < book.rowCount[row];
  }

  /** When it can have read: the moment, where that was recorded; else the whole span of the attempt. */
  #spanOf(read: Read): { fromUs: number; toUs: number } {
    if (read.isTimeSure || read.taskRun < 0) return { fromUs: read.timeUs, toUs: read.timeUs };
    const { startedUs, endedUs } = this.#in.spans.of(read.taskRun, read.attempt);
    const begun = [startedUs, read.timeUs].filter((us) => !Number.isNaN(us));
    // An end alone does not say from when on it may have read.
    if (begun.length === 0) return { fromUs: Number.NaN, toUs: Number.NaN };
    const toUs = Math.max(...begun, Number.isNaN(endedUs) ? Number.NEGATIVE_INFINITY : endedUs);
    return { fromUs: Math.min(...begun), toUs };
  }

  #isKeyed(read: Read): boolean {
    const { index } = this.#in;
    return index.isKeyed[index.partitionOf[read.version]] === 1;
  }

  /** Reading back what one writes is no early read. */
  #isOwn(read: Read, row: number): boolean {
    return read.taskRun >= 0 && this.#in.versions.owner[row] === read.taskRun;
  }

  #startOf(row: number): Fact {
    const { opened, finalized, latest } = this.#in.book;
    const milestone = [opened, finalized].find((m) => m.has(row)) ?? latest;
    return milestone.fact(row);
  }

  #isAfter(laterUs: number, earlierUs: number): boolean {
    return laterUs - earlierUs > this.#in.toleranceUs;
  }

  #add(read: Read, grade: Grade, second: Fact | null, reason: Draft['reason']): void {
    const { seq, timeUs, kind, taskRun, version } = read;
    const first: Fact = { seq, timeUs, kind, taskRun, version, sure: read.isTimeSure && read.isSubjectSure };
    this.#in.findings.add({ rule: 'no-read-before-finalize', grade, first, second, reason });
  }
}

/** When each version was written, found by partition or by dataset. */
interface WriterSpans {
  readonly byPartition: SpanIndex;
  /** Only versions whose key is known. */
  readonly keyedByDataset: SpanIndex;
  /** By dataset: 1 when this log writes any of its versions. */
  readonly isWritten: Uint8Array;
}

function writerSpans({ versions, datasets, index, book, spans }: ReadJudgeInput): WriterSpans {
  const times = writingTimes(book, index, versions.owner, spans);
  const keyed = versions.dataset.map((dataset, row) => (index.isKeyed[index.partitionOf[row]] === 1 ? dataset : -1));
  const isWritten = new Uint8Array(datasets);
  for (let row = 0; row < versions.dataset.length; row++) {
    if (book.isWritten(row)) isWritten[versions.dataset[row]] = 1;
  }
  return {
    byPartition: new SpanIndex(times, index.partitionOf, index.isKeyed.length),
    keyedByDataset: new SpanIndex(times, keyed, datasets),
    isWritten,
  };
}

const isOtherCount = (count: number, rows: number): boolean => !Number.isNaN(count) && count !== rows;
