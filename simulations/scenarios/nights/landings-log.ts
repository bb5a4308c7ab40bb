// Many nights as one observed log that holds their landings only: finalize and publish of every dataset, one version a
// night, and for pipelines that somebody follows also when the task run that wrote it was ready, started and ended, and
// what was read without waiting. Told as the detailed nights tell it.

import { MS_PER_DAY, US_PER_MS } from '../../../shared/base/time.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import { EventKind, Evidence, Outcome, packEvidence } from '../../../shared/model/event.ts';
import { EventWriter } from '../../../shared/model/event-writer.ts';
import type { Log, LogHeader } from '../../../shared/model/log.ts';
import type { PlanDefinitions } from '../../orchestrator/run-plan/definitions.ts';
import { DOMAINS, type Reporting } from '../company/vocabulary.ts';
import { movedDate } from './clock.ts';
import type { LandingTimes } from './landing-times.ts';

export interface LandingsInput {
  readonly header: Pick<LogHeader, 'name' | 'title'>;
  readonly catalog: Catalog;
  readonly definitions: PlanDefinitions;
  /** keptTasks of the definitions. */
  readonly kept: Int32Array;
  /** By task of `kept`: 1 for those whose runs are told, too. */
  readonly followed: Uint8Array;
  /** By task of `kept`, ms from midnight; NaN for none. */
  readonly deadlineMs: Float64Array;
  readonly firstDate: string;
  /** By night. */
  readonly nights: readonly LandingTimes[];
}

const READY_INFERRED = packEvidence(Evidence.inferred);

export const landingsLog = (input: LandingsInput): Log => new LandingsWriter(input).log();

class LandingsWriter {
  readonly #in: LandingsInput;
  readonly #events = new EventWriter();
  readonly #texts: readonly string[];
  readonly #runs = { pipeline: [] as number[], runId: [] as string[], night: [] as number[] };
  readonly #taskRuns = { run: [] as number[], task: [] as number[], deadlineUs: [] as number[] };
  readonly #versions = { dataset: [] as number[], key: [] as number[], number: [] as number[], owner: [] as number[] };
  /** By dataset: the row of `kept` that writes it, or -1. */
  readonly #writer: Int32Array;
  readonly #firstMidnightMs: number;

  constructor(input: LandingsInput) {
    const { definitions, kept, nights, firstDate } = input;
    this.#in = input;
    this.#firstMidnightMs = Date.parse(`${firstDate}T00:00:00Z`) + MS_PER_DAY;
    this.#texts = nights.map((_, night) => `date=${movedDate(firstDate, night)}`);
    this.#writer = new Int32Array(definitions.workload.datasets.length).fill(-1);
    kept.forEach((task, k) => {
      for (const dataset of definitions.writes[task]) this.#writer[dataset] = k;
    });
  }

  log(): Log {
    const { header, catalog, nights } = this.#in;
    for (let night = 0; night < nights.length; night++) this.#writeNight(night);
    const runs = this.#runs;
    const nominal = (moved: number): Float64Array =>
      Float64Array.from(runs.night, (night) => this.#us(night, 0) + moved * MS_PER_DAY * US_PER_MS);
    return {
      ...header,
      source: 'observed',
      zone: 'UTC',
      landing: 'published',
      catalogs: [{ fromUs: Number.NEGATIVE_INFINITY, hash: catalog.hash }],
      names: {
        pipelines: catalog.pipelines,
        tasks: { pipeline: catalog.tasks.pipeline, name: catalog.tasks.name },
        datasets: catalog.datasets,
        pools: catalog.pools,
        texts: this.#texts,
      },
      runs: {
        pipeline: Int32Array.from(runs.pipeline),
        runId: runs.runId,
        logicalKey: runs.night.map((night) => this.#texts[night]),
        nominalStartUs: nominal(-1),
        nominalEndUs: nominal(0),
      },
      taskRuns: {
        run: Int32Array.from(this.#taskRuns.run),
        task: Int32Array.from(this.#taskRuns.task),
        mapIndex: new Int32Array(this.#taskRuns.run.length).fill(-1),
        pool: Int32Array.from(this.#taskRuns.task, (task) => catalog.tasks.pool[task]),
        deadlineUs: Float64Array.from(this.#taskRuns.deadlineUs),
      },
      versions: {
        dataset: Int32Array.from(this.#versions.dataset),
        partitionKey: Int32Array.from(this.#versions.key),
        number: Int32Array.from(this.#versions.number),
        owner: Int32Array.from(this.#versions.owner),
      },
      chunks: this.#events.finish(),
    };
  }

  /** Tasks of one pipeline stand beside each other and share its run. */
  #writeNight(night: number): void {
    const { kept, nights, catalog } = this.#in;
    const { publishedMs, startMs } = nights[night];
    let pipelineBefore = -1;
    let run = -1;
    for (let k = 0; k < kept.length; k++) {
      if (Number.isNaN(startMs[k]) && Number.isNaN(publishedMs[k])) continue;
      const pipeline = catalog.tasks.pipeline[kept[k]];
      if (pipeline !== pipelineBefore) {
        this.#runs.pipeline.push(pipeline);
        this.#runs.runId.push(`${catalog.pipelines.name[pipeline]}/${this.#texts[night]}`);
        run = this.#runs.night.push(night) - 1;
        pipelineBefore = pipeline;
      }
      this.#writeTaskRun(night, k, run);
    }
  }

  #writeTaskRun(night: number, k: number, run: number): void {
    const { kept, followed, nights, deadlineMs, definitions } = this.#in;
    const times = nights[night];
    const task = kept[k];
    this.#taskRuns.run.push(run);
    this.#taskRuns.task.push(task);
    this.#taskRuns.deadlineUs.push(this.#us(night, deadlineMs[k]));
    const taskRun = this.#taskRuns.run.length - 1;
    if (followed[k] === 1) {
      const evidence = definitions.reads[task].length > 0 ? READY_INFERRED : 0;
      const [readyUs, startUs, endUs] = [times.readyMs[k], times.startMs[k], times.endMs[k]].map((ms) =>
        this.#us(night, ms),
      );
      const event = { run, taskRun, attempt: 1 };
      this.#events.push({ ...event, attempt: 0, timeUs: readyUs, kind: EventKind.taskReady, evidence });
      this.#events.push({ ...event, timeUs: startUs, kind: EventKind.taskStarted });
      this.#events.push({ ...event, timeUs: endUs, kind: EventKind.taskEnded, code: Outcome.success });
      for (const { dataset, mode } of definitions.reads[task])
        if (mode === 'none') this.#read(night, k, dataset, event);
    }
    const written = definitions.writes[task];
    for (let i = 0; i < written.length; i++) this.#write(night, k, written[i], run, taskRun);
  }

  #write(night: number, k: number, dataset: number, run: number, taskRun: number): void {
    const { nights, followed, definitions } = this.#in;
    const { startMs, finalMs, publishedMs } = nights[night];
    const { rows } = definitions.workload.datasets[dataset];
    const version = this.#version(dataset, night, 1, taskRun);
    if (followed[k] === 1) this.#step(night, startMs[k], EventKind.versionOpened, run, taskRun, version, Number.NaN);
    this.#step(night, finalMs[k], EventKind.versionFinalized, run, taskRun, version, rows);
    this.#step(night, publishedMs[k], EventKind.versionPublished, run, taskRun, version, Number.NaN);
  }

  /** Most events are these: each is one plain object. */
  #step(night: number, ms: number, kind: number, run: number, taskRun: number, version: number, value: number): void {
    if (Number.isNaN(ms)) return;
    this.#events.push({ timeUs: this.#us(night, ms), kind, run, taskRun, version, attempt: 1, value });
  }

  #read(night: number, k: number, dataset: number, event: { run: number; taskRun: number; attempt: number }): void {
    const { catalog, kept, nights } = this.#in;
    const domain = catalog.pipelines.domain[catalog.tasks.pipeline[kept[k]]];
    const reporting: Reporting = DOMAINS.find(({ name }) => name === domain)?.reporting ?? 'table';
    const version = this.#version(dataset, reporting === 'table' ? -1 : night, 0, -1);
    const atMs = nights[night].startMs[k];
    const value = reporting === 'rows' ? this.#rowsAt(night, dataset, atMs) : Number.NaN;
    this.#events.push({ ...event, timeUs: this.#us(night, atMs), kind: EventKind.read, version, value });
  }

  /** Rows that are there: as many as the share of its writing that is over; NaN before it began. */
  #rowsAt(night: number, dataset: number, atMs: number): number {
    const { nights, definitions } = this.#in;
    const writer = this.#writer[dataset];
    if (writer < 0) return Number.NaN;
    const { startMs, endMs } = nights[night];
    if (!(atMs >= startMs[writer])) return Number.NaN;
    const share = Math.min(1, (atMs - startMs[writer]) / (endMs[writer] - startMs[writer]));
    return Math.floor(definitions.workload.datasets[dataset].rows * share);
  }

  #version(dataset: number, night: number, number: number, owner: number): number {
    this.#versions.key.push(night);
    this.#versions.number.push(number);
    this.#versions.owner.push(owner);
    return this.#versions.dataset.push(dataset) - 1;
  }

  #us(night: number, ms: number): number {
    return (this.#firstMidnightMs + night * MS_PER_DAY + ms) * US_PER_MS;
  }
}
