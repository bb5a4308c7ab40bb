// Home as data: what the last night was, in sentences and the figures behind them. The outlook of tonight is not here:
// it is a fit (views-fit.ts).

import type { LogView } from './views.ts';

export interface NightView {
  readonly log: LogView;
  /** `date=2025-12-24`: the logical key that most of its runs have; "" when none has one. */
  readonly night: string;
  readonly zone: string;
  /** Late first (latest first), then unknown, then the ones that made it by the smallest margin. At most DELIVERABLES_MAX. */
  readonly deliverables: readonly NightDeliverable[];
  readonly total: number;
  readonly met: number;
  readonly missed: number;
  readonly unknown: number;
  /** Proved ones only, by time; at most NIGHT_EARLY_READS_MAX. */
  readonly earlyReads: readonly NightEarlyRead[];
  readonly proved: number;
  readonly overlap: number;
  readonly cannotTell: number;
  /** The same as whole sentences, in the order of Home. */
  readonly sentences: readonly string[];
}

/** As many as Home has rows. */
export const DELIVERABLES_MAX = 60;
export const NIGHT_EARLY_READS_MAX = 20;

/** Something with a deadline. */
export interface NightDeliverable {
  readonly taskRun: number;
  readonly label: string;
  /** "" when it writes nothing that the log knows. */
  readonly dataset: string;
  readonly partition: string;
  /** What to ask Why about: the dataset, else the label; with `@` and the partition where the name means another night. */
  readonly subject: string;
  readonly owner: string;
  readonly dueUs: number;
  readonly landedUs: number;
  readonly lateMs: number;
  readonly verdict: 'met' | 'missed' | 'unknown';
  /** Median landing of the other nights as an instant of this one; NaN without history. */
  readonly usualUs: number;
  readonly usualNights: number;
}

export interface NightEarlyRead {
  readonly reader: number;
  readonly readerLabel: string;
  /** It ended well: green, and worse than red. */
  readonly succeeded: boolean;
  readonly dataset: string;
  readonly partition: string;
  readonly readUs: number;
  /** When what it read was whole. */
  readonly wholeUs: number;
  /** NaN when the log does not say. */
  readonly rowsRead: number;
  readonly rowsWhole: number;
  /** Rows of the log's events that prove it: the read, and what shows that it was too early; -1 when that never came. */
  readonly readSeq: number;
  readonly proofSeq: number;
}
