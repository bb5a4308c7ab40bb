// `landfall simulate`: plays a reference day in this process and writes its exact answer.

import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import { formatProblems } from './format-import.ts';
import { formatSimulation } from './format-simulation.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { jsonOption, wholeNumber } from './options.ts';

const EXAMPLE = `
A day is a folder of tasks.csv, deps.csv, pools.csv and params.json. --out gets one line a task:
task,ready,start,finish,final in ms. simMs and simCpuMs are the event loop alone, the median of --repeat plays;
eventsPerSecond is events / simCpuMs. A first play is slow (it compiles first), so measure with --repeat 20.
Targets that FAIL do not change the exit code: the day was played.

Example: landfall simulate days/tuesday --out starts.csv --repeat 20 --json`;

interface SimulateOptions {
  readonly out?: string;
  readonly repeat: number;
  readonly json?: true;
}

export const simulateCommand = (io: CliIo): Command =>
  new Command('simulate')
    .description('play a reference day and say when every task starts')
    .argument('<day>', 'the folder of the day')
    .option('--out <file>', 'write the answer, one line a task')
    .addOption(new Option('--repeat <n>', 'plays to take the median of').argParser(wholeNumber(1, 100_000)).default(5))
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((day: string, options: SimulateOptions) => simulate(io, day, options));

async function simulate(io: CliIo, dayDir: string, options: SimulateOptions): Promise<void> {
  const { simulateDay } = await import('../services/simulate-day.ts');
  const outFile = options.out === undefined ? null : resolve(io.cwd, options.out);
  const outcome = await simulateDay(dayDir, { repeat: options.repeat, outFile });
  io.err(formatProblems(outcome));
  if (outcome.summary === null) io.exitCode = ExitCode.badInput;
  else io.out(options.json ? jsonLine(outcome.summary) : formatSimulation(outcome.summary, io.style));
}
