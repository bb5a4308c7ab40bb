// `landfall logs`: what a workspace holds.

import { Command } from 'commander';
import { withWorkspace } from './connection.ts';
import { formatLogs } from './format-import.ts';
import type { CliIo } from './io.ts';
import { jsonLine } from './json.ts';
import { jsonOption } from './options.ts';

export const logsCommand = (io: CliIo): Command =>
  new Command('logs')
    .description('list the logs of a workspace')
    .argument('<workspace>', 'the workspace folder')
    .addOption(jsonOption())
    .addHelpText('after', '\nExample: landfall logs .landfall/sample')
    .action((workspace: string, options: { json?: true }) => logs(io, workspace, options.json === true));

async function logs(io: CliIo, workspace: string, json: boolean): Promise<void> {
  await withWorkspace(io, workspace, async (client) => {
    const views = await client.call('logs.list', {});
    if (json) io.out(jsonLine(views));
    else
      io.out(
        views.length === 0
          ? 'no logs yet; `landfall import PATH --workspace DIR` adds one\n'
          : formatLogs(views, io.style),
      );
  });
}
