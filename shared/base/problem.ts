// A located problem: what is wrong, where, and what to do. Importers and scenario readers return lists of these and
// never throw on bad input.

export interface Problem {
  /** `error`: something was not read. `warning`: it was read, and a reader should know. */
  readonly severity: 'error' | 'warning';
  readonly file: string;
  /** 1-based line, or null when the problem is of the whole file. */
  readonly line: number | null;
  readonly reason: string;
}

/** `file:line: reason`, the form that editors and terminals make clickable. */
export const formatProblem = (p: Problem): string =>
  p.line === null ? `${p.file}: ${p.reason}` : `${p.file}:${p.line}: ${p.reason}`;
