// What `landfall repair` did: which records are lost, which are there, and where the damaged parts are kept.

/** Both ends are in it. */
export interface SeqRange {
  readonly firstSeq: number;
  readonly lastSeq: number;
}

export interface RepairedPart {
  readonly file: string;
  readonly reason: string;
  /** The folder in quarantine that keeps it as it was, or "" where nothing was left to keep. */
  readonly keptIn: string;
}

export interface LedgerRepair {
  /** Whether anything had to be done. */
  readonly repaired: boolean;
  /** Records that can be read, and the last seq that was ever given out. */
  readonly records: number;
  readonly lastSeq: number;
  /** Lost for good, by this repair or one before it. */
  readonly lost: readonly SeqRange[];
  readonly parts: readonly RepairedPart[];
}
