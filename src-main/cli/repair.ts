// `landfall repair`: makes a workspace usable whose ledger is damaged, and says exactly what is lost.

import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { LedgerRepair, SeqRange } from '../../shared/api/ledger-repair.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { jsonOption } from './options.ts';

const EXAMPLE = `
What is intact stays as it is. What is damaged is kept in the workspace's quarantine folder, with the reason. No number
of a lost record is given out again. Exit code 1 when records are lost, by this repair or one before it.

Example: landfall repair --workspace .landfall/sample`;

export const repairCommand = (io: CliIo): Command =>
  new Command('repair')
    .description('make a workspace with a damaged ledger usable, and say which records are lost')
    .addOption(new Option('--workspace <dir>', 'the workspace folder').makeOptionMandatory())
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((options: { workspace: string; json?: true }) => repair(io, options.workspace, options.json === true));

async function repair(io: CliIo, workspace: string, json: boolean): Promise<void> {
  const host = await import('../host/repair.ts');
  const answer = await host.repair(resolve(io.cwd, workspace));
  io.out(json ? jsonLine(answer) : formatRepair(answer));
  if (answer.lost.length > 0) io.exitCode = ExitCode.findings;
}

function formatRepair({ repaired, records, lastSeq, lost, parts }: LedgerRepair): string {
  const kept = (keptIn: string): string => (keptIn === '' ? '' : `\n  kept as it was in ${keptIn}`);
  const lines = parts.map(({ file, reason, keptIn }) => `${file}: ${reason}${kept(keptIn)}\n`);
  const state = repaired ? 'repaired' : 'nothing to repair';
  const gone = lost.length === 0 ? 'none lost' : `lost for good: ${lost.map(rangeText).join(', ')}`;
  return `${lines.join('')}${state}: ${records} of ${lastSeq} records are there, ${gone}\n`;
}

const rangeText = ({ firstSeq, lastSeq }: SeqRange): string =>
  firstSeq === lastSeq ? `${firstSeq}` : `${firstSeq} to ${lastSeq}`;
