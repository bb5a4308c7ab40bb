// `landfall import`: reads files and folders into a workspace, found by content. Problems go to stderr as
// `file:line: reason`; a file that cannot be used changes nothing.

import { resolve, sep } from 'node:path';
import { Command } from 'commander';
import type { ImportView } from '../../shared/api/views.ts';
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
      const answer = await client.call('imports.run', params, { onProgress: progress.show }).finally(progress.clear);
      const view = withShortPaths(answer, io.cwd);
      io.err(formatProblems(view));
      io.out(options.json ? jsonLine(view) : formatImport(view, io.style));
      if (view.errorCount > 0) io.exitCode = ExitCode.findings;
    },
    { create: true },
  );
}

/** Paths below the current folder as people type them. */
function withShortPaths(view: ImportView, cwd: string): ImportView {
  const short = <T extends { readonly file: string }>(row: T): T =>
    row.file.startsWith(cwd + sep) ? { ...row, file: row.file.slice(cwd.length + 1) } : row;
  return { ...view, files: view.files.map(short), problems: view.problems.map(short) };
}
