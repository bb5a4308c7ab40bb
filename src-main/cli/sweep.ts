// `landfall sweep`: a scenario with one value changed, for each of several values, on the same replications.

import { resolve } from 'node:path';
import { Command, Option } from 'commander';
import type { ExperimentProgress } from '../../shared/api/views-scenario.ts';
import type { Difference, SweepAnswer, SweepRow } from '../../shared/api/views-sweep.ts';
import { CancelledError } from '../../shared/base/cancel.ts';
import { formatDuration } from '../../shared/base/time.ts';
import { builtMainDir } from '../host/package-root.ts';
import { withWorkspace } from './connection.ts';
import { formatProblems } from './format-import.ts';
import { formatTable } from './format-table.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { onStop } from './on-stop.ts';
import { jsonOption, wholeNumber } from './options.ts';
import { experimentStep, progressLine } from './progress-line.ts';
import type { Style } from './style.ts';

const EXAMPLE = `
The parameter is the path to a value in the file: pools.spark, orchestrator.loop.batch, faults.0.share. Every value has
the same replications (common random numbers), so a difference to the first value is known better than either: it is
printed with half of its 95 % interval, and marked when that holds 0. Two values are A against B.
Ctrl+C (exit code 130) prints the values so far, the last with the replications that were played; with --workspace
nothing.

Examples:
  landfall sweep tonight.yaml pools.spark 96 128 152 --replications 100
  landfall sweep tonight.yaml orchestrator.preset airflow-2 airflow-3 --json`;

interface SweepOptions {
  readonly replications?: number;
  readonly seed?: number;
  readonly antithetic?: true;
  readonly workspace?: string;
  readonly json?: true;
}

export const sweepCommand = (io: CliIo): Command =>
  new Command('sweep')
    .description('play a scenario for several values of one parameter, and compare')
    .argument('<scenario>', 'a scenario file')
    .argument('<parameter>', 'path to a value in it')
    .argument('<values...>', 'what it is to be')
    .addOption(new Option('--replications <n>', 'instead of the scenario’s own').argParser(wholeNumber(1, 1_000_000)))
    .addOption(new Option('--seed <n>', 'instead of the scenario’s own').argParser(wholeNumber(0, 2_147_483_647)))
    .option('--antithetic', 'replications in pairs with mirrored durations')
    .option('--workspace <dir>', 'the workspace whose logs the scenario may be laid over')
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((path: string, parameter: string, values: string[], options: SweepOptions) =>
      sweep(io, { path, parameter, values }, options),
    );

interface What {
  readonly path: string;
  readonly parameter: string;
  readonly values: readonly string[];
}

async function sweep(io: CliIo, what: What, options: SweepOptions): Promise<void> {
  const { replications = null, seed = null, antithetic = false, workspace } = options;
  const asked = { ...what, replications, seed, antithetic };
  const line = progressLine(io);
  const onProgress = (progress: ExperimentProgress): void => line.show(experimentStep(progress));
  if (workspace !== undefined) {
    const params = { ...asked, path: resolve(io.cwd, what.path) };
    await withWorkspace(io, workspace, async (client) =>
      tell(io, await client.call('scenario.sweep', params, { onProgress }).finally(() => line.clear()), options),
    );
    return;
  }
  const { sweepScenario } = await import('../services/simulate-scenario.ts');
  const stop = onStop();
  try {
    const { signal } = stop;
    const play = { workersDir: builtMainDir(), logs: null, signal, onProgress, wantsPart: true };
    const answer = await sweepScenario({ ...asked, ...play }).finally(() => line.clear());
    tell(io, answer, options);
    if (signal.cancelled) io.exitCode = ExitCode.interrupted;
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    io.exitCode = ExitCode.interrupted;
    io.err('stopped before anything was played\n');
  } finally {
    stop.release();
  }
}

function tell(io: CliIo, answer: SweepAnswer, { json }: SweepOptions): void {
  io.err(formatProblems(answer));
  if (answer.problemCount > 0) {
    io.exitCode = ExitCode.badInput;
    return;
  }
  io.out(json ? jsonLine(answer) : formatSweep(answer, io.style));
  if (answer.rows.some(({ summary }) => summary.ended === 'cancelled')) io.exitCode = ExitCode.interrupted;
}

function formatSweep({ parameter, rows }: SweepAnswer, style: Style): string {
  const targets = rows[0]?.summary.targets ?? [];
  const header = [
    parameter,
    'start latency',
    'against',
    'makespan',
    'against',
    ...targets.flatMap(({ name }) => [name, 'against']),
  ];
  const aligns = header.map((_, i) => (i === 0 ? ('left' as const) : ('right' as const)));
  return formatTable(rows.map(cells), aligns, header, style);
}

function cells({ value, summary, against }: SweepRow): string[] {
  const shares = summary.targets.flatMap(({ share }, i) => [
    percent(share),
    against === null ? '' : points(against.targets[i]),
  ]);
  return [
    value,
    time(summary.startLatencyMeanMs),
    against === null ? '' : spanOf(against.meanLatencyMs),
    time(summary.makespanMeanMs),
    against === null ? '' : spanOf(against.makespanMs),
    ...shares,
  ];
}

const time = (ms: number | null): string => (ms === null ? 'unknown' : formatDuration(Math.round(ms)));
const percent = (share: number): string => (Number.isNaN(share) ? 'unknown' : `${(share * 100).toFixed(2)} %`);

const spanOf = (d: Difference): string => told(d, (ms) => formatDuration(Math.round(Math.abs(ms))));
const points = (d: Difference): string => told(d, (share) => `${(Math.abs(share) * 100).toFixed(2)} %`);

function told({ mean, halfWidth, isCertain }: Difference, format: (value: number) => string): string {
  if (Number.isNaN(mean)) return 'unknown';
  const interval = Number.isNaN(halfWidth) ? '' : ` ± ${format(halfWidth)}`;
  return `${mean < 0 ? '−' : '+'}${format(mean)}${interval}${isCertain ? '' : ' (may be 0)'}`;
}
