// Commands of writers in the words of run events, so that the live log is one derivation and not two: open is a START,
// a heartbeat RUNNING, finalize COMPLETE, fail FAIL, and a version that expired or was superseded an ABORT. A run that
// also sends OpenLineage events of its own is the same run. Of the version itself every step is told as the ledger has
// it, with its number: nothing of that is inferred. Steps of a partition follow each other in the order of seq, and so do
// a version's finalize and that of whoever read it: a sender's clock that is a little behind does not turn them round.

import { EventKind } from '../../../shared/model/event.ts';
import type { LedgerRecord, VersionName, WriterName } from '../../../shared/model/ledger.ts';
import type { DatasetUse, LineageEvent, NamedThing, RunEventType, RunFacts } from '../openlineage/lineage-event.ts';
import { namedThing } from '../openlineage/lineage-event.ts';
import type { CommandRecord } from './live-window.ts';

/** A run as its `opened` records tell it. */
interface Writer extends Pick<RunFacts, 'runId' | 'parent' | 'nominal' | 'taskInstance'> {
  readonly job: NamedThing;
}

/** What happened to a version, for the log. */
interface Step {
  readonly kind: number;
  readonly code?: number;
  readonly text?: string;
  readonly rowCount?: number;
}

type Of<K extends LedgerRecord['kind']> = Extract<LedgerRecord, { kind: K }>;
const NOTHING: readonly DatasetUse[] = [];

/** `observed`: the window's events. Records of a version whose `opened` is not among them say nothing. */
export function commandEvents(records: readonly CommandRecord[], observed: readonly LineageEvent[]): LineageEvent[] {
  if (records.length === 0) return [];
  const reader = new CommandReader(jobsOfRuns(observed));
  for (const record of records) reader.read(record);
  return reader.events;
}

function jobsOfRuns(observed: readonly LineageEvent[]): Map<string, NamedThing> {
  const jobs = new Map<string, NamedThing>();
  for (const event of observed) if (event.subject === 'run') jobs.set(event.run.runId, event.job);
  return jobs;
}

class CommandReader {
  readonly events: LineageEvent[] = [];
  readonly #jobs: ReadonlyMap<string, NamedThing>;
  readonly #writers = new Map<string, Writer>();
  /** Who writes, or wrote, a version. */
  readonly #writerOf = new Map<string, Writer>();
  /** By partition: when its last step was. */
  readonly #lastUs = new Map<string, number>();
  /** By version: when it was finalized. */
  readonly #wholeUs = new Map<string, number>();

  constructor(jobs: ReadonlyMap<string, NamedThing>) {
    this.#jobs = jobs;
  }

  read(record: CommandRecord): void {
    switch (record.kind) {
      case 'opened':
        return this.#opened(record);
      case 'heartbeats':
        for (const version of record.versions) {
          this.#step(record, version, 'RUNNING', { kind: EventKind.versionHeartbeat });
        }
        return;
      case 'checked':
        return this.#checked(record);
      case 'finalized':
        return this.#finalized(record);
      case 'failed':
        return this.#step(record, record, 'FAIL', { kind: EventKind.versionFailed, text: record.reason });
      case 'expired':
        return this.#step(record, record, 'ABORT', { kind: EventKind.versionExpired, text: record.reason });
      case 'published':
        return this.#step(record, record, 'OTHER', { kind: EventKind.versionPublished });
      case 'marker':
        return this.#step(record, record, 'OTHER', { kind: EventKind.versionMarker, text: record.path });
      default:
    }
  }

  #opened(record: Of<'opened'>): void {
    const { closed } = record;
    if (closed !== null) {
      const kind = closed.as === 'expired' ? EventKind.versionExpired : EventKind.versionSuperseded;
      this.#step(record, { ...record, version: closed.version }, 'ABORT', { kind, text: closed.reason });
    }
    this.#writerOf.set(versionKey(record), this.#writer(record));
    this.#step(record, record, 'START', { kind: EventKind.versionOpened });
  }

  #checked(record: Of<'checked'>): void {
    const { passed, reason, metrics } = record;
    const step = { kind: EventKind.versionChecked, rowCount: metrics.rowCount };
    if (passed) this.#step(record, record, 'RUNNING', { ...step, code: 1, text: 'the check passed' });
    else this.#step(record, record, 'FAIL', { ...step, code: 0, text: reason });
  }

  #finalized(record: Of<'finalized'>): void {
    const { outputs, inputs } = record;
    const [first] = outputs;
    const writer = first && this.#writerOf.get(versionKey(first));
    if (writer === undefined) return;
    const kind = EventKind.versionFinalized;
    const wholeUs = inputs.map((input) => this.#wholeUs.get(versionKey(input)) ?? record.atUs);
    const timeUs = this.#timeOf({ atUs: wholeUs.reduce((a, b) => Math.max(a, b), record.atUs) }, outputs);
    for (const output of outputs) this.#wholeUs.set(versionKey(output), timeUs);
    this.#push(timeUs, writer, 'COMPLETE', {
      outputs: outputs.map((output) => use(output, { kind, rowCount: output.metrics.rowCount })),
      inputs: inputs.map((input) => use(input, { kind: EventKind.read })),
    });
  }

  #step(record: CommandRecord, version: VersionName, type: RunEventType, step: Step): void {
    const writer = this.#writerOf.get(versionKey(version));
    if (writer === undefined) return;
    const error = type === 'FAIL' || type === 'ABORT' ? (step.text ?? '') : '';
    this.#push(this.#timeOf(record, [version]), writer, type, { outputs: [use(version, step)], error });
  }

  #timeOf({ atUs }: Pick<CommandRecord, 'atUs'>, versions: readonly VersionName[]): number {
    const partitions = versions.map(partitionKey);
    const timeUs = partitions.reduce((latest, key) => Math.max(latest, this.#lastUs.get(key) ?? latest), atUs);
    for (const key of partitions) this.#lastUs.set(key, timeUs);
    return timeUs;
  }

  #writer(record: Of<'opened'>): Writer {
    const runId = runIdOf(record);
    let writer = this.#writers.get(runId);
    if (writer === undefined) this.#writers.set(runId, (writer = writerOf(record, runId, this.#jobs.get(runId))));
    return writer;
  }

  #push(
    timeUs: number,
    { job, runId, parent, nominal, taskInstance }: Writer,
    type: RunEventType,
    of: { readonly outputs: readonly DatasetUse[]; readonly inputs?: readonly DatasetUse[]; readonly error?: string },
  ): void {
    this.events.push({
      line: 0,
      timeUs,
      job,
      owner: '',
      schedule: '',
      declaredTasks: [],
      inputs: of.inputs ?? NOTHING,
      outputs: of.outputs,
      subject: 'run',
      run: { type, runId, parent, nominal, taskInstance, error: of.error ?? '' },
    });
  }
}

/** A retry is a run of its own there, and a try of the same task. */
const runIdOf = ({ run, attempt }: WriterName): string => (attempt === 1 ? run : `${run}#${attempt}`);

function writerOf(record: Of<'opened'>, runId: string, job: NamedThing | undefined): Writer {
  const { pipeline, task, logicalKey, parentRun } = record.details;
  const top = pipeline || task || record.run;
  const name = pipeline !== '' && task !== '' ? `${pipeline}.${task}` : top;
  const hasParent = parentRun !== '' && parentRun !== record.run;
  return {
    runId,
    job: job ?? namedThing('', name),
    parent: hasParent ? { runId: parentRun, job: namedThing('', top), root: null } : null,
    nominal: logicalKey === '' ? null : { startUs: Number.NaN, endUs: Number.NaN, key: logicalKey },
    taskInstance: { queuedUs: Number.NaN, tryNumber: record.attempt, mapIndex: -1, pool: '', priority: 0 },
  };
}

const use = ({ namespace, dataset, partition, version }: VersionName, step: Step): DatasetUse => ({
  dataset: namedThing(namespace, dataset),
  partition,
  rowCount: step.rowCount ?? Number.NaN,
  check: null,
  isDropped: false,
  told: { version, kind: step.kind, code: step.code ?? 0, text: step.text ?? '' },
});

const versionKey = ({ namespace, dataset, partition, version }: VersionName): string =>
  JSON.stringify([namespace, dataset, partition, version]);

const partitionKey = ({ namespace, dataset, partition }: VersionName): string =>
  JSON.stringify([namespace, dataset, partition]);
