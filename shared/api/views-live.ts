// What is told of what arrives: the receiver and the live log.

/** The log that grows while events arrive. No import can have this name. */
export const LIVE_LOG = 'live';

export interface ReceiverView {
  readonly on: boolean;
  /** Where clients send to, `http://127.0.0.1:PORT`; null where nothing listens yet. */
  readonly url: string | null;
  /** The file that holds the bearer key; null before it was made. */
  readonly keyFile: string | null;
  /** Since this program opened the workspace. */
  readonly received: number;
  /** Of these, sent before: nothing was written. */
  readonly known: number;
  readonly refused: number;
  /** µs; NaN while nothing came. */
  readonly lastReceivedUs: number;
  readonly lastEventUs: number;
  /** The last durable record of the ledger. */
  readonly lastSeq: number;
  /** Why the last refused request was refused; "" when none was. */
  readonly lastRefusal: string;
  /** What the live log's events leave open: partitions without a key, runs without a start. */
  readonly remarks: readonly string[];
}

/** A log that grows has grown. Sent at most once a second a log. */
export interface LogChanged {
  readonly log: string;
  readonly received: number;
  readonly lastEventUs: number;
  readonly lastReceivedUs: number;
  readonly lastSeq: number;
}
