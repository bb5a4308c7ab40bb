// Judges what writers did to versions, event by event, with the lifecycle's own table: an event that the table refuses
// is a suspect, and becomes a finding only when the clocks are apart by more than the tolerance. Events that only make
// sense once the rest of the log is known (an early publish, two writers at once) are kept aside until `finish`.

import type { RuleName } from '../../lifecycle/rules.ts';
import { isOpen, isWhole, Status, Step, stepOfEvent } from '../../lifecycle/status.ts';
import { brokenRule, nextStatus } from '../../lifecycle/transitions.ts';
import type { EventChunk, VersionTable } from '../../model/log.ts';
import type { Fact, Findings } from './findings.ts';
import type { PartitionIndex } from './partition-index.ts';
import type { Sentences } from './sentences.ts';
import { factOf, type VersionBook } from './version-book.ts';

/** What a first event tells of a version whose opening is not in the log: the log begins in the middle of its life. */
const ADOPTED = new Uint8Array(16);
ADOPTED[Step.heartbeat] = Status.running;
ADOPTED[Step.checkPassed] = Status.checked;
ADOPTED[Step.checkFailed] = Status.failed;
ADOPTED[Step.finalize] = Status.finalized;
ADOPTED[Step.publish] = Status.published;
ADOPTED[Step.fail] = Status.failed;
ADOPTED[Step.expire] = Status.expired;
ADOPTED[Step.supersede] = Status.superseded;

export interface WriteJudgeInput {
  readonly versions: VersionTable;
  readonly index: PartitionIndex;
  readonly book: VersionBook;
  readonly findings: Findings;
  readonly sentences: Sentences;
  readonly toleranceUs: number;
}

export class WriteJudge {
  readonly #in: WriteJudgeInput;
  /** By partition: the opened version row with the highest number, or -1. */
  readonly #highest: Int32Array;
  readonly #early: { readonly rule: RuleName; readonly row: number; readonly fact: Fact }[] = [];
  readonly #rivals: { readonly row: number; readonly holder: number }[] = [];

  constructor(input: WriteJudgeInput) {
    this.#in = input;
    this.#highest = new Int32Array(input.index.isKeyed.length).fill(-1);
  }

  /** Row i of the chunk must be an event of a version. */
  observe(chunk: EventChunk, i: number, seq: number): void {
    if (chunk.version[i] < 0) return;
    const { book } = this.#in;
    const step = stepOfEvent(chunk.kind[i], chunk.code[i]) as Step;
    const row = this.#in.index.canonical[chunk.version[i]];
    const from = book.status[row] as Status;
    this.#watchTime(row, chunk, i, seq);
    const to = nextStatus(from, step);
    if (to !== -1) {
      this.#accepted(row, step, chunk, i, seq);
      book.status[row] = to;
    } else if (from === Status.none) {
      book.status[row] = ADOPTED[step];
      if (step === Step.publish || step === Step.marker) this.#keepEarly(row, step, factOf(chunk, i, seq, row));
      book.note(row, step, chunk, i, seq);
    } else this.#refused(row, from, step, chunk, i, seq);
  }

  #accepted(row: number, step: Step, chunk: EventChunk, i: number, seq: number): void {
    if (step === Step.open) this.#openInOrder(row, chunk, i, seq);
    if (step === Step.marker) this.#markerOf(row, factOf(chunk, i, seq, row));
    if ((step === Step.marker || step === Step.publish) && !this.#in.book.finalized.has(row)) {
      this.#keepEarly(row, step, factOf(chunk, i, seq, row));
    }
    this.#in.book.note(row, step, chunk, i, seq);
  }

  #refused(row: number, from: Status, step: Step, chunk: EventChunk, i: number, seq: number): void {
    const { book } = this.#in;
    const fact = factOf(chunk, i, seq, row);
    if (step === Step.open) {
      if (book.opened.has(row)) return this.#openedTwice(row, fact);
      this.#openedLate(row, fact);
      book.note(row, step, chunk, i, seq);
    } else if (step === Step.publish || step === Step.marker) {
      this.#keepEarly(row, step, fact);
      book.note(row, step, chunk, i, seq);
    } else if (step === Step.finalize && isWhole(from)) {
      if (book.finalized.has(row)) this.#finalizedTwice(row, fact, chunk.value[i]);
      else book.note(row, step, chunk, i, seq);
    } else this.#lateWrite(row, from, step, chunk, i, seq);
  }

  #watchTime(row: number, chunk: EventChunk, i: number, seq: number): void {
    const { latest } = this.#in.book;
    const timeUs = chunk.timeUs[i];
    if (latest.timeUs[row] - timeUs > this.#in.toleranceUs) {
      this.#add('time-goes-forward', factOf(chunk, i, seq, row), latest.fact(row));
    } else if (!(timeUs < latest.timeUs[row]) && !Number.isNaN(timeUs)) latest.set(row, chunk, i, seq);
  }

  #openInOrder(row: number, chunk: EventChunk, i: number, seq: number): void {
    const { versions, index, book } = this.#in;
    const partition = index.partitionOf[row];
    if (index.isKeyed[partition] === 0 || versions.number[row] === 0) return;
    const highest = this.#highest[partition];
    if (highest < 0) {
      this.#highest[partition] = row;
      return;
    }
    const earlier = book.opened.fact(highest);
    const fact = factOf(chunk, i, seq, row);
    if (versions.number[highest] > versions.number[row]) {
      if (this.#isAfter(fact, earlier)) this.#add('versions-increase', fact, earlier);
      return;
    }
    if (isOpen(book.status[highest] as Status) && earlier.sure && fact.sure)
      this.#rivals.push({ row, holder: highest });
    this.#highest[partition] = row;
  }

  /** The same opening told twice is a repeat; told by another task run it is a number used twice. */
  #openedTwice(row: number, fact: Fact): void {
    const first = this.#in.book.opened.fact(row);
    if (fact.taskRun < 0 || fact.taskRun === first.taskRun) return;
    this.#add('versions-increase', fact, first);
  }

  /** An opening after other events of its version. */
  #openedLate(row: number, fact: Fact): void {
    const { latest, finalized, ended, alive } = this.#in.book;
    const first = [finalized, ended, alive].find((milestone) => milestone.has(row))?.fact(row) ?? latest.fact(row);
    if (this.#isAfter(fact, first)) this.#add('time-goes-forward', first, fact);
  }

  /** The same finalize told twice is a repeat; another row count is another finalize, a first one a part that came late. */
  #finalizedTwice(row: number, fact: Fact, rowCount: number): void {
    const { book } = this.#in;
    const known = book.rowCount[row];
    if (known === rowCount || (Number.isNaN(known) && Number.isNaN(rowCount))) return;
    const first = book.finalized.fact(row);
    if (!Number.isNaN(known)) return this.#add('finalize-once', fact, first, !Number.isNaN(rowCount));
    // That the first one had no row count is not recorded: it may only not have been told.
    if (this.#isAfter(fact, first)) this.#add('finalize-is-atomic', fact, first, false);
  }

  #lateWrite(row: number, from: Status, step: Step, chunk: EventChunk, i: number, seq: number): void {
    const { book } = this.#in;
    const fact = factOf(chunk, i, seq, row);
    const end = isWhole(from) ? (book.finalized.has(row) ? book.finalized : book.published) : book.ended;
    const second = end.fact(row);
    // Whether it may or not: it was finalized, and what was read after that is not judged as never whole.
    if (step === Step.finalize) book.note(row, step, chunk, i, seq);
    if (!this.#isAfter(fact, second)) return;
    const isUnchecked = step === Step.finalize && book.failedItsCheck(row);
    this.#add(isUnchecked ? 'checked-first' : brokenRule(from, step), fact, second);
  }

  /** A marker says that the files under it are whole: not those of a version opened since. */
  #markerOf(row: number, fact: Fact): void {
    const { versions, index, book } = this.#in;
    const highest = this.#highest[index.partitionOf[row]];
    if (highest < 0 || versions.number[highest] <= versions.number[row]) return;
    const opened = book.opened.fact(highest);
    if (this.#isAfter(fact, opened)) this.#add('marker-matches-version', fact, opened);
  }

  #keepEarly(row: number, step: Step, fact: Fact): void {
    this.#early.push({ rule: step === Step.publish ? 'publish-after-finalize' : 'marker-after-data', row, fact });
  }

  #isAfter(later: Fact, earlier: Fact): boolean {
    return later.timeUs - earlier.timeUs > this.#in.toleranceUs;
  }

  /** Proved when both events are sure; what was inferred cannot prove. */
  #add(rule: RuleName, first: Fact, second: Fact | null, isKnown = true): void {
    const proved = isKnown && first.sure && (second === null || second.sure);
    const reason = (): string => this.#in.sentences.write(rule, first, second, proved);
    this.#in.findings.add({ rule, grade: proved ? 'proved' : 'cannot tell', first, second, reason });
  }

  finish(): void {
    for (const { rule, row, fact } of this.#early) this.#judgeEarly(rule, row, fact);
    for (const { row, holder } of this.#rivals) this.#judgeRival(row, holder);
  }

  #judgeEarly(rule: RuleName, row: number, fact: Fact): void {
    const { finalized, ended, opened } = this.#in.book;
    if (finalized.has(row)) {
      const second = finalized.fact(row);
      if (this.#isAfter(second, fact)) this.#add(rule, fact, second);
    } else if (ended.has(row)) this.#add(rule, fact, ended.fact(row));
    else if (opened.has(row)) this.#add(rule, fact, null, opened.isSure[row] === 1);
  }

  /** Two writers at once: the earlier one was still heard of after the later one had opened. */
  #judgeRival(row: number, holder: number): void {
    const { book, versions } = this.#in;
    const sameOwner = versions.owner[row] === versions.owner[holder] && versions.owner[row] >= 0;
    if (sameOwner || !book.alive.has(holder)) return;
    const opened = book.opened.fact(row);
    const alive = book.alive.fact(holder);
    if (alive.sure && this.#isAfter(alive, opened)) this.#add('one-owner', opened, alive);
  }
}
