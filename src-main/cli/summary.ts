// `landfall summary`: the verdict on one log, as the first start prints it.

import { Command } from 'commander';
import { chooseLog } from './choose-log.ts';
import { withWorkspace } from './connection.ts';
import { formatVerdict } from './format-verdict.ts';
import type { CliIo } from './io.ts';
import { jsonLine } from './json.ts';
import { jsonOption, logOption } from './options.ts';

interface SummaryOptions {
  readonly log?: string;
  readonly json?: true;
}

export const summaryCommand = (io: CliIo): Command =>
  new Command('summary')
    .alias('verdict')
    .description('start latency against its targets, deadlines met, early reads')
    .argument('<workspace>', 'the workspace folder')
    .addOption(logOption())
    .addOption(jsonOption())
    .addHelpText('after', '\nExample: landfall summary .landfall/sample --log night-2025-12-24')
    .action((workspace: string, options: SummaryOptions) => summary(io, workspace, options));

async function summary(io: CliIo, workspace: string, options: SummaryOptions): Promise<void> {
  await withWorkspace(io, workspace, async (client) => {
    const { name } = await chooseLog(client, options.log);
    const answer = await client.call('log.summary', { log: name });
    io.out(options.json ? jsonLine(answer) : formatVerdict(answer, io.style));
  });
}
