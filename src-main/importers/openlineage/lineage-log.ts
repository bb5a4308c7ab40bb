// Puts one file's runs into a log. Runs are written in the order of their first and last moments, so that of two
// things at one instant the one that ended comes before the one that began.

import { Interner } from '../../../shared/base/interner.ts';
import { EventKind, Outcome } from '../../../shared/model/event.ts';
import { EventWriter } from '../../../shared/model/event-writer.ts';
import type { Log, LogHeader } from '../../../shared/model/log.ts';
import { DerivedVersions, partitionOfUse, type Write } from './derive-versions.ts';
import { groupBy } from './group-by.ts';
import { inferReady, type Ready } from './infer-ready.ts';
import type { LineageCatalog } from './lineage-catalog.ts';
import type { LineageRun, RunDataset } from './lineage-run.ts';
import type { LineageRuns, PipelineRun, TaskRun } from './lineage-runs.ts';
import { compareText } from './order-events.ts';
import { type Try, TryEvents } from './try-events.ts';

const UNKNOWN_READY: Ready = { readyUs: Number.NaN, last: -1 };

export function lineageLog(header: Omit<LogHeader, 'catalogs'>, definitions: LineageCatalog, runs: LineageRuns): Log {
  const { catalog } = definitions;
  const { texts, versions, chunks } = lineageEvents(definitions, runs);
  return {
    ...header,
    catalogs: [{ fromUs: Number.NEGATIVE_INFINITY, hash: catalog.hash }],
    names: {
      pipelines: {
        namespace: catalog.pipelines.namespace,
        name: catalog.pipelines.name,
        domain: catalog.pipelines.domain,
      },
      tasks: { pipeline: catalog.tasks.pipeline, name: catalog.tasks.name },
      datasets: catalog.datasets,
      pools: catalog.pools,
      texts,
    },
    runs: runTable(runs.pipelineRuns),
    taskRuns: taskRunTable(runs.taskRuns, definitions),
    versions,
    chunks,
  };
}

function lineageEvents(
  { datasetRow, ...definitions }: LineageCatalog,
  runs: LineageRuns,
): Pick<Log, 'versions' | 'chunks'> & { texts: readonly string[] } {
  const texts = new Interner();
  const events = new EventWriter();
  const ready = inferReady(runs, { datasetRow, ...definitions });
  const tries = runs.taskRuns
    .flatMap((taskRun, row) => triesOf(taskRun, row, ready[row], runs, datasetRow))
    .sort((a, b) => compareRuns(a.run, b.run) || a.subject.taskRun - b.subject.taskRun);
  const versions = new DerivedVersions(
    tries.flatMap((one) => writesOf(one, datasetRow)),
    texts,
  );
  const versionsOf = groupBy(versions.versions, ({ run }) => run);
  const writer = new TryEvents(events, texts, versions);
  writeRunsCreated(events, runs.pipelineRuns);
  for (const one of tries) writer.write(one, versionsOf.get(one.run) ?? []);
  writeRunsEnded(events, runs.pipelineRuns);
  return { texts: texts.texts, versions: versions.finish(), chunks: events.finish() };
}

function triesOf(
  { attempts, pipelineRun }: TaskRun,
  taskRun: number,
  ready: Ready,
  { pipelineRuns }: LineageRuns,
  datasetRow: ReadonlyMap<string, number>,
): Try[] {
  return attempts.map(({ run, number }, i) => ({
    run,
    subject: { run: pipelineRun, taskRun, attempt: number },
    key: run.nominal?.key ?? pipelineRuns[pipelineRun].logicalKey,
    ready: i === 0 ? ready : UNKNOWN_READY,
    inputs: byRow(run.inputs, datasetRow),
  }));
}

const writesOf = ({ run, subject, key }: Try, datasetRow: ReadonlyMap<string, number>): Write[] =>
  byRow(run.outputs, datasetRow).map(([dataset, output]) => ({
    owner: subject.taskRun,
    run,
    dataset,
    ...partitionOfUse(output, key),
    output,
  }));

/** What a run touched, by row of the dataset; where the ledger tells of it, what the run's own events say is the same. */
const byRow = (
  touched: ReadonlyMap<string, RunDataset>,
  datasetRow: ReadonlyMap<string, number>,
): (readonly [number, RunDataset])[] =>
  withoutRetold([...touched.values()])
    .map((one) => [datasetRow.get(one.dataset.key) ?? -1, one] as const)
    .sort(
      (a, b) =>
        a[0] - b[0] ||
        compareText(a[1].partition, b[1].partition) ||
        (a[1].told?.version ?? 0) - (b[1].told?.version ?? 0),
    );

function withoutRetold(touched: RunDataset[]): RunDataset[] {
  if (touched.every(({ told }) => told === null)) return touched;
  const known = new Set<string>();
  for (const { dataset, partition, told } of touched) {
    if (told !== null) known.add(dataset.key).add(`${dataset.key} ${partition}`);
  }
  const isRetold = ({ dataset, partition }: RunDataset): boolean =>
    known.has(partition === '' ? dataset.key : `${dataset.key} ${partition}`);
  return touched.filter((one) => one.told !== null || !isRetold(one));
}

/** By first moment, then last, then run id; a run that no event is of comes last. */
const compareRuns = (a: LineageRun, b: LineageRun): number =>
  compareTime(a.firstUs, b.firstUs) || compareTime(a.lastUs, b.lastUs) || compareText(a.runId, b.runId);

const compareTime = (a: number, b: number): number => {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a - b;
};

function writeRunsCreated(events: EventWriter, pipelineRuns: readonly PipelineRun[]): void {
  for (const [run, { top }] of pipelineRuns.entries()) {
    if (!Number.isNaN(top.startUs)) events.push({ timeUs: top.startUs, kind: EventKind.runCreated, run });
  }
}

function writeRunsEnded(events: EventWriter, pipelineRuns: readonly PipelineRun[]): void {
  for (const [run, { top }] of pipelineRuns.entries()) {
    const ends = [
      [top.completeUs, Outcome.success],
      [top.failUs, Outcome.failed],
      [top.abortUs, Outcome.aborted],
    ] as const;
    for (const [timeUs, code] of ends) {
      if (!Number.isNaN(timeUs)) events.push({ timeUs, kind: EventKind.runEnded, run, code });
    }
  }
}

const runTable = (pipelineRuns: readonly PipelineRun[]): Log['runs'] => ({
  pipeline: Int32Array.from(pipelineRuns, ({ pipeline }) => pipeline),
  runId: pipelineRuns.map(({ top }) => top.runId),
  logicalKey: pipelineRuns.map(({ logicalKey }) => logicalKey),
  nominalStartUs: Float64Array.from(pipelineRuns, ({ top }) => top.nominal?.startUs ?? Number.NaN),
  nominalEndUs: Float64Array.from(pipelineRuns, ({ top }) => top.nominal?.endUs ?? Number.NaN),
});

/** OpenLineage knows no deadlines. */
const taskRunTable = (taskRuns: readonly TaskRun[], { poolRow }: LineageCatalog): Log['taskRuns'] => ({
  run: Int32Array.from(taskRuns, ({ pipelineRun }) => pipelineRun),
  task: Int32Array.from(taskRuns, ({ task }) => task),
  mapIndex: Int32Array.from(taskRuns, ({ mapIndex }) => mapIndex),
  pool: Int32Array.from(taskRuns, ({ attempts }) => poolRow.get(attempts.at(-1)?.run.taskInstance?.pool ?? '') ?? -1),
  deadlineUs: new Float64Array(taskRuns.length).fill(Number.NaN),
});
