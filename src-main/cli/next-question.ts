// Where an early read leads on: to what a declared dependency would have done, as a command to type.

import type { OrderingReport } from '../../shared/analysis/ordering/report.ts';
import type { RuleName } from '../../shared/lifecycle/rules.ts';
import { shellWord } from './shell-word.ts';

const EARLY_READ: RuleName = 'no-read-before-finalize';

/** The first proved early read of the report as a `landfall why`; "" when there is none. */
export function nextQuestion({ findings, log }: OrderingReport, workspace: string): string {
  const proved = findings.find(({ rule, grade }) => rule === EARLY_READ && grade === 'proved');
  if (proved === undefined) return '';
  const { first, second } = proved;
  const [read, written] = first.kind === 'read' ? [first, second] : [second, first];
  const dataset = written?.subject.split('[')[0];
  if (read === null || dataset === undefined || dataset === '') return '';
  const command = `landfall why ${shellWord(read.subject)} --workspace ${shellWord(workspace)} --log ${shellWord(log)} --wait-for ${shellWord(dataset)}`;
  return `\nHad it waited?  ${command}\n`;
}
