// `landfall import`: reads files and folders into a workspace, found by content. Problems go to stderr as
// `file:line: reason`; a file that cannot be used changes nothing.

import { resolve } from 'node:path';
import { Command } from 'commander';
import { withWorkspace } from './connection.ts';
import { formatImport, formatProblems } from './format-import.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { jsonOption } from './options.ts';
import { progressLine } from './progress-line.ts';

const EXAMPLE = `
Formats: a reference-day folder (tasks.csv, deps.csv, pools.csv, params.json), which is played and stored as a
simulated log; OpenLineage events as NDJSON, a JSON array or one object, also gzipped.
Exit code 1 when a file gave errors.

Example: landfall import events.ndjson --workspace .landfall/mine`;

interface ImportOptions {
  readonly workspace: string;
  readonly json?: true;
}

export const importCommand = (io: CliIo): Command =>
  new Command('import')
    .description('read files into a workspace, which is made when it does not exist')
    .argument('<path...>', 'files or folders')
    .requiredOption('--workspace <dir>', 'the workspace folder')
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((paths: string[], options: ImportOptions) => importFiles(io, paths, options));

async function importFiles(io: CliIo, paths: readonly string[], options: ImportOptions): Promise<void> {
  await withWorkspace(
    io,
    options.workspace,
    async (client) => {
      const progress = progressLine(io);
      // The owner of the workspace may run elsewhere: it gets whole paths.
      const params = { paths: paths.map((path) => resolve(io.cwd, path)) };
      const view = await client.call('imports.run', params, { onProgress: progress.show }).finally(progress.clear);
      io.err(formatProblems(view));
      io.out(options.json ? jsonLine(view) : formatImport(view, io.style));
      if (view.errorCount > 0) io.exitCode = ExitCode.findings;
    },
    { create: true },
  );
}
