// The last durable records, for subscribers that keep up, so that a live stream reads no file. Bounded by records and
// by the text of events; whoever is further behind reads the ledger. With no subscriber nothing is kept: thousands of
// records that live for a second or two are what a garbage collection stops longest for.

import type { LedgerRecord } from '../../../shared/model/ledger.ts';

const RECORDS_KEPT = 8_192;
const TEXT_KEPT = 16 * 1024 * 1024;

interface Part {
  readonly records: readonly LedgerRecord[];
  readonly textLength: number;
}

export class Tail {
  #parts: Part[] = [];
  #followers = 0;
  #records = 0;
  #textLength = 0;
  #wake: () => void = () => {};
  #more: Promise<void>;

  constructor() {
    this.#more = this.#next();
  }

  /** Resolves when records are added after this call. */
  get more(): Promise<void> {
    return this.#more;
  }

  /** Records are kept from now on. Returns the way to leave, for once. */
  join(): () => void {
    this.#followers++;
    return () => {
      this.#followers--;
      if (this.#followers > 0) return;
      this.#parts = [];
      this.#records = 0;
      this.#textLength = 0;
    };
  }

  add(records: readonly LedgerRecord[]): void {
    if (this.#followers > 0) this.#keep(records);
    const wake = this.#wake;
    this.#more = this.#next();
    wake();
  }

  #keep(records: readonly LedgerRecord[]): void {
    const textLength = records.reduce((sum, record) => sum + (record.kind === 'observed' ? record.event.length : 0), 0);
    this.#parts.push({ records, textLength });
    this.#records += records.length;
    this.#textLength += textLength;
    while (this.#parts.length > 1 && (this.#records > RECORDS_KEPT || this.#textLength > TEXT_KEPT)) this.#drop();
  }

  /** Some records from this seq on, or null when the first of them is not here any more. */
  from(seq: number): readonly LedgerRecord[] | null {
    const first = this.#parts[0]?.records[0];
    if (first === undefined || seq < first.seq) return null;
    const part = this.#parts.find(({ records }) => (records.at(-1)?.seq ?? 0) >= seq);
    if (part === undefined) return null;
    return part.records.slice(seq - part.records[0].seq);
  }

  /** Wakes everybody, as nothing more will come. */
  end(): void {
    this.#wake();
  }

  #drop(): void {
    const part = this.#parts.shift();
    this.#records -= part?.records.length ?? 0;
    this.#textLength -= part?.textLength ?? 0;
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
