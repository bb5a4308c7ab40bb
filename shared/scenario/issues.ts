// Turns what the schema refused into problems with one place and one sentence each. Of a union's branches the one that
// the author meant speaks: the one whose kind of value was written.

import type * as z from 'zod';
import type { ScenarioProblem } from './scenario.ts';

type Issue = z.core.$ZodIssue;
type Path = readonly (string | number)[];

export function problemsOf(issues: readonly Issue[]): ScenarioProblem[] {
  return listed(issues, []);
}

/** Where a key is unknown, what is missing because of that is not told as well. */
function listed(issues: readonly Issue[], prefix: Path): ScenarioProblem[] {
  const strange = new Set(issues.flatMap(({ code, path }) => (code === 'unrecognized_keys' ? [path.join('\n')] : [])));
  return issues
    .filter(({ code, path }) => code !== 'custom' || !strange.has(path.join('\n')))
    .flatMap((issue) => problems(issue, prefix));
}

function problems(issue: Issue, prefix: Path): ScenarioProblem[] {
  const path = [...prefix, ...(issue.path as Path)];
  if (isMissing(issue)) return [problem(path.slice(0, -1), `"${String(path.at(-1))}" is missing`)];
  switch (issue.code) {
    case 'invalid_union':
      return unionProblems(issue, path);
    case 'unrecognized_keys':
      return keyProblems(issue, path);
    case 'invalid_key':
      return issue.issues.map(({ message }) => ({ ...problem(path, message), atKey: true }));
    default:
      return [problem(path, issue.message)];
  }
}

/** Asked for with reportInput: a key that is there has an input. */
const isMissing = (issue: Issue): boolean =>
  issue.input === undefined &&
  issue.path.length > 0 &&
  (issue.code === 'invalid_type' || issue.code === 'invalid_union');

function unionProblems(issue: z.core.$ZodIssueInvalidUnion, path: Path): ScenarioProblem[] {
  const ofThisKind = issue.errors.filter((branch) => !branch.some(isOtherKind));
  if (ofThisKind.length > 0)
    return mostLikely(
      ofThisKind.map((branch) => listed(branch, path)),
      path.length,
    );
  const unitless = issue.errors.flat().find(({ message }) => UNITLESS.test(message));
  return [problem(path, unitless?.message ?? issue.message)];
}

/** More than all keys further in together: a branch that knows the outer keys is the one that was meant. */
const OUTER = 1_000;

/**
 * The branch with the fewest strange keys, first of the union's own (`depth` names lead to them), then of those further
 * in; one that resembles a known key is half strange; of equals the last.
 */
function mostLikely(branches: readonly (readonly ScenarioProblem[])[], depth: number): ScenarioProblem[] {
  const weight = ({ atKey, reason, path }: ScenarioProblem): number =>
    atKey ? (reason.includes('did you mean') ? 1 : 2) * (path.length === depth + 1 ? OUTER : 1) : 0;
  const strangeness = (problems: readonly ScenarioProblem[]): number =>
    problems.reduce((sum, problem) => sum + weight(problem), 0);
  return [...branches.reduce((best, next) => (strangeness(next) <= strangeness(best) ? next : best))];
}

/** The value is of another kind than this branch wants. */
const isOtherKind = (issue: Issue): boolean =>
  issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');

/** A number where its unit is missing: that says more than a list of what would have been right. */
const UNITLESS = /^-?[\d.]+ (has no unit|is no )/;

/** The schema writes one line a key, in the order of the keys. */
function keyProblems(issue: z.core.$ZodIssueUnrecognizedKeys, path: Path): ScenarioProblem[] {
  const reasons = issue.message.split('\n');
  return issue.keys.map((key, i) => ({ ...problem([...path, key], reasons[i] ?? issue.message), atKey: true }));
}

const problem = (path: Path, reason: string): ScenarioProblem => ({ severity: 'error', path, atKey: false, reason });
