// Collects located problems: all are counted, the first LIMITS.problems are kept, so a hostile file cannot fill memory
// with complaints about itself.

import { LIMITS } from '../../shared/base/limits.ts';
import type { Problem } from '../../shared/base/problem.ts';

export interface ProblemCounts {
  /** At most LIMITS.problems; the counts cover all of them. */
  readonly problems: readonly Problem[];
  readonly problemCount: number;
  readonly errorCount: number;
}

export class ProblemList implements ProblemCounts {
  readonly problems: Problem[] = [];
  problemCount = 0;
  errorCount = 0;

  error(file: string, line: number | null, reason: string): void {
    this.add({ severity: 'error', file, line, reason });
  }

  warning(file: string, line: number | null, reason: string): void {
    this.add({ severity: 'warning', file, line, reason });
  }

  add(problem: Problem): void {
    this.problemCount++;
    if (problem.severity === 'error') this.errorCount++;
    if (this.problems.length < LIMITS.problems) this.problems.push(problem);
  }

  /** Takes over what another list kept and counted. */
  addAll(other: ProblemCounts): void {
    this.problems.push(...other.problems.slice(0, LIMITS.problems - this.problems.length));
    this.problemCount += other.problemCount;
    this.errorCount += other.errorCount;
  }
}
