// `landfall serve`: a workspace that takes events and commands of other programs, until Ctrl+C. The same process as the
// workbench in a browser, with the receiver on from the start and no browser opened.

import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { CliIo } from './io.ts';
import { wholeNumber } from './options.ts';

const EXAMPLE = `
OpenLineage clients send to the printed address with the key in the printed file (OPENLINEAGE_URL,
OPENLINEAGE_API_KEY). The key is made on first use. The same address and key serve commands, waits and reads:
src-main/server/README.md has them with examples. Ctrl+C stops it; what was acknowledged is on the disk.

Example: landfall serve --workspace .landfall/live --port 4800`;

interface RawOptions {
  readonly workspace: string;
  readonly port?: number;
  readonly key?: string;
}

export const serveCommand = (io: CliIo): Command =>
  new Command('serve')
    .description('take OpenLineage events and commands of other programs into a workspace')
    .requiredOption('--workspace <dir>', 'the workspace folder, which is made when it does not exist')
    .addOption(
      new Option('--port <n>', 'the port on 127.0.0.1 (default: 4717, or the next free one)').argParser(
        wholeNumber(0, 65_535),
      ),
    )
    .option('--key <file>', 'the file with the bearer key (default: receiver.key in the workspace)')
    .addHelpText('after', EXAMPLE)
    .action(async ({ workspace, port, key }: RawOptions) => {
      const { serveWorkspace } = await import('./serve-workspace.ts');
      await serveWorkspace(io, {
        workspaceDir: resolve(io.cwd, workspace),
        port: port ?? null,
        keyFile: key === undefined ? null : resolve(io.cwd, key),
      });
    });
