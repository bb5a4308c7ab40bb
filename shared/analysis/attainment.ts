// Deadlines of one log: met, missed or unknown, as counts. One night proves no 99.5 % (ARCHITECTURE, deadline).

export interface DeadlineRow {
  readonly taskRun: number;
  readonly label: string;
  readonly pipeline: number;
  readonly owner: string;
  readonly dueUs: number;
  /** NaN when it is not known to have landed. */
  readonly landedUs: number;
  /** Landed - due; negative when early; NaN when unknown. */
  readonly lateMs: number;
  readonly verdict: 'met' | 'missed' | 'unknown';
}

export interface AttainmentReport {
  readonly total: number;
  readonly met: number;
  readonly missed: number;
  readonly unknown: number;
  /** Missed first, latest first; then unknown; then met by smallest margin. All of them. */
  readonly rows: readonly DeadlineRow[];
}
