// `landfall why`: the critical chain of a landing with its minutes, what was beyond usual, and the landing without each
// cause from a replay; or why a task run was not running at a moment.

import { Command, InvalidArgumentError, Option } from 'commander';
import type { Client } from '../../shared/api/client.ts';
import type { LogView } from '../../shared/api/views.ts';
import type { ReplayChange, ReplayProgress, ReplayView, WhyView } from '../../shared/api/views-why.ts';
import { defaultWorkspaceDir } from '../host/package-root.ts';
import { instantOf } from './clock-instant.ts';
import { withWorkspace } from './connection.ts';
import { formatWhy, formatWhyAt } from './format-why.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { lastNight } from './last-night.ts';
import { jsonOption, logOption } from './options.ts';
import { progressLine } from './progress-line.ts';

const EXAMPLE = `
RUN is pipeline.task, a pipeline, or a dataset with an optional @partition (events@2025-12-24).
Each line is a link of the chain, the first cause first: what it waited for, ran, checked and published; the parts sum to
the whole exactly. recorded, inferred, unknown: how the least sure part of a line is known.
charged: minutes beyond the usual ones of the other nights (bookkeeping). landing without it: the night played again from
its own recorded times with that one thing changed (cause). The unchanged night is played first, and its error stands
beside the sum: when it is too large, nothing below it is to be believed.
Options that change one thing may be given several times; each is played by itself. Without any, the causes charged are.
Exit code 1 when it was late or never landed, 0 when not, 2 for bad input.

Examples:
  landfall why features.user_daily
  landfall why features.user_daily --at 01:37
  landfall why features.user_daily --pool spark=160 --without growth.attribution_backfill
  landfall why recs.train_daily --wait-for events --keep declared`;

interface WhyOptions {
  readonly workspace?: string;
  readonly log?: string;
  readonly at?: string;
  readonly pool: readonly ReplayChange[];
  readonly without: readonly string[];
  readonly waitFor: readonly string[];
  readonly onTime: readonly string[];
  readonly keep?: string;
  readonly replay: boolean;
  readonly json?: true;
}

export const whyCommand = (io: CliIo): Command =>
  new Command('why')
    .description('say why a landing was when it was, and what it would have been without')
    .argument('<run>', 'a task run, or a dataset with an optional @partition', named)
    .option('--workspace <dir>', 'the workspace folder (default: the sample company’s)')
    .addOption(logOption().default(undefined, 'the observed night that ended last'))
    .option('--at <time>', 'why it was not running at 01:37 (of the log’s zone), or at an RFC 3339 time')
    .addOption(new Option('--pool <name=slots>', 'with another size of a pool').argParser(poolSlots).default([], ''))
    .addOption(new Option('--without <pipeline>', 'without a pipeline’s runs').argParser(listed).default([], ''))
    .addOption(
      new Option('--wait-for <dataset>', 'as if it had declared to wait for a dataset')
        .argParser(listed)
        .default([], ''),
    )
    .addOption(new Option('--on-time <run>', 'with the source of a task run on time').argParser(listed).default([], ''))
    .option('--keep <name>', 'keep the changed night (of the one change given) as a log of the workspace')
    .option('--no-replay', 'the chain alone')
    .addOption(jsonOption())
    .addHelpText('after', EXAMPLE)
    .action((run: string, options: WhyOptions, command: Command) => why(io, run, options, command));

function named(text: string): string {
  if (text.trim() !== '') return text;
  throw new InvalidArgumentError(
    'It must be a name: pipeline.task, a pipeline, or a dataset with an optional @partition.',
  );
}

const listed = (text: string, before: readonly string[]): string[] => [...before, named(text)];

function poolSlots(text: string, before: readonly ReplayChange[]): ReplayChange[] {
  const [, pool, slots] = /^(.+)=([1-9]\d{0,5})$/.exec(text) ?? [];
  if (pool === undefined) throw new InvalidArgumentError('It must be NAME=SLOTS, as spark=160.');
  return [...before, { kind: 'pool-slots', pool, slots: Number(slots) }];
}

async function why(io: CliIo, run: string, options: WhyOptions, command: Command): Promise<void> {
  await withWorkspace(io, options.workspace ?? defaultWorkspaceDir(), async (client) => {
    const log = await lastNight(client, options.log);
    if (options.at !== undefined) return whyAt(io, client, log, run, options.at, options.json === true);
    const answer = await client.call('why.get', { log: log.name, of: run });
    const asked = await changesOf(client, log.name, answer, options);
    if (options.keep !== undefined && asked.length !== 1)
      command.error('error: --keep is of one change: give one of --pool, --without, --wait-for, --on-time');
    const changes = asked.length > 0 ? asked : answer.charges.flatMap(({ change }) => change ?? []);
    const isPlayable = answer.taskRun >= 0 && !Number.isNaN(answer.landedUs);
    const replay = options.replay && isPlayable ? await replayOf(io, client, log, answer, changes) : null;
    io.out(options.json ? jsonLine({ ...answer, replay }) : formatWhy(answer, replay, io.style));
    if (options.keep !== undefined) await keep(io, client, log, answer, asked[0], options.keep);
    if (answer.state === 'late' || Number.isNaN(answer.landedUs)) io.exitCode = ExitCode.findings;
  });
}

async function whyAt(io: CliIo, client: Client, log: LogView, run: string, at: string, json: boolean): Promise<void> {
  const view = await client.call('why.at', { log: log.name, of: run, atUs: instantOf(at, log) });
  io.out(json ? jsonLine(view) : formatWhyAt(view, log.zone, io.style));
}

async function changesOf(
  client: Client,
  log: string,
  { taskRun }: WhyView,
  options: WhyOptions,
): Promise<ReplayChange[]> {
  const sources = await Promise.all(options.onTime.map((of) => client.call('why.get', { log, of })));
  return [
    ...options.pool,
    ...options.without.map((pipeline): ReplayChange => ({ kind: 'remove-pipeline', pipeline })),
    ...options.waitFor.map((dataset): ReplayChange => ({ kind: 'declare-dependency', taskRun, dataset })),
    ...sources.map((source): ReplayChange => ({ kind: 'source-on-time', taskRun: source.taskRun })),
  ];
}

async function replayOf(
  io: CliIo,
  client: Client,
  log: LogView,
  { taskRun }: WhyView,
  changes: ReplayChange[],
): Promise<ReplayView> {
  const line = progressLine(io);
  const onProgress = ({ step, share }: ReplayProgress): void => line.show({ step, share });
  return client.call('why.replay', { log: log.name, of: taskRun, changes }, { onProgress }).finally(() => line.clear());
}

async function keep(
  io: CliIo,
  client: Client,
  log: LogView,
  { taskRun }: WhyView,
  change: ReplayChange | undefined,
  as: string,
): Promise<void> {
  if (change === undefined) return;
  const kept = await client.call('why.keep', { log: log.name, of: taskRun, change, as });
  io.err(`kept as ${kept.name}\n`);
}
