// `landfall declare`: tells a workspace's ledger what the datasets of a definitions file must satisfy.

import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { withWorkspace } from './connection.ts';
import { formatProblems } from './format-import.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { jsonOption } from './options.ts';

const HELP = `
Every dataset of the file gets the gate that it has there; one without a gate is freed of its earlier one. A gate:

  datasets:
    events:
      partitioned: daily
      gate:
        rows: {min: 1000, max: 90000000, relative: {versions: 7, low: 0.5, high: 2}}
        nulls: {user_id: 1%}
        schema: same
        freshness: 26h

From then on a version is whole only after a check that passed; a check that fails ends it as FAILED, with every broken
bound as the reason, and no event is sent.

Example: landfall declare night.yaml --workspace .landfall/live --namespace warehouse`;

interface DeclareOptions {
  readonly workspace: string;
  readonly namespace: string;
  readonly json?: true;
}

export const declareCommand = (io: CliIo): Command =>
  new Command('declare')
    .description('tell the ledger the quality gates of a definitions file')
    .argument('<definitions>', 'a scenario file')
    .addOption(new Option('--workspace <dir>', 'the workspace folder').makeOptionMandatory())
    .option('--namespace <name>', 'namespace of its datasets', 'default')
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action((path: string, options: DeclareOptions) => declare(io, path, options));

async function declare(io: CliIo, path: string, { workspace, namespace, json }: DeclareOptions): Promise<void> {
  const { readGates } = await import('../services/read-gates.ts');
  const file = await readGates(resolve(io.cwd, path));
  io.err(formatProblems(file));
  if (file.errorCount > 0) {
    io.exitCode = ExitCode.badInput;
    return;
  }
  await withWorkspace(io, workspace, async (client) => {
    let seq = 0;
    for (const { dataset, gate } of file.gates) {
      seq = (await client.call('ledger.declare', { namespace, dataset, gate })).seq;
    }
    const gated = file.gates.filter(({ gate }) => gate !== null).map(({ dataset }) => dataset);
    if (json) io.out(jsonLine({ namespace, declared: file.gates, seq }));
    else io.out(`${gated.length} of ${file.gates.length} datasets have a gate: ${gated.join(', ') || 'none'}\n`);
  });
}
