// Collects what the checker finds: exact counts of every rule and grade, and only the first findings in full, so that
// memory follows the limit and not the number of offenders.

import type { RuleName } from '../../lifecycle/rules.ts';
import type { Finding, Grade, RuleCount } from './report.ts';

/** One event of a log, as far as a finding needs it. */
export interface Fact {
  readonly seq: number;
  /** NaN when unknown. */
  readonly timeUs: number;
  readonly kind: number;
  readonly taskRun: number;
  readonly version: number;
  /** Its time and what it is about were recorded: only such events prove anything. */
  readonly sure: boolean;
}

export interface Draft {
  readonly rule: RuleName;
  readonly grade: Grade;
  readonly first: Fact;
  readonly second: Fact | null;
  /** Made only for findings that are shown. */
  readonly reason: () => string;
}

const GRADE_ORDER: Record<Grade, number> = { proved: 0, overlap: 1, 'cannot tell': 2 };

export class Findings {
  readonly #limit: number;
  readonly #counts = new Map<RuleName, Record<Grade, number>>();
  #drafts: Draft[] = [];

  /** Keeps at most `limit` findings; counts all. */
  constructor(limit: number) {
    this.#limit = Math.max(0, limit);
  }

  add(draft: Draft): void {
    const counts = this.#counts.get(draft.rule) ?? { proved: 0, overlap: 0, 'cannot tell': 0 };
    counts[draft.grade]++;
    this.#counts.set(draft.rule, counts);
    this.#drafts.push(draft);
    if (this.#drafts.length > 2 * this.#limit + 64) this.#cut();
  }

  countOf(rule: RuleName): RuleCount {
    const counts = this.#counts.get(rule);
    return {
      rule,
      proved: counts?.proved ?? 0,
      overlap: counts?.overlap ?? 0,
      cannotTell: counts?.['cannot tell'] ?? 0,
    };
  }

  /** Proved first, then overlap, then cannot tell; by time inside a grade. */
  top(present: (draft: Draft) => Finding): Finding[] {
    this.#cut();
    return this.#drafts.map(present);
  }

  #cut(): void {
    this.#drafts.sort(byGradeAndTime);
    this.#drafts = this.#drafts.slice(0, this.#limit);
  }
}

function byGradeAndTime(a: Draft, b: Draft): number {
  const time = (draft: Draft): number => (Number.isNaN(draft.first.timeUs) ? Number.MAX_VALUE : draft.first.timeUs);
  return GRADE_ORDER[a.grade] - GRADE_ORDER[b.grade] || time(a) - time(b) || a.first.seq - b.first.seq;
}
