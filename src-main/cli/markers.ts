// `landfall markers`: which partitions of a dataset are whole, by the files in a folder or in an object store's listing.

import { join, resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type PartitionStatus, type PartitionVerdict, statusCounts } from '../../shared/analysis/markers/judge.ts';
import { parseMarkerPolicy } from '../../shared/analysis/markers/policy.ts';
import type { MarkerReport, MarkerRequest } from '../services/judge-markers.ts';
import { withWorkspace } from './connection.ts';
import { formatImport, formatProblems } from './format-import.ts';
import { formatMarkerLines, formatMarkers } from './format-markers.ts';
import { type CliIo, ExitCode } from './io.ts';
import { jsonLine } from './json.ts';
import { onStop } from './on-stop.ts';
import { jsonOption, wholeNumber } from './options.ts';

const HELP = `
whole    its flag is there and no data is newer or still growing
running  data and no flag
stale    the flag is older than the data under it: it vouches for what was there before
empty    a flag and no data
unknown  files cannot tell (--policy none)

Policies: partition[:NAMES] (a flag in each partition; the usual NAMES are _SUCCESS,.DONE), root[:NAMES] (one flag at the
root), directory (the folder is the flag), table (Delta, Iceberg or Hudi commits, judged by time), none.
Listings: S3 inventory (CSV, Parquet), list-objects JSON, CloudTrail JSON; PATH is the dataset's folder in the store.
With --partition or --status, counts (with --json, too) are of what was asked for; otherPartitions are the rest.
Exit codes: 0 nothing wrong (with --partition: it is whole), 1 something is stale or empty (with --partition: it is not
whole), 2 bad input.

With --write the marker of one partition is written into its folder (PATH/KEY): under another name, to the disk, renamed.
Refused for what is not finalized in the workspace, or when a newer version was opened over it.

Examples:
  landfall markers /data/lake/events --dataset events
  landfall markers lake/events --dataset events --listing inventory.csv.gz
  landfall markers /data/lake/events --dataset events --partition date=2025-12-24`;

interface MarkersOptions {
  readonly dataset: string;
  readonly namespace: string;
  /** As written, and good. */
  readonly policy: string;
  readonly layout: readonly string[];
  readonly listing: readonly string[];
  readonly schema?: string;
  readonly toleranceMs: number;
  readonly status?: PartitionStatus;
  readonly partition?: string;
  readonly write?: true;
  readonly watch?: true;
  readonly workspace?: string;
  readonly json?: true;
}

export const markersCommand = (io: CliIo): Command =>
  new Command('markers')
    .description('tell which partitions are whole, by files and their markers')
    .argument('<path>', 'the dataset’s folder')
    .requiredOption('--dataset <name>', 'the dataset’s name')
    .option('--namespace <name>', 'its namespace', 'file')
    .addOption(new Option('--policy <policy>', 'what tells readers').argParser(policyText).default('partition'))
    .addOption(
      new Option('--layout <names>', 'names of the folder levels (date/hour) where they are not name=value')
        .argParser(layoutOf)
        .default([], 'name=value'),
    )
    .addOption(
      new Option('--listing <file>', 'judge an object store by this listing; may be repeated')
        .argParser((file: string, before: readonly string[]) => [...before, file])
        .default([], 'none'),
    )
    .option('--schema <columns>', 'columns of an inventory in CSV (Bucket, Key, Size, LastModifiedDate)')
    .addOption(
      new Option('--tolerance-ms <n>', 'data may be so much newer than its flag')
        .argParser(wholeNumber(0, 86_400_000))
        .default(0),
    )
    .addOption(new Option('--status <status>', 'only these').choices(['whole', 'running', 'stale', 'empty', 'unknown']))
    .option('--partition <key>', 'only this one, as in date=2025-12-24/hour=03')
    .option('--write', 'write the marker of --partition, if --workspace says that it is finalized')
    .option('--watch', 'go on, and tell each change as it happens')
    .option('--workspace <dir>', 'keep what was found as a log of this workspace')
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action((path: string, options: MarkersOptions, command: Command) =>
      options.write ? write(io, path, options, command) : markers(io, path, options),
    );

function policyText(text: string): string {
  const policy = parseMarkerPolicy(text);
  if (!policy.ok) throw new InvalidArgumentError(policy.error);
  return text;
}

function layoutOf(text: string): readonly string[] {
  const names = text.split('/');
  if (names.some((name) => !/^\w+$/.test(name)))
    throw new InvalidArgumentError('names with / between are wanted, as in date/hour');
  return names;
}

async function markers(io: CliIo, path: string, options: MarkersOptions): Promise<void> {
  const { policy, layout, toleranceMs, schema = null } = options;
  const listings = options.listing.map((file) => resolve(io.cwd, file));
  // The path of an object store is a key; another is a folder of this machine.
  const place = listings.length > 0 ? path : resolve(io.cwd, path);
  const request = { path: place, policy, layout, toleranceMs, listings, schema };
  const stop = onStop();
  try {
    const { judgeMarkers, watchMarkers } = await import('../services/judge-markers.ts');
    if (options.watch) {
      for await (const changed of watchMarkers(request, stop.signal)) tell(io, changed, options);
      return;
    }
    const report = await judgeMarkers(request, stop.signal);
    answer(io, report, options);
    if (options.workspace !== undefined) await keep(io, options.workspace, request, options);
  } catch (error) {
    if (!stop.signal.cancelled) throw error;
    if (!options.watch) io.exitCode = ExitCode.interrupted;
  } finally {
    stop.release();
  }
}

const isWanted = (verdict: PartitionVerdict, { status, partition }: MarkersOptions): boolean =>
  (status === undefined || verdict.status === status) &&
  // As a key, or as its folder is: year=2025/month=12 is the key month=12/year=2025.
  (partition === undefined || verdict.key === partition || verdict.folder === partition);

function tell(io: CliIo, changed: readonly PartitionVerdict[], options: MarkersOptions): void {
  const wanted = changed.filter((verdict) => isWanted(verdict, options));
  if (options.json) for (const verdict of wanted) io.out(jsonLine(verdict));
  else io.out(formatMarkerLines(wanted, io.style));
}

function answer(io: CliIo, report: MarkerReport, options: MarkersOptions): void {
  const partitions = report.partitions.filter((verdict) => isWanted(verdict, options));
  io.err(formatProblems(report));
  const { dataset, namespace, partition } = options;
  if (options.json) {
    // As the table: counts of what is shown, and how many others there are.
    const counts = statusCounts(partitions);
    const otherPartitions = report.partitions.length - partitions.length;
    io.out(jsonLine({ namespace, dataset, ...report, partitions, counts, otherPartitions }));
  } else io.out(formatMarkers({ ...report, partitions }, dataset, io.style));
  if (report.errorCount > 0) io.exitCode = ExitCode.badInput;
  else if (partition === undefined)
    io.exitCode = report.counts.stale + report.counts.empty > 0 ? ExitCode.findings : ExitCode.ok;
  else io.exitCode = partitions.some(({ status }) => status === 'whole') ? ExitCode.ok : ExitCode.findings;
}

/** Only of what the workspace's ledger has finalized, and only of the newest version. */
async function write(io: CliIo, path: string, options: MarkersOptions, command: Command): Promise<void> {
  const { workspace, partition, dataset, namespace, policy } = options;
  if (workspace === undefined || partition === undefined) {
    return command.error('error: --write wants --workspace DIR and --partition KEY');
  }
  // The name of a partition may be of somebody else's making.
  const parts = partition.split('/');
  if (parts.includes('..') || parts.includes('.')) {
    return command.error('error: --write wants a --partition below PATH, without . and ..');
  }
  const [, names = ''] = policy.split(':');
  const marker = names.split(',')[0] || '_SUCCESS';
  const folder = join(resolve(io.cwd, path), ...parts);
  await withWorkspace(io, workspace, async (client) => {
    const answer = await client.call('markers.write', { namespace, dataset, partition, path: join(folder, marker) });
    io.out(options.json ? jsonLine(answer) : `${join(folder, marker)} written for version ${answer.version}\n`);
  });
}

async function keep(io: CliIo, workspace: string, request: MarkerRequest, options: MarkersOptions): Promise<void> {
  const { dataset, namespace } = options;
  await withWorkspace(
    io,
    workspace,
    async (client) => {
      const { layout, listings } = request;
      const params = { ...request, layout: [...layout], listings: [...listings], dataset, namespace };
      const view = await client.call('markers.keep', params);
      io.err(formatImport(view, io.style));
    },
    { create: true },
  );
}
