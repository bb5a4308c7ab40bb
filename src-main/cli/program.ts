// The commands put together, and the one place where an error becomes a line and an exit code.
// Each command loads its heavy parts only when it runs, so `simulate` never pays for the store.

import { Command, CommanderError } from 'commander';
import { packageVersion } from '../host/package-root.ts';
import { checkCommand } from './check.ts';
import { declareCommand } from './declare.ts';
import { errorLine } from './errors.ts';
import { importCommand } from './import.ts';
import { type CliIo, ExitCode } from './io.ts';
import { logsCommand } from './logs.ts';
import { markersCommand } from './markers.ts';
import { nightCommand } from './night.ts';
import { orderCommand } from './order.ts';
import { repairCommand } from './repair.ts';
import { serveCommand } from './serve.ts';
import { simulateCommand } from './simulate.ts';
import { sqlCommand } from './sql.ts';
import { startCommand } from './start.ts';
import { summaryCommand } from './summary.ts';
import { sweepCommand } from './sweep.ts';
import { whyCommand } from './why.ts';

const EXIT_CODES = `
Exit codes: 0 done, 1 done with findings (proved early reads, files with errors), 2 bad input or usage, 130 stopped
before it was done.
LANDFALL_DEBUG=1 shows the stack of an error.`;

/** Runs one command; `argv` without node and script. Never throws: the outcome is in `io.exitCode`. */
export async function runCli(argv: readonly string[], io: CliIo): Promise<void> {
  try {
    await createProgram(io).parseAsync([...argv], { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) {
      io.exitCode = error.exitCode === 0 ? ExitCode.ok : ExitCode.badInput;
      return;
    }
    io.err(errorLine(error, io.env));
    io.exitCode = ExitCode.badInput;
  }
}

function createProgram(io: CliIo): Command {
  const program = new Command('landfall')
    .description('Will the data land on time, and can anyone read it before it is whole?')
    .version(packageVersion())
    .addHelpText('after', EXIT_CODES);
  const commands = [
    startCommand,
    serveCommand,
    importCommand,
    simulateCommand,
    checkCommand,
    sweepCommand,
    nightCommand,
    whyCommand,
    orderCommand,
    logsCommand,
    sqlCommand,
    markersCommand,
    declareCommand,
    repairCommand,
    summaryCommand,
  ];
  for (const create of commands) program.addCommand(create(io));
  for (const command of [program, ...program.commands]) {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: (text, write) => write(`landfall: ${text.replace(/^error: /, '')}`),
    });
  }
  return program;
}
