// What is said of one read, by how it was judged. Each sentence holds the fact, and where the grade is not PROVED the
// reason why not.

import { formatDuration, formatInstant, msBetween } from '../../base/time.ts';
import { EventKind } from '../../model/event.ts';
import type { Fact } from './findings.ts';
import type { Read } from './read-list.ts';
import { formatRows, type Sentences, verb } from './sentences.ts';
import type { VersionBook } from './version-book.ts';

export class ReadSentences {
  readonly #names: Sentences;
  readonly #book: VersionBook;

  constructor(names: Sentences, book: VersionBook) {
    this.#names = names;
    this.#book = book;
  }

  before(read: Read, row: number, finalized: Fact): string {
    const gap = formatDuration(msBetween(read.timeUs, finalized.timeUs));
    return `${this.#reader(read)} read ${this.#names.version(row)} ${gap} before it was finalized${this.#rows(read, row)}`;
  }

  endedBefore(read: Read, row: number, finalized: Fact, endUs: number): string {
    const gap = formatDuration(msBetween(endUs, finalized.timeUs));
    return `${this.#reader(read)} read ${this.#names.version(row)} and ended ${gap} before it was finalized${this.#rows(read, row)}`;
  }

  fewerRows(read: Read, row: number): string {
    return `${this.#reader(read)} started before ${this.#names.version(row)} was finalized and read less of it than there was in the end${this.#rows(read, row)}`;
  }

  rowsOnly(read: Read, row: number): string {
    return `${this.#reader(read)} read ${this.#names.partition(row)} while ${this.#writing(row)}, and met fewer rows than any whole version has${this.#rows(read, row)}`;
  }

  dead(read: Read, row: number): string {
    const { ended } = this.#book;
    const how = ended.kind[row] === EventKind.versionChecked ? 'failed its check' : verb(ended.kind[row]);
    const doubt = ended.isSure[row] === 1 ? '' : '; that it did is inferred';
    return `${this.#reader(read)} read ${this.#names.version(row)}, which ${how} and never was whole${doubt}`;
  }

  neverFinalized(read: Read, row: number): string {
    return `${this.#reader(read)} read ${this.#names.version(row)}, and no finalize of it is in this log`;
  }

  beforePublish(read: Read, row: number, published: Fact): string {
    const gap = formatDuration(msBetween(read.timeUs, published.timeUs));
    return `${this.#reader(read)} read ${this.#names.version(row)} ${gap} before it was published; when it was finalized is not in this log`;
  }

  namedOverlap(read: Read, row: number): string {
    const why =
      this.#book.finalized.isSure[row] === 1 ? 'when it read is inferred' : 'when that was finalized is inferred';
    return `${this.#reader(read)} ran before ${this.#names.version(row)}, which it read, was finalized; ${why}`;
  }

  overlap(read: Read, row: number): string {
    const which = read.isSubjectSure ? 'not recorded' : 'inferred';
    const when = read.isTimeSure ? 'read' : 'ran as a reader of';
    return `${this.#reader(read)} ${when} ${this.#names.partition(read.version)} while ${this.#writing(row)}; which version it read is ${which}, it may have waited or read an earlier one`;
  }

  noKey(read: Read, row: number): string {
    return `${this.#reader(read)} read ${this.#names.partition(read.version)} while ${this.#writing(row)}; without both partition keys nothing says that these are the same partition`;
  }

  noOpen(read: Read, row: number): string {
    const end = formatInstant(this.#book.finalized.timeUs[row]);
    return `${this.#reader(read)} read ${this.#names.partition(read.version)} before ${this.#names.version(row)} was whole (${end}); when its writing began is not in this log`;
  }

  noTime(read: Read): string {
    return `${this.#reader(read)} read ${this.#names.partition(read.version)}; the times that would order it are unknown`;
  }

  nameless(read: Read): string {
    return `${this.#reader(read)} read something that this log does not name`;
  }

  #reader(read: Read): string {
    return this.#names.reader(read.taskRun);
  }

  #writing(row: number): string {
    return `${this.#names.writer(row)} was writing ${this.#names.version(row)}`;
  }

  #rows(read: Read, row: number): string {
    const whole = this.#book.rowCount[row];
    if (Number.isNaN(read.rows) || Number.isNaN(whole)) return '';
    return ` (${formatRows(read.rows)} of ${formatRows(whole)} rows)`;
  }
}
