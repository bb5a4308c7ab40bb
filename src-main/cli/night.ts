// `landfall night`: the last night in a few sentences, and the deliverables behind them.

import { Command } from 'commander';
import { defaultWorkspaceDir } from '../host/package-root.ts';
import { withWorkspace } from './connection.ts';
import { formatNight } from './format-night.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { lastNight } from './last-night.ts';
import { jsonOption, logOption } from './options.ts';

const EXAMPLE = `
usual: the median landing of the other observed nights of the workspace, on the clock of this one.
Exit code 1 when a deadline was missed or an early read is proved, 0 when not, 2 for bad input.

Examples:
  landfall night
  landfall night --workspace .landfall/mine --log monday --json`;

interface NightOptions {
  readonly workspace?: string;
  readonly log?: string;
  readonly json?: true;
}

export const nightCommand = (io: CliIo): Command =>
  new Command('night')
    .description('say what of a night was late, and what was read too early')
    .option('--workspace <dir>', 'the workspace folder (default: the sample company’s)')
    .addOption(logOption().default(undefined, 'the observed night that ended last'))
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((options: NightOptions) => night(io, options));

async function night(io: CliIo, { workspace, log, json }: NightOptions): Promise<void> {
  await withWorkspace(io, workspace ?? defaultWorkspaceDir(), async (client) => {
    const { name } = await lastNight(client, log);
    const view = await client.call('night.get', { log: name });
    io.out(json ? jsonLine(view) : formatNight(view, workspace ?? null, io.style));
    if (view.missed > 0 || view.proved > 0) io.exitCode = ExitCode.findings;
  });
}
