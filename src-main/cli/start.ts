// `landfall start`: makes the sample company's workspace the first time, prints the verdict, and opens the workbench:
// in Electron where that can be had, else in the browser. Runs until Ctrl+C, then gives the workspace back.

import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { CliIo } from './io.ts';
import { wholeNumber } from './options.ts';
import type { StartOptions } from './start-workbench.ts';

const EXAMPLE = `
Without --workspace it opens the bundled sample company, in .landfall/sample beside the program. --seed, --pipelines
and --tasks make that sample anew in another size. Ctrl+C stops the workbench.

Example: landfall start --workspace .landfall/mine --port 4800 --no-open`;

interface RawOptions {
  readonly workspace?: string;
  readonly port?: number;
  readonly open: boolean;
  readonly browser?: true;
  readonly receive?: true;
  readonly seed?: number;
  readonly pipelines?: number;
  readonly tasks?: number;
}

export const startCommand = (io: CliIo): Command =>
  new Command('start')
    .description('open the workbench on a workspace; on the sample company when none is named')
    .option('--workspace <dir>', 'the workspace folder')
    .addOption(
      new Option('--port <n>', 'the port of the browser app (default: 4717, or the next free one)').argParser(
        wholeNumber(0, 65_535),
      ),
    )
    .option('--no-open', 'print the address and open no browser')
    .option('--browser', 'the browser app, also where Electron could run')
    .option('--receive', 'take OpenLineage events and commands of other programs from the start')
    .addOption(new Option('--seed <n>', "the sample's seed").argParser(wholeNumber(0, 2_147_483_647)))
    .addOption(new Option('--pipelines <n>', "the sample's pipelines").argParser(wholeNumber(8, 20_000)))
    .addOption(new Option('--tasks <n>', "the sample's task runs a night").argParser(wholeNumber(8, 1_000_000)))
    .addHelpText('after', EXAMPLE)
    .action(async (raw: RawOptions) => {
      const { startWorkbench } = await import('./start-workbench.ts');
      await startWorkbench(io, startOptions(io, raw));
    });

function startOptions(io: CliIo, raw: RawOptions): StartOptions {
  const { workspace, port, open, browser, receive, seed, pipelines, tasks } = raw;
  return {
    workspaceDir: workspace === undefined ? null : resolve(io.cwd, workspace),
    port: port ?? null,
    open,
    browserOnly: browser === true,
    receive: receive === true ? { keyFile: null } : null,
    sample: {
      ...(seed === undefined ? {} : { seed }),
      ...(pipelines === undefined ? {} : { pipelines }),
      ...(tasks === undefined ? {} : { taskRuns: tasks }),
    },
  };
}
