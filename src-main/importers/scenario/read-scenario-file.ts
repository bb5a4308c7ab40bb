// Reads a scenario file: YAML text (JSON is YAML too) to a checked scenario, or every reason why not, as
// `file:line: reason`. Never throws on bad input.

import type { Problem } from '../../../shared/base/problem.ts';
import { ok, type Result } from '../../../shared/base/result.ts';
import { readScenario } from '../../../shared/scenario/read-scenario.ts';
import type { Scenario, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import { withRegularFile } from '../files/open-regular.ts';
import { binaryReason } from '../files/wrong-format.ts';
import { type ProblemCounts, ProblemList } from '../problem-list.ts';
import { printable } from '../text/quote.ts';
import { readJsonDocument } from './json-document.ts';
import { readYaml, type YamlDocument } from './yaml-document.ts';

export interface ScenarioFile extends ProblemCounts {
  /** Null when a problem is an error. */
  readonly scenario: Scenario | null;
  /** A problem found later (in the run plan, after a base was loaded), with its place in the file. */
  locate(problem: ScenarioProblem): Problem;
}

const SIZE_BYTES_MAX = 16 * 1024 * 1024;

/** Changes the document before it is read, or says why it cannot. */
export type DocumentChange = (document: unknown) => Result<unknown, string>;

export async function readScenarioFile(path: string, change: DocumentChange = ok): Promise<ScenarioFile> {
  const read = await withRegularFile(path, async (file, sizeBytes) =>
    sizeBytes > SIZE_BYTES_MAX ? null : await file.readFile(),
  );
  if (!read.ok) return refused(path, read.error);
  if (read.value === null)
    return refused(path, `more than ${SIZE_BYTES_MAX / 1024 / 1024} MiB: too large for a scenario`);
  const binary = binaryReason(read.value);
  if (binary !== null) return refused(path, binary.replace(/: wanted are .*/, ': a scenario is YAML text'));
  return readScenarioText(read.value.toString(), path, change);
}

/** `file` is the name that problems carry. */
export function readScenarioText(text: string, file: string, change: DocumentChange = ok): ScenarioFile {
  const plain = text.replace(/^\ufeff/, '');
  const yaml = readJsonDocument(plain) ?? readYaml(plain);
  const problems = new ProblemList();
  for (const { line, reason } of yaml.problems) problems.error(file, line, printable(reason));
  const locate = locator(file, yaml);
  if (problems.errorCount > 0) return { scenario: null, ...counts(problems), locate };
  const changed = change(yaml.value);
  if (!changed.ok) {
    problems.error(file, null, printable(changed.error));
    return { scenario: null, ...counts(problems), locate };
  }
  const reading = readScenario(changed.value);
  for (const problem of inFileOrder(reading.problems.map(locate))) problems.add(problem);
  return { scenario: reading.scenario, ...counts(problems), locate };
}

const locator =
  (file: string, yaml: YamlDocument) =>
  ({ path, atKey, reason, severity }: ScenarioProblem): Problem => {
    const where = path
      .map((step) => (typeof step === 'string' ? `.${step}` : `[${step}]`))
      .join('')
      .slice(1);
    return {
      severity,
      file,
      line: yaml.lineOf(path, atKey),
      reason: printable(where === '' ? reason : `${where}: ${reason}`),
    };
  };

function inFileOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
}

function refused(path: string, reason: string): ScenarioFile {
  const problems = new ProblemList();
  problems.error(path, null, reason);
  const locate = ({ severity, reason: other }: ScenarioProblem): Problem => ({
    severity,
    file: path,
    line: null,
    reason: other,
  });
  return { scenario: null, ...counts(problems), locate };
}

const counts = ({ problems, problemCount, errorCount }: ProblemList): ProblemCounts => ({
  problems,
  problemCount,
  errorCount,
});
