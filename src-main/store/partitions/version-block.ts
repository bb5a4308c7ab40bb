// The state of a fixed number of versions over one piece of memory: a block is written to a snapshot as it is. What a
// dependency check reads of a version lies together, four words in one line of the processor's cache; the rest are
// columns. Every column is 8 or 4 bytes wide; the widest come first, so all are aligned. 52 bytes a version.

export const BLOCK_ROWS = 16_384;

const WIDE_COLUMNS = 2;
const NARROW_COLUMNS = 5;
/** Words of a version in `hot`: first, second, state, number. */
export const HOT_WORDS = 4;
export const FIRST = 0;
export const SECOND = 1;
/** Status in the low 4 bits, attempt above. */
export const STATE = 2;
export const NUMBER = 3;
const HOT_FROM = BLOCK_ROWS * WIDE_COLUMNS * 8;
const NARROW_FROM = HOT_FROM + BLOCK_ROWS * HOT_WORDS * 4;
export const BLOCK_BYTES = NARROW_FROM + BLOCK_ROWS * NARROW_COLUMNS * 4;

export class VersionBlock {
  readonly memory: ArrayBuffer;
  /** The time of the version's latest event, µs. */
  readonly lastUs: Float64Array;
  /** The seq of the record that ended it: finalized, failed, expired, superseded. 0 while it is open. */
  readonly endSeq: Float64Array;
  /** HOT_WORDS a version. First and second: of a partition's latest version, dataset and key; of an earlier one, the
   * newest whole and the newest published version up to it. */
  readonly hot: Uint32Array;
  /** A hash of the run's name: tells runs apart after the name was let go. */
  readonly runHash: Uint32Array;
  /** The 64 bits of the finalize's payload hash. */
  readonly payloadHigh: Uint32Array;
  readonly payloadLow: Uint32Array;
  /** Seq of the published record after that of the finalized one; 0 when not published. */
  readonly publishDelta: Uint32Array;
  /** The row of the version before this one in the table of earlier versions, or -1. */
  readonly earlier: Int32Array;

  constructor(memory: ArrayBuffer = new ArrayBuffer(BLOCK_BYTES)) {
    this.memory = memory;
    const wide = (column: number): Float64Array => new Float64Array(memory, column * BLOCK_ROWS * 8, BLOCK_ROWS);
    const narrowAt = (column: number): number => NARROW_FROM + BLOCK_ROWS * column * 4;
    const narrow = (column: number): Uint32Array => new Uint32Array(memory, narrowAt(column), BLOCK_ROWS);
    this.lastUs = wide(0);
    this.endSeq = wide(1);
    this.hot = new Uint32Array(memory, HOT_FROM, BLOCK_ROWS * HOT_WORDS);
    this.runHash = narrow(0);
    this.payloadHigh = narrow(1);
    this.payloadLow = narrow(2);
    this.publishDelta = narrow(3);
    this.earlier = new Int32Array(memory, narrowAt(4), BLOCK_ROWS);
  }

  /** One of the words that lie together. */
  get(i: number, word: number): number {
    return this.hot[i * HOT_WORDS + word];
  }

  set(i: number, word: number, value: number): void {
    this.hot[i * HOT_WORDS + word] = value;
  }
}

/** Copies the state of a version; not `first` and `second`, which belong to its place. */
export function copyVersion(from: VersionBlock, i: number, to: VersionBlock, j: number): void {
  to.lastUs[j] = from.lastUs[i];
  to.endSeq[j] = from.endSeq[i];
  to.set(j, NUMBER, from.get(i, NUMBER));
  to.set(j, STATE, from.get(i, STATE));
  to.runHash[j] = from.runHash[i];
  to.payloadHigh[j] = from.payloadHigh[i];
  to.payloadLow[j] = from.payloadLow[i];
  to.publishDelta[j] = from.publishDelta[i];
  to.earlier[j] = from.earlier[i];
}
