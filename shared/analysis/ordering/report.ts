// What the checker of finalize ordering answers: per rule and grade how many, and the first offenders with the two
// events that show each (LEDGER's rules, MODEL's grades). Never a bare count of violations.

/** How sure a finding is. Only `proved` makes an exit code by default. */
export type Grade = 'proved' | 'overlap' | 'cannot tell';

export interface EventRef {
  readonly seq: number;
  readonly timeUs: number;
  readonly kind: string;
  /** The task run or version that the event is of, as people name it. */
  readonly subject: string;
  readonly taskRun: number;
  readonly version: number;
}

export interface Finding {
  /** A rule's name in shared/lifecycle: `no-read-before-finalize`, … */
  readonly rule: string;
  readonly grade: Grade;
  /** One sentence: who did what to which partition, and why the grade is not higher. */
  readonly reason: string;
  /** What broke the rule, and what shows it; null where the second event never came. */
  readonly first: EventRef;
  readonly second: EventRef | null;
}

/** A run that read a version of which a later one is whole by now (`lineage-is-current`): to be run again, not a fault. */
export interface StaleFinding {
  readonly reason: string;
  /** The first read of that version, and the finalize of the later one. */
  readonly first: EventRef;
  readonly second: EventRef;
}

export interface RuleCount {
  readonly rule: string;
  readonly proved: number;
  readonly overlap: number;
  readonly cannotTell: number;
  /** Only of `lineage-is-current`: reads to be made again. They are no faults, so they have no grade and no total. */
  readonly stale?: number;
}

export interface OrderingReport {
  readonly log: string;
  /** Clock differences up to this are not held against anyone. */
  readonly toleranceMs: number;
  readonly reads: number;
  readonly versions: number;
  readonly proved: number;
  readonly overlap: number;
  readonly cannotTell: number;
  /** Every rule, in the order of LEDGER. */
  readonly rules: readonly RuleCount[];
  /** Proved first, then by time; at most the asked number. */
  readonly findings: readonly Finding[];
  /** Stale reads, counted apart: they are no early reads. One example a version, at most the asked number. */
  readonly stale: { readonly reads: number; readonly examples: readonly StaleFinding[] };
  /** What to collect so that more can be told; empty when nothing is unknown. */
  readonly advice: readonly string[];
}
