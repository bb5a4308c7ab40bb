// Writes the events of one try of a task run: what an event told is recorded, what follows from the order of events is
// inferred, and where nothing is known there is no event, but for reads: that something was read is known even where
// the moment and the version are not.

import type { Interner } from '../../../shared/base/interner.ts';
import { EventKind, Evidence, Outcome, packEvidence } from '../../../shared/model/event.ts';
import type { EventInput, EventWriter } from '../../../shared/model/event-writer.ts';
import type { DerivedVersions, Version } from './derive-versions.ts';
import type { Ready } from './infer-ready.ts';
import type { LineageRun, RunDataset } from './lineage-run.ts';

/** One try, with everything that its events are written from. */
export interface Try {
  readonly run: LineageRun;
  /** Rows, and the number of the try from 1. */
  readonly subject: Required<Pick<EventInput, 'run' | 'taskRun' | 'attempt'>>;
  /** Partition key; "" when unknown. */
  readonly key: string;
  /** Unknown for any but the first try. */
  readonly ready: Ready;
  /** Inputs by row of the dataset. */
  readonly inputs: readonly (readonly [dataset: number, input: RunDataset])[];
}

const isKnown = (us: number): boolean => !Number.isNaN(us);
const knownOrNot = (value: number): Evidence => (isKnown(value) ? Evidence.recorded : Evidence.unknown);

/** How the moment is known that a run's START gives to something that START may not have named. */
const startEvidence = (run: LineageRun, touched: RunDataset): Evidence => {
  if (!isKnown(run.startUs)) return Evidence.unknown;
  return touched.isNamedAtStart ? Evidence.recorded : Evidence.inferred;
};

export class TryEvents {
  readonly #events: EventWriter;
  readonly #texts: Interner;
  readonly #versions: DerivedVersions;

  constructor(events: EventWriter, texts: Interner, versions: DerivedVersions) {
    this.#events = events;
    this.#texts = texts;
    this.#versions = versions;
  }

  /** `written` are the versions of this try's outputs. */
  write(one: Try, written: readonly Version[]): void {
    const followed = written.filter(({ output }) => output.told === null);
    this.#writeStart(one);
    for (const version of followed) this.#writeOpen(one, version);
    for (const version of written) this.#writeTold(one, version);
    for (const [dataset, input] of one.inputs) this.#writeRead(one, dataset, input);
    for (const version of followed) this.#writeProgress(one, version);
    for (const version of followed) this.#writeEndOfVersion(one, version);
    this.#writeEnd(one);
  }

  #writeStart({ run, subject, ready }: Try): void {
    const queuedUs = run.taskInstance?.queuedUs ?? Number.NaN;
    if (isKnown(ready.readyUs)) {
      const evidence = packEvidence(Evidence.inferred);
      this.#push({
        ...subject,
        attempt: 0,
        timeUs: ready.readyUs,
        kind: EventKind.taskReady,
        evidence,
        ref: ready.last,
      });
    }
    this.#pushAt(queuedUs, { ...subject, kind: EventKind.taskQueued });
    this.#pushAt(run.startUs, { ...subject, kind: EventKind.taskStarted });
  }

  #writeOpen({ run, subject }: Try, version: Version): void {
    const evidence = packEvidence(startEvidence(run, version.output), version.evidence);
    this.#pushAt(run.startUs, { ...subject, kind: EventKind.versionOpened, version: version.row, evidence });
  }

  /** Every step as the ledger tells it. */
  #writeTold({ subject }: Try, { row, output, evidence }: Version): void {
    for (const { timeUs, kind, code, rowCount, text } of output.told?.steps ?? []) {
      this.#push({
        ...subject,
        timeUs,
        kind,
        version: row,
        code,
        value: rowCount,
        evidence: packEvidence(Evidence.recorded, evidence, knownOrNot(rowCount)),
        text: text === '' ? -1 : this.#texts.intern(text),
      });
    }
  }

  /** At the run's start, which is inferred: it read somewhere between its start and its end. */
  #writeRead({ run, subject, key }: Try, dataset: number, input: RunDataset): void {
    const { row, evidence: which } = this.#versions.readBy(run, dataset, input, key, run.startUs);
    this.#push({
      ...subject,
      timeUs: run.startUs,
      kind: EventKind.read,
      version: row,
      value: input.rowCount,
      evidence: packEvidence(
        isKnown(run.startUs) ? Evidence.inferred : Evidence.unknown,
        which,
        knownOrNot(input.rowCount),
      ),
    });
    for (const { timeUs, check } of input.checks) {
      const text = this.#texts.intern(`${input.dataset.name}: ${check.reason}`);
      this.#push({ ...subject, timeUs, kind: EventKind.note, version: row, text });
    }
  }

  #writeProgress({ run, subject }: Try, version: Version): void {
    const evidence = packEvidence(Evidence.recorded, version.evidence);
    const { checks, rowCount } = version.output;
    for (const timeUs of run.runningUs) {
      this.#push({ ...subject, timeUs, kind: EventKind.versionHeartbeat, version: version.row, evidence });
    }
    for (const { timeUs, check } of checks) {
      this.#push({
        ...subject,
        timeUs,
        kind: EventKind.versionChecked,
        version: version.row,
        code: check.isPassed ? 1 : 0,
        value: rowCount,
        evidence: packEvidence(Evidence.recorded, version.evidence, knownOrNot(rowCount)),
        text: this.#texts.intern(check.reason),
      });
    }
  }

  #writeEndOfVersion({ run, subject }: Try, { row, evidence: which, output }: Version): void {
    const version = { ...subject, version: row };
    const evidence = packEvidence(Evidence.recorded, which, knownOrNot(output.rowCount));
    const failed = {
      ...version,
      kind: EventKind.versionFailed,
      evidence: packEvidence(Evidence.recorded, which),
    };
    this.#pushAt(run.completeUs, { ...version, kind: EventKind.versionFinalized, value: output.rowCount, evidence });
    this.#pushAt(run.failUs, { ...failed, text: this.#texts.intern(run.error || 'the run failed') });
    this.#pushAt(run.abortUs, { ...failed, text: this.#texts.intern(run.error || 'the run was aborted') });
  }

  #writeEnd({ run, subject }: Try): void {
    const evidence = packEvidence(Evidence.recorded, Evidence.recorded, Evidence.unknown);
    const ended = { ...subject, kind: EventKind.taskEnded, evidence };
    this.#pushAt(run.completeUs, { ...ended, code: Outcome.success });
    this.#pushAt(run.failUs, { ...ended, code: Outcome.failed });
    this.#pushAt(run.abortUs, { ...ended, code: Outcome.aborted });
    for (const { dataset, isDropped } of run.outputs.values()) {
      if (!isDropped) continue;
      this.#pushAt(run.completeUs, {
        ...subject,
        kind: EventKind.note,
        text: this.#texts.intern(`dropped ${dataset.name}`),
      });
    }
  }

  /** Nothing when the moment is unknown. */
  #pushAt(timeUs: number, event: Omit<EventInput, 'timeUs'>): void {
    if (isKnown(timeUs)) this.#push({ ...event, timeUs });
  }

  #push(event: EventInput): void {
    this.#events.push(event);
  }
}
