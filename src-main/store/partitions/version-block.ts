// The state of a fixed number of versions as columns over one piece of memory: a block is written to a snapshot as it
// is. Every column is 8 or 4 bytes wide; the widest come first, so all are aligned. 52 bytes a version.

export const BLOCK_ROWS = 16_384;

const WIDE_COLUMNS = 2;
const NARROW_COLUMNS = 9;
export const BLOCK_BYTES = BLOCK_ROWS * (WIDE_COLUMNS * 8 + NARROW_COLUMNS * 4);

export class VersionBlock {
  readonly memory: ArrayBuffer;
  /** The time of the version's latest event, µs. */
  readonly lastUs: Float64Array;
  /** The seq of the record that ended it: finalized, failed, expired, superseded. 0 while it is open. */
  readonly endSeq: Float64Array;
  readonly number: Uint32Array;
  /** Status in the low 4 bits, attempt above. */
  readonly state: Uint32Array;
  /** A hash of the run's name: tells runs apart after the name was let go. */
  readonly runHash: Uint32Array;
  /** The 64 bits of the finalize's payload hash. */
  readonly payloadHigh: Uint32Array;
  readonly payloadLow: Uint32Array;
  /** Seq of the published record after that of the finalized one; 0 when not published. */
  readonly publishDelta: Uint32Array;
  /** The row of the version before this one in the table of earlier versions, or -1. */
  readonly earlier: Int32Array;
  /** Of a partition's latest version: dataset and key. Of an earlier one: see EarlierVersions. */
  readonly first: Uint32Array;
  readonly second: Uint32Array;

  constructor(memory: ArrayBuffer = new ArrayBuffer(BLOCK_BYTES)) {
    this.memory = memory;
    const wide = (column: number): Float64Array => new Float64Array(memory, column * BLOCK_ROWS * 8, BLOCK_ROWS);
    const narrowAt = (column: number): number => BLOCK_ROWS * (WIDE_COLUMNS * 8 + column * 4);
    const narrow = (column: number): Uint32Array => new Uint32Array(memory, narrowAt(column), BLOCK_ROWS);
    this.lastUs = wide(0);
    this.endSeq = wide(1);
    this.number = narrow(0);
    this.state = narrow(1);
    this.runHash = narrow(2);
    this.payloadHigh = narrow(3);
    this.payloadLow = narrow(4);
    this.publishDelta = narrow(5);
    this.earlier = new Int32Array(memory, narrowAt(6), BLOCK_ROWS);
    this.first = narrow(7);
    this.second = narrow(8);
  }
}

/** Copies the state of a version; not `first` and `second`, which belong to its place. */
export function copyVersion(from: VersionBlock, i: number, to: VersionBlock, j: number): void {
  to.lastUs[j] = from.lastUs[i];
  to.endSeq[j] = from.endSeq[i];
  to.number[j] = from.number[i];
  to.state[j] = from.state[i];
  to.runHash[j] = from.runHash[i];
  to.payloadHigh[j] = from.payloadHigh[i];
  to.payloadLow[j] = from.payloadLow[i];
  to.publishDelta[j] = from.publishDelta[i];
  to.earlier[j] = from.earlier[i];
}
