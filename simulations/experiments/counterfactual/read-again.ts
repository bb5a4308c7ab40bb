// What a reader that waits for nothing sees of a partition at another time than it was recorded: the version that is
// whole, else the one that is being written and how much of it, else what was there before, which nobody numbered.
// A writer is taken to write evenly from open to the end of its attempt (the check, or the finalize).

import { EventKind, Evidence, packEvidence } from '../../../shared/model/event.ts';
import type { EventInput } from '../../../shared/model/event-writer.ts';
import type { Log, VersionTable } from '../../../shared/model/log.ts';

interface Writing {
  openedUs: number;
  /** Check, else finalize. */
  writtenUs: number;
  finalizedUs: number;
  rows: number;
}

export interface Seen {
  readonly version: number;
  readonly value: number;
  readonly evidence: number;
}

export class ReadAgain {
  readonly #writings = new Map<number, Writing>();
  /** Versions by dataset and key. */
  readonly #ofPartition = new Map<string, number[]>();
  readonly #dataset: number[];
  readonly #key: number[];
  readonly #number: number[];
  readonly #owner: number[];
  /** By dataset and key: the version of unknown number that stands for what was there before. */
  readonly #before = new Map<string, number>();

  constructor(log: Log) {
    this.#dataset = [...log.versions.dataset];
    this.#key = [...log.versions.partitionKey];
    this.#number = [...log.versions.number];
    this.#owner = [...log.versions.owner];
    for (let version = 0; version < this.#dataset.length; version++) this.#addTo(this.#partitionOf(version), version);
  }

  /** Steps of versions, at their new times. */
  observe({ version, kind, timeUs, value }: Required<EventInput>): void {
    const writing = this.#writings.get(version) ?? {
      openedUs: Number.NaN,
      writtenUs: Number.NaN,
      finalizedUs: Number.NaN,
      rows: Number.NaN,
    };
    this.#writings.set(version, writing);
    if (kind === EventKind.versionOpened) writing.openedUs = timeUs;
    else if (kind === EventKind.versionChecked) writing.writtenUs = timeUs;
    else if (kind === EventKind.versionFinalized) writing.finalizedUs = timeUs;
    if (!Number.isNaN(value) && (kind === EventKind.versionChecked || kind === EventKind.versionFinalized))
      writing.rows = value;
  }

  /**
   * Null when nothing can be said of what is seen: the read names no partition, or nobody in the log writes it. `rows`: as
   * recorded; NaN stays unknown.
   */
  at(version: number, timeUs: number, rows: number): Seen | null {
    if (this.#key[version] < 0) return null;
    const partition = this.#partitionOf(version);
    const written = (this.#ofPartition.get(partition) ?? []).filter((one) => this.#writings.has(one));
    if (written.length === 0) return null;
    const namesVersion = this.#number[version] > 0;
    const whole = this.#last(written, timeUs, ({ finalizedUs }) => finalizedUs);
    const seen = whole >= 0 ? whole : this.#last(written, timeUs, ({ openedUs }) => openedUs);
    if (seen < 0) return namesVersion ? this.#seenBefore(partition, version) : null;
    const { rows: wholeRows } = this.#writing(seen);
    const share = whole >= 0 ? 1 : this.#shareAt(seen, timeUs);
    return {
      version: namesVersion ? seen : version,
      value: Number.isNaN(rows) && Number.isNaN(wholeRows) ? Number.NaN : Math.floor(wholeRows * share),
      evidence: packEvidence(Evidence.recorded),
    };
  }

  versions(): VersionTable {
    return {
      dataset: Int32Array.from(this.#dataset),
      partitionKey: Int32Array.from(this.#key),
      number: Int32Array.from(this.#number),
      owner: Int32Array.from(this.#owner),
    };
  }

  #last(versions: readonly number[], timeUs: number, stepUs: (writing: Writing) => number): number {
    let last = -1;
    let lastUs = Number.NEGATIVE_INFINITY;
    for (const version of versions) {
      const us = stepUs(this.#writing(version));
      if (us > timeUs || !(us >= lastUs)) continue;
      last = version;
      lastUs = us;
    }
    return last;
  }

  #shareAt(version: number, timeUs: number): number {
    const { openedUs, writtenUs, finalizedUs } = this.#writing(version);
    const doneUs = Number.isNaN(writtenUs) ? finalizedUs : writtenUs;
    return Math.min(1, (timeUs - openedUs) / (doneUs - openedUs));
  }

  #seenBefore(partition: string, like: number): Seen {
    const known = this.#before.get(partition);
    const version = known ?? this.#dataset.length;
    if (known === undefined) {
      this.#dataset.push(this.#dataset[like]);
      this.#key.push(this.#key[like]);
      this.#number.push(0);
      this.#owner.push(-1);
      this.#before.set(partition, version);
    }
    return { version, value: Number.NaN, evidence: packEvidence(Evidence.recorded) };
  }

  #writing(version: number): Writing {
    const writing = this.#writings.get(version);
    if (writing === undefined) throw new Error(`version row ${version} was not observed`);
    return writing;
  }

  #partitionOf(version: number): string {
    return `${this.#dataset[version]} ${this.#key[version]}`;
  }

  #addTo(partition: string, version: number): void {
    const versions = this.#ofPartition.get(partition);
    if (versions === undefined) this.#ofPartition.set(partition, [version]);
    else versions.push(version);
    if (this.#number[version] === 0 && this.#owner[version] < 0 && !this.#before.has(partition))
      this.#before.set(partition, version);
  }
}
