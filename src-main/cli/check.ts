// `landfall check`: will a scenario meet its targets, today, grown, and with how many slots. For people and for CI.

import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { FitAnswer, FitProgress } from '../../shared/api/views-fit.ts';
import { CancelledError } from '../../shared/base/cancel.ts';
import { builtMainDir } from '../host/package-root.ts';
import { withWorkspace } from './connection.ts';
import { formatFit } from './format-fit.ts';
import { formatProblems } from './format-import.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { onStop } from './on-stop.ts';
import { jsonOption, wholeNumber } from './options.ts';
import { experimentStep, progressLine } from './progress-line.ts';
import { stoppedFit } from './stopped-fit.ts';

const EXAMPLE = `
Each row is a state of the same nights: history (observed, from the workspace), today (without growth), grown (the
scenario's grow:, or --grow), and, unless --no-search, the smallest slots of one pool that meet every target.
  share of nights that met the target, its 95 % interval (Wilson), misses/nights, and a verdict:
  met, missed      claims at 95 % (exact binomial): 99.5 % takes 598 nights without a miss, 947, 1,258, 1,549 with 1, 2, 3
  cannot confirm   so few nights could not have shown it, whatever happened
  undecided        nights enough, and still neither
  EXTRAPOLATED     with more slots than were ever observed
A target that is plainly met or missed (99.9 %) is counted no further, so it may hold fewer nights than --nights. The
other nights are played only up to the landings that are still looked at, and a row ends once nothing is open.
Start latencies are judged night by night: task runs of one night depend on each other.

Exit code: 0 when every target of the scenario as asked is met (the searched row does not count); 1 when one is missed,
undecided or cannot be confirmed; 2 for bad input; 130 stopped: Ctrl+C prints the rows that are done and says
what is undecided.

Examples:
  landfall check tonight.yaml
  landfall check --workspace .landfall/sample
  landfall check tonight.yaml --workspace .landfall/sample --grow 40 --pool spark --json`;

interface CheckOptions {
  readonly workspace?: string;
  readonly nights?: number;
  readonly seed?: number;
  readonly grow?: number;
  readonly pool?: string;
  readonly slots?: number;
  readonly search: boolean;
  readonly json?: true;
}

export const checkCommand = (io: CliIo): Command =>
  new Command('check')
    .description('say whether a scenario meets its targets, and what it would take')
    .argument('[scenario]', 'a scenario file; left out: tonight’s of the workspace')
    .option('--workspace <dir>', 'the workspace whose observed nights and logs it may use')
    .addOption(new Option('--nights <n>', 'at most (default: 2000)').argParser(wholeNumber(1, 1_000_000)))
    .addOption(new Option('--seed <n>', 'instead of the scenario’s own').argParser(wholeNumber(0, 2_147_483_647)))
    .addOption(
      new Option('--grow <percent>', 'more pipelines, instead of the scenario’s own growth').argParser(percentage),
    )
    .option(
      '--pool <name>',
      'the pool that is searched (default: of those that the landings go through, the one that is waited for longest)',
    )
    .addOption(new Option('--slots <n>', 'slots of that pool instead of its own').argParser(wholeNumber(1, 1_000_000)))
    .option('--no-search', 'do not look for the slots that it takes')
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((path: string | undefined, options: CheckOptions, command: Command) =>
      check(io, path ?? null, options, command),
    );

async function check(io: CliIo, path: string | null, options: CheckOptions, command: Command): Promise<void> {
  const { workspace, nights = null, seed = null, grow = null, pool = null, slots = null, search } = options;
  if (path === null && workspace === undefined) command.error('error: a scenario, or --workspace DIR, is wanted');
  if (slots !== null && pool === null) command.error('error: --slots is of a pool: name it with --pool');
  const asked = { nights, seed, grow, pool, slots, search };
  const line = progressLine(io);
  let last: FitProgress | null = null;
  const onProgress = (progress: FitProgress): void => {
    last = progress;
    line.show(experimentStep(progress));
  };
  if (workspace === undefined) {
    const { fitScenario } = await import('../services/fit-scenario.ts');
    const stop = onStop();
    try {
      const { signal } = stop;
      const source = { path: path ?? '' };
      const none = { workersDir: builtMainDir(), logs: null, observed: async () => [] };
      const request = { ...asked, ...none, source, signal, onProgress, wantsPart: true };
      const answer = await fitScenario(request).finally(() => line.clear());
      tell(io, answer, options, signal.cancelled);
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
      io.exitCode = ExitCode.interrupted;
      tellStopped(io, last, options);
    } finally {
      stop.release();
    }
    return;
  }
  const params = { ...asked, path: path === null ? null : resolve(io.cwd, path), text: null };
  await withWorkspace(io, workspace, async (client, stopped) => {
    const answer = await client
      .call('fit.run', params, { onProgress })
      .catch((error: unknown) => {
        if (stopped.cancelled) tellStopped(io, last, options);
        throw error;
      })
      .finally(() => line.clear());
    tell(io, answer, options, false);
  });
}

/** Of a check in another process, or another thread of this one, whose answer nobody waits for any more. */
function tellStopped(io: CliIo, last: FitProgress | null, { json }: CheckOptions): void {
  if (last === null || last.targets.length === 0) return io.err('stopped before anything was known\n');
  const report = stoppedFit(last);
  io.out(json ? jsonLine(report) : formatFit(report, io.style));
}

function tell(io: CliIo, answer: FitAnswer, { json }: CheckOptions, isStopped: boolean): void {
  io.err(formatProblems(answer));
  const { report } = answer;
  if (report === null) {
    io.exitCode = ExitCode.badInput;
    return;
  }
  io.out(json ? jsonLine(report) : formatFit(report, io.style));
  if (report.verdict !== 'met') io.exitCode = ExitCode.findings;
  if (!isStopped) return;
  io.exitCode = ExitCode.interrupted;
  io.err('stopped: the last row has the nights that were played\n');
}

function percentage(text: string): number {
  const value = /^[+-]?\d{1,5}(\.\d{1,3})?\s*%?$/.test(text) ? Number.parseFloat(text) : Number.NaN;
  if (!(value > -100 && value <= 10_000)) throw new InvalidArgumentError('It must be a percentage, like 40 or +40%.');
  return value / 100;
}
