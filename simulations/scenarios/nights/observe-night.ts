// A played night as it would be known from outside: from OpenLineage events and the orchestrator's own tables. Times of
// runs and tries are recorded, and what writers report of their versions; when a task run became ready is inferred, as
// nobody reports it; why it waited is not there at all. What a reader tells of what it read depends on its domain.
// A rerun that on-call asked for is the same task run again, as clearing a task makes it.

import { US_PER_MS } from '../../../shared/base/time.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import { EventKind, Evidence, packEvidence } from '../../../shared/model/event.ts';
import { EventWriter } from '../../../shared/model/event-writer.ts';
import type { EventChunk, Log, LogHeader } from '../../../shared/model/log.ts';
import type { RunPlan } from '../../orchestrator/run-plan/plan.ts';
import { CAST, EVENTS_FILES } from '../company/cast.ts';
import { DOMAINS, type Reporting } from '../company/vocabulary.ts';
import { type MergedRows, mergeReruns } from './merge-reruns.ts';
import { SeenVersions } from './seen-versions.ts';

export interface ObserveInput {
  readonly header: Pick<LogHeader, 'name' | 'title'>;
  readonly catalog: Catalog;
  readonly plan: RunPlan;
  /** Its log: logOfPlay. */
  readonly played: Log;
}

const RECORDED = packEvidence(Evidence.recorded);
const INFERRED_TIME = packEvidence(Evidence.inferred);
const MARKER = '_SUCCESS';

type Changed = Partial<Record<'kind' | 'evidence' | 'taskRun' | 'version' | 'value' | 'text', number>>;

export function observeNight(input: ObserveInput): Log {
  return new Observer(input).log();
}

class Observer {
  readonly #in: ObserveInput;
  readonly #rows: MergedRows;
  readonly #seen: SeenVersions;
  readonly #events = new EventWriter();
  readonly #texts: string[];
  /** By task of the catalog. */
  readonly #reporting: readonly Reporting[];

  constructor(input: ObserveInput) {
    const { played, plan, catalog } = input;
    this.#in = input;
    this.#rows = mergeReruns(plan);
    this.#seen = new SeenVersions(played.versions);
    this.#texts = [...played.names.texts];
    const ofDomain = new Map(DOMAINS.map(({ name, reporting }) => [name, reporting]));
    const { pipelines, tasks } = catalog;
    this.#reporting = Array.from(tasks.pipeline, (p) => ofDomain.get(pipelines.domain[p]) ?? 'table');
  }

  log(): Log {
    const { header, played } = this.#in;
    for (const chunk of played.chunks) for (let i = 0; i < chunk.rows; i++) this.#observe(chunk, i);
    const { runs, taskRuns } = this.#tables();
    const versions = this.#seen.finish((owner) => this.#rows.taskRunOf[owner]);
    return {
      ...played,
      ...header,
      source: 'observed',
      zone: 'UTC',
      landing: 'published',
      names: { ...played.names, texts: this.#texts },
      runs,
      taskRuns,
      versions,
      chunks: this.#events.finish(),
    };
  }

  #observe(chunk: EventChunk, i: number): void {
    const kind = chunk.kind[i];
    const isRerun = chunk.taskRun[i] >= 0 && this.#rows.attemptsBefore[chunk.taskRun[i]] > 0;
    if (kind === EventKind.taskBlocked || (kind === EventKind.taskReady && isRerun)) return;
    if (kind === EventKind.runCreated && this.#rows.isRerun[chunk.run[i]] === 1) return this.#noteRerun(chunk, i);
    if (kind === EventKind.read) return this.#read(chunk, i);
    this.#push(chunk, i, { evidence: kind === EventKind.taskReady ? this.#readyEvidence(chunk.taskRun[i]) : RECORDED });
    if (kind === EventKind.versionPublished) this.#marker(chunk, i);
  }

  /** Who waits for nobody is ready when its run is due or its source is there, and both are logged. */
  #readyEvidence(taskRun: number): number {
    const { offsets } = this.#in.plan.dependencies;
    return offsets[taskRun] === offsets[taskRun + 1] ? RECORDED : INFERRED_TIME;
  }

  #read(chunk: EventChunk, i: number): void {
    const { played } = this.#in;
    const reporting = this.#reporting[played.taskRuns.task[chunk.taskRun[i]]];
    this.#push(chunk, i, {
      version: this.#seen.as(chunk.version[i], reporting),
      value: reporting === 'version' || reporting === 'rows' ? chunk.value[i] : Number.NaN,
    });
  }

  /** Halyard publishes `events` by its marker file. */
  #marker(chunk: EventChunk, i: number): void {
    const { versions, names } = this.#in.played;
    const version = chunk.version[i];
    const dataset = names.datasets.name[versions.dataset[version]];
    if (dataset !== CAST.events) return;
    const path = `${dataset}/${names.texts[versions.partitionKey[version]]}/${MARKER}`;
    this.#push(chunk, i, { kind: EventKind.versionMarker, text: this.#text(path) });
    this.#push(chunk, i, { kind: EventKind.note, text: this.#text(`${EVENTS_FILES.toLocaleString('en')} files`) });
  }

  #noteRerun(chunk: EventChunk, i: number): void {
    const { offsets, values } = this.#in.plan.taskRuns.ofRun;
    const taskRun = this.#rows.taskRunOf[values[offsets[chunk.run[i]]]];
    this.#push(chunk, i, { kind: EventKind.note, taskRun, text: this.#text('cleared by on-call, to run again') });
  }

  #push(chunk: EventChunk, i: number, changed: Changed): void {
    const { runOf, taskRunOf, attemptsBefore } = this.#rows;
    const taskRun = chunk.taskRun[i];
    const attempt = chunk.attempt[i];
    this.#events.push({
      timeUs: chunk.timeUs[i],
      kind: changed.kind ?? chunk.kind[i],
      evidence: changed.evidence ?? RECORDED,
      run: chunk.run[i] < 0 ? -1 : runOf[chunk.run[i]],
      taskRun: changed.taskRun ?? (taskRun < 0 ? -1 : taskRunOf[taskRun]),
      version: changed.version ?? chunk.version[i],
      attempt: attempt > 0 && taskRun >= 0 ? attempt + attemptsBefore[taskRun] : attempt,
      code: chunk.code[i],
      ref: chunk.ref[i] < 0 ? -1 : taskRunOf[chunk.ref[i]],
      value: changed.value ?? chunk.value[i],
      text: changed.text ?? chunk.text[i],
    });
  }

  #tables(): Pick<Log, 'runs' | 'taskRuns'> {
    const { runs, taskRuns } = this.#in.played;
    const { keptRuns, keptTaskRuns, runOf } = this.#rows;
    return {
      runs: {
        pipeline: keptRuns.map((run) => runs.pipeline[run]),
        runId: Array.from(keptRuns, (run) => runs.runId[run]),
        logicalKey: Array.from(keptRuns, (run) => dateKey(runs.nominalStartUs[run])),
        nominalStartUs: Float64Array.from(keptRuns, (run) => runs.nominalStartUs[run]),
        nominalEndUs: Float64Array.from(keptRuns, (run) => runs.nominalEndUs[run]),
      },
      taskRuns: {
        run: keptTaskRuns.map((i) => runOf[taskRuns.run[i]]),
        task: keptTaskRuns.map((i) => taskRuns.task[i]),
        mapIndex: keptTaskRuns.map((i) => taskRuns.mapIndex[i]),
        pool: keptTaskRuns.map((i) => taskRuns.pool[i]),
        deadlineUs: Float64Array.from(keptTaskRuns, (i) => taskRuns.deadlineUs[i]),
      },
    };
  }

  #text(text: string): number {
    const known = this.#texts.indexOf(text);
    return known >= 0 ? known : this.#texts.push(text) - 1;
  }
}

const dateKey = (us: number): string => `date=${new Date(us / US_PER_MS).toISOString().slice(0, 10)}`;
