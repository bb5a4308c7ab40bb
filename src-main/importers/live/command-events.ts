// Commands of writers in the words of run events, so that the live log is one derivation and not two: open is a START,
// a heartbeat RUNNING, finalize COMPLETE, fail FAIL, and a version that expired or was superseded an ABORT. A run that
// also sends OpenLineage events of its own is the same run. What the derivation has no word for (that an event was
// delivered, the token) stays in the ledger.

import type { LedgerRecord, VersionName, WriterName } from '../../../shared/model/ledger.ts';
import type { DatasetUse, LineageEvent, NamedThing, RunEventType, RunFacts } from '../openlineage/lineage-event.ts';
import { namedThing } from '../openlineage/lineage-event.ts';
import type { CommandRecord } from './live-window.ts';

/** What a run's own events say of it. */
interface KnownRun {
  readonly job: NamedThing;
  /** Of its nominal time; "" when unknown. */
  readonly key: string;
}

/** A run as its `opened` records tell it. */
interface Writer extends Pick<RunFacts, 'runId' | 'parent' | 'nominal' | 'taskInstance'> {
  readonly job: NamedThing;
  /** A partition of this key is the run's own, which its events do not name. */
  readonly ownKey: string;
}

type Of<K extends LedgerRecord['kind']> = Extract<LedgerRecord, { kind: K }>;
const NOTHING: readonly DatasetUse[] = [];

/** `observed`: the window's events. Records of a version whose `opened` is not among them say nothing. */
export function commandEvents(records: readonly CommandRecord[], observed: readonly LineageEvent[]): LineageEvent[] {
  if (records.length === 0) return [];
  const reader = new CommandReader(knownRuns(observed));
  for (const record of records) reader.read(record);
  return reader.events;
}

function knownRuns(observed: readonly LineageEvent[]): Map<string, KnownRun> {
  const runs = new Map<string, KnownRun>();
  for (const event of observed) {
    if (event.subject !== 'run') continue;
    const known = runs.get(event.run.runId);
    const key = known?.key || event.run.nominal?.key || '';
    if (known === undefined || known.key !== key) runs.set(event.run.runId, { job: event.job, key });
  }
  return runs;
}

class CommandReader {
  readonly events: LineageEvent[] = [];
  readonly #known: ReadonlyMap<string, KnownRun>;
  readonly #writers = new Map<string, Writer>();
  /** Who writes, or wrote, a version. */
  readonly #writerOf = new Map<string, Writer>();

  constructor(known: ReadonlyMap<string, KnownRun>) {
    this.#known = known;
  }

  read(record: CommandRecord): void {
    switch (record.kind) {
      case 'opened':
        return this.#opened(record);
      case 'heartbeats':
        for (const version of record.versions) this.#step(record, version, 'RUNNING', '');
        return;
      case 'checked':
        return this.#checked(record);
      case 'finalized':
        return this.#finalized(record);
      case 'failed':
        return this.#step(record, record, 'FAIL', record.reason);
      case 'expired':
        return this.#step(record, record, 'ABORT', record.reason);
      default:
    }
  }

  #opened(record: Of<'opened'>): void {
    const { closed } = record;
    if (closed !== null) this.#step(record, { ...record, version: closed.version }, 'ABORT', closed.reason);
    const writer = this.#writer(record);
    this.#writerOf.set(versionKey(record), writer);
    this.#push(record.atUs, writer, 'START', { outputs: [use(record, writer)] });
  }

  #checked(record: Of<'checked'>): void {
    const writer = this.#writerOf.get(versionKey(record));
    if (writer === undefined) return;
    const { passed, reason, metrics } = record;
    const check = { isPassed: passed, reason: passed ? 'the check passed' : reason };
    const output = { ...use(record, writer), rowCount: metrics.rowCount, check };
    this.#push(record.atUs, writer, passed ? 'RUNNING' : 'FAIL', { outputs: [output], error: passed ? '' : reason });
  }

  #finalized(record: Of<'finalized'>): void {
    const { outputs, inputs, atUs } = record;
    const [first] = outputs;
    const writer = first && this.#writerOf.get(versionKey(first));
    if (writer === undefined) return;
    const written = outputs.map((output) => ({ ...use(output, writer), rowCount: output.metrics.rowCount }));
    this.#push(atUs, writer, 'COMPLETE', { outputs: written, inputs: inputs.map((input) => use(input, writer)) });
  }

  #step({ atUs }: Pick<LedgerRecord, 'atUs'>, version: VersionName, type: RunEventType, error: string): void {
    const writer = this.#writerOf.get(versionKey(version));
    if (writer !== undefined) this.#push(atUs, writer, type, { outputs: [use(version, writer)], error });
  }

  #writer(record: Of<'opened'>): Writer {
    const runId = runIdOf(record);
    let writer = this.#writers.get(runId);
    if (writer === undefined) this.#writers.set(runId, (writer = writerOf(record, runId, this.#known.get(runId))));
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

function writerOf(record: Of<'opened'>, runId: string, known: KnownRun | undefined): Writer {
  const { pipeline, task, logicalKey, parentRun } = record.details;
  const top = pipeline || task || record.run;
  const name = pipeline !== '' && task !== '' ? `${pipeline}.${task}` : top;
  const hasParent = parentRun !== '' && parentRun !== record.run;
  return {
    runId,
    job: known?.job ?? namedThing('', name),
    parent: hasParent ? { runId: parentRun, job: namedThing('', top), root: null } : null,
    nominal: logicalKey === '' ? null : { startUs: Number.NaN, endUs: Number.NaN, key: logicalKey },
    taskInstance: { queuedUs: Number.NaN, tryNumber: record.attempt, mapIndex: -1, pool: '', priority: 0 },
    ownKey: known?.key ?? '',
  };
}

/** Unpartitioned ("") and the run's own partition are left to the run. */
const use = ({ namespace, dataset, partition }: VersionName, { ownKey }: Writer): DatasetUse => ({
  dataset: namedThing(namespace, dataset),
  partition: partition === ownKey ? '' : partition,
  rowCount: Number.NaN,
  check: null,
  isDropped: false,
});

const versionKey = ({ namespace, dataset, partition, version }: VersionName): string =>
  JSON.stringify([namespace, dataset, partition, version]);
