// `landfall order`: the finalize-ordering report of any log, observed or simulated.

import { Command, Option } from 'commander';
import { chooseLog } from './choose-log.ts';
import { withWorkspace } from './connection.ts';
import { formatOrdering } from './format-ordering.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { nextQuestion } from './next-question.ts';
import { jsonOption, logOption, wholeNumber } from './options.ts';

const EXAMPLE = `
Grades: PROVED (versions, row counts or recorded times show it), OVERLAP (a reader ran while a writer of the
same partition ran), CANNOT TELL (no partition key, no times). Stale reads, of a version of which a later one is whole by
now, are no faults: their readers are to run again.
Exit code 1 when something is proved; overlap and cannot tell alone are 0, unless --fail-on asks for more.

Example: landfall order .landfall/sample --log night-2025-12-24 --limit 5`;

const GRADES = ['proved', 'overlap', 'cannot-tell'] as const;
type Grade = (typeof GRADES)[number];

interface OrderOptions {
  readonly log?: string;
  readonly toleranceMs: number;
  readonly limit: number;
  readonly failOn: Grade;
  readonly json?: true;
}

export const orderCommand = (io: CliIo): Command =>
  new Command('order')
    .description('report who read a partition before it was finalized')
    .argument('<workspace>', 'the workspace folder')
    .addOption(logOption())
    .addOption(
      new Option('--tolerance-ms <n>', 'clock differences up to this are held against nobody')
        .argParser(wholeNumber(0, 86_400_000))
        .default(0),
    )
    .addOption(new Option('--limit <n>', 'findings to show').argParser(wholeNumber(0, 10_000)).default(10))
    .addOption(
      new Option('--fail-on <grade>', 'exit 1 on this grade and those before it').choices(GRADES).default('proved'),
    )
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((workspace: string, options: OrderOptions) => order(io, workspace, options));

async function order(io: CliIo, workspace: string, options: OrderOptions): Promise<void> {
  await withWorkspace(io, workspace, async (client) => {
    const { name } = await chooseLog(client, options.log);
    const { limit, toleranceMs } = options;
    const report = await client.call('log.ordering', { log: name, limit, toleranceMs });
    io.out(
      options.json
        ? jsonLine(report)
        : formatOrdering(report, io.style) + io.style.dim(nextQuestion(report, workspace)),
    );
    const counts = [report.proved, report.overlap, report.cannotTell];
    const asked = counts.slice(0, GRADES.indexOf(options.failOn) + 1);
    if (asked.some((count) => count > 0)) io.exitCode = ExitCode.findings;
  });
}
