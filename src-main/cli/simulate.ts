// `landfall simulate`: plays a reference day (a folder) and writes its exact answer, or the replications of a scenario
// (a file) and says what they come to; in this process.

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { ExperimentProgress, ScenarioAnswer } from '../../shared/api/views-scenario.ts';
import { CancelledError } from '../../shared/base/cancel.ts';
import { builtMainDir } from '../host/package-root.ts';
import { withWorkspace } from './connection.ts';
import { formatExperiment } from './format-experiment.ts';
import { formatProblems } from './format-import.ts';
import { formatSimulation } from './format-simulation.ts';
import { formatPlural } from './format-table.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { onStop } from './on-stop.ts';
import { jsonOption, wholeNumber } from './options.ts';
import { experimentStep, progressLine } from './progress-line.ts';

const EXAMPLE = `
A day is a folder of tasks.csv, deps.csv, pools.csv and params.json. --out gets one line a task:
task,ready,start,finish,final in ms. simMs and simCpuMs are the event loop alone, the median of --repeat plays;
eventsPerSecond is events / simCpuMs. The first plays are slow (what is hot is compiled first): measure with --repeat 20.
Targets that FAIL do not change the exit code: the day was played.

A scenario is a YAML file; what cannot be run is refused before the run, with its line and the reason. One over the logs
of a workspace (base: {log: NAME}) wants --workspace. --json prints:
  replications, seed; sums over replications: taskRuns, events, attempts, succeeded, failed, skipped, upstreamFailed,
  unfinished (waits for what never comes), deadlinesMet, deadlinesTotal; successShare
  earlyReads: reads of partitioned inputs that were not whole when the reader first started, by tasks that do not wait
  for them (who waits never reads early); earlyReadReplications: how many replications had any
  startLatency…Ms (first start - ready), poolWait…Ms (from queue to slots), elapsed…Ms (first start to last end, with
  retries), turnaround…Ms (ready to last end), each with Mean, P50, P90, P99, Max, over all task runs after the warm-up
  of all replications; makespan…Ms (to the last landing of each replication), pastHorizon (how many went on after it);
  quantiles by nearest rank to 0.1 %; …MeanHalfWidthMs: half of the 95 % interval over replications
  tasks (of up to 100): task, pool, counts, startLatency, poolWait, elapsed, turnaround; pipelines: runTime (due to last
  end); each {count, meanMs, p50Ms, p90Ms, p99Ms, maxMs}
  targets: name, trials, met, share, low and high (95 %, Wilson), wanted, verdict
  pools: pool, slots, utilisation, meanSlotsInUse, meanWaiting = grantsPerSecond x meanWaitMs / 1000 (Little's law),
    wait (as above)
  grown: what grow added; durations: what a log base's were fitted to (families, Kolmogorov-Smirnov distance, worst),
  and correlations: how much tasks of a run vary together
  snapshot: of a scenario that begins with the state of a log (snapshot: 2025-12-25T01:00): what ran and waited then, where
    the play is not at it, slots in use by pool, and of each landing target when it lands (epoch ms); figures are from
    then on, task runs sums of all
  ended: all; enough (--until-decided); cancelled (Ctrl+C, exit code 130: the figures are of the replications so far;
    while it is still being planned, and with --workspace, there are none, and nothing is printed)
  resultHash (--hash): one name for every time, outcome and attempt of all replications; threads do not change it
  buildMs; simMs, simCpuMs, eventsPerSecond: all replications with their drawing and summing up (in one thread a
  processor core where that is worth it, which changes no other number)

Examples:
  landfall simulate days/tuesday --out starts.csv --repeat 20 --json
  landfall simulate queue.yaml --replications 100 --json`;

interface SimulateOptions {
  readonly out?: string;
  readonly repeat?: number;
  readonly replications?: number;
  readonly seed?: number;
  readonly workspace?: string;
  readonly untilDecided?: true;
  readonly antithetic?: true;
  readonly hash?: true;
  readonly json?: true;
}

const SCENARIO_ONLY = ['replications', 'seed', 'workspace', 'untilDecided', 'antithetic', 'hash'] as const;
const REPLICATIONS_MAX = 1_000_000;
const SEED_MAX = 2_147_483_647;

export const simulateCommand = (io: CliIo): Command =>
  new Command('simulate')
    .description('play a reference day, or the replications of a scenario')
    .argument('<day-or-scenario>', 'the folder of a day, or a scenario file')
    .option('--out <file>', 'of a day: write the answer, one line a task')
    .addOption(
      new Option(
        '--repeat <n>',
        'of a day: plays to take the median of (default: 5, and more of short ones, for half a second)',
      ).argParser(wholeNumber(1, 100_000)),
    )
    .addOption(
      new Option('--replications <n>', 'of a scenario: instead of its own').argParser(wholeNumber(1, REPLICATIONS_MAX)),
    )
    .addOption(new Option('--seed <n>', 'of a scenario: instead of its own').argParser(wholeNumber(0, SEED_MAX)))
    .option('--workspace <dir>', 'of a scenario: the workspace whose logs it may be laid over')
    .option('--until-decided', 'of a scenario: end as soon as every target is plainly met or missed')
    .option(
      '--antithetic',
      'of a scenario: replications in pairs with mirrored durations, for narrower intervals of means',
    )
    .option('--hash', 'of a scenario: name the result, so that two plays can be compared')
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((path: string, options: SimulateOptions, command: Command) => simulate(io, path, options, command));

async function simulate(io: CliIo, path: string, options: SimulateOptions, command: Command): Promise<void> {
  const found = statSync(resolve(io.cwd, path), { throwIfNoEntry: false });
  if (found === undefined) {
    io.err(`${path}: no such file or folder\n`);
    io.exitCode = ExitCode.badInput;
    return;
  }
  const isScenario = !found.isDirectory();
  const foreign = isScenario ? (['out', 'repeat'] as const) : SCENARIO_ONLY;
  const wrong = foreign.find((name) => options[name] !== undefined);
  if (wrong !== undefined)
    command.error(
      `error: --${wrong === 'untilDecided' ? 'until-decided' : wrong} belongs to ${isScenario ? 'a reference day, and this is a file' : 'a scenario file'}`,
    );
  await (isScenario ? playScenario(io, path, options) : playDay(io, path, options));
}

async function playDay(io: CliIo, dayDir: string, { out, repeat, json }: SimulateOptions): Promise<void> {
  const { simulateDay } = await import('../services/simulate-day.ts');
  const outFile = out === undefined ? null : resolve(io.cwd, out);
  const outcome = await simulateDay(dayDir, { repeat: repeat ?? null, outFile });
  io.err(formatProblems(outcome));
  if (outcome.summary === null) io.exitCode = ExitCode.badInput;
  else io.out(json ? jsonLine(outcome.summary) : formatSimulation(outcome.summary, io.style));
}

async function playScenario(io: CliIo, path: string, options: SimulateOptions): Promise<void> {
  const {
    replications = null,
    seed = null,
    workspace,
    untilDecided: whenDecided = false,
    antithetic = false,
    hash: hashed = false,
  } = options;
  const line = progressLine(io);
  const onProgress = (progress: ExperimentProgress): void => line.show(experimentStep(progress));
  if (workspace === undefined) {
    const { simulateScenario } = await import('../services/simulate-scenario.ts');
    const stop = onStop();
    try {
      const { signal } = stop;
      const play = { workersDir: builtMainDir(), logs: null, signal, onProgress, wantsPart: true };
      const request = { replications, seed, whenDecided, antithetic, hashed, ...play };
      const answer = await simulateScenario(path, request).finally(() => line.clear());
      tellScenario(io, answer, options);
    } catch (error) {
      if (!(error instanceof CancelledError)) throw error;
      io.exitCode = ExitCode.interrupted;
      io.err('stopped before anything was played\n');
    } finally {
      stop.release();
    }
    return;
  }
  // The owner of the workspace may run elsewhere: it gets the whole path.
  const params = { path: resolve(io.cwd, path), replications, seed, whenDecided, antithetic, hashed };
  await withWorkspace(io, workspace, async (client) => {
    const answer = await client.call('scenario.simulate', params, { onProgress }).finally(() => line.clear());
    tellScenario(io, withShortPath(answer, params.path, path), options);
  });
}

/** Stopped before its end, it still says what it has. */
function tellScenario(io: CliIo, outcome: ScenarioAnswer, { json }: SimulateOptions): void {
  const { summary } = outcome;
  io.err(formatProblems(outcome));
  if (summary === null) {
    io.exitCode = ExitCode.badInput;
    return;
  }
  io.out(json ? jsonLine(summary) : formatExperiment(summary, io.style));
  if (summary.ended === 'cancelled') {
    io.exitCode = ExitCode.interrupted;
    io.err(`stopped after ${formatPlural(summary.replications, 'replication')}: the figures are of those\n`);
  }
}

/** Problems name the file as it was typed. */
const withShortPath = (answer: ScenarioAnswer, whole: string, typed: string): ScenarioAnswer => ({
  ...answer,
  problems: answer.problems.map((problem) => (problem.file === whole ? { ...problem, file: typed } : problem)),
});
