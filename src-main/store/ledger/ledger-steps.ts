// The moments between which a crash leaves something different on the disk. A test of failure is called at each.

export type LedgerStep =
  /** A draft has joined the open batch. */
  | 'append'
  /** A batch is written and not yet synced. */
  | 'write'
  | 'sync'
  /** The mark says that a batch is durable; nobody was answered yet. */
  | 'mark'
  /** A segment has its footer. */
  | 'seal'
  /** A new segment is in place. */
  | 'rotate'
  /** A torn tail was copied away, or cut off. */
  | 'tail-copied'
  | 'truncate'
  /** A snapshot is whole under its first name, or under its own. */
  | 'snapshot-written'
  | 'snapshot';

export type OnLedgerStep = (step: LedgerStep) => void;
