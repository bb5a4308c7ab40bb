// Builds small logs by hand, by name: the fixtures of the analysis tests. Times are seconds, so that a test reads like
// a clock; -1 rows and unknown keys are said as such.

import { Interner } from '../../../shared/base/interner.ts';
import { EventKind } from '../../../shared/model/event.ts';
import { type EventInput, EventWriter } from '../../../shared/model/event-writer.ts';
import type { EventChunk, Log } from '../../../shared/model/log.ts';

export const SECOND_US = 1_000_000;

type Extra = Partial<Omit<EventInput, 'timeUs' | 'kind'>>;

export class LogBuilder {
  readonly events = new EventWriter();
  readonly #pipelines = new Interner();
  readonly #tasks = new Interner();
  readonly #datasets = new Interner();
  readonly #pools = new Interner();
  readonly #texts = new Interner();
  readonly #runs: { pipeline: number; runId: string }[] = [];
  readonly #taskRuns: { run: number; task: number; pool: number; deadlineUs: number }[] = [];
  readonly #versions: { dataset: number; key: number; number: number; owner: number }[] = [];

  /** A task run of `pipeline.task` in a run of its own. */
  taskRun(name: string, options: { pool?: string; deadline?: number } = {}): number {
    const [pipelineName = name, taskName = name] = name.split('/');
    const pipeline = this.#pipelines.intern(pipelineName);
    const task = this.#tasks.intern(`${pipeline}/${taskName}`);
    const run = this.#runs.push({ pipeline, runId: `run ${this.#runs.length}` }) - 1;
    const pool = options.pool === undefined ? -1 : this.#pools.intern(options.pool);
    const deadlineUs = (options.deadline ?? Number.NaN) * SECOND_US;
    return this.#taskRuns.push({ run, task, pool, deadlineUs }) - 1;
  }

  /** A version row; `key` null is unknown, `number` 0 is unknown. */
  version(dataset: string, key: string | null, number: number, owner = -1): number {
    const row = {
      dataset: this.#datasets.intern(dataset),
      key: key === null ? -1 : this.#texts.intern(key),
      number,
      owner,
    };
    return this.#versions.push(row) - 1;
  }

  at(seconds: number, kind: EventKind, extra: Extra = {}): this {
    this.events.push({ timeUs: seconds * SECOND_US, kind, ...extra });
    return this;
  }

  /** Ready, start and end of a task run; NaN leaves an event out. */
  ran(taskRun: number, ready: number, start: number, end: number, outcome = 1, evidence = 0): this {
    const add = (seconds: number, kind: EventKind, extra: Extra): void => {
      if (!Number.isNaN(seconds)) this.at(seconds, kind, { taskRun, evidence, ...extra });
    };
    add(ready, EventKind.taskReady, {});
    add(start, EventKind.taskStarted, { attempt: 1 });
    add(end, EventKind.taskEnded, { attempt: 1, code: outcome });
    return this;
  }

  /** Open, finalize and publish of a version; NaN leaves an event out. */
  wrote(version: number, open: number, finalize: number, publish: number, rows = Number.NaN, evidence = 0): this {
    const taskRun = this.#versions[version]?.owner ?? -1;
    const add = (seconds: number, kind: EventKind, extra: Extra): void => {
      if (!Number.isNaN(seconds)) this.at(seconds, kind, { version, taskRun, evidence, ...extra });
    };
    add(open, EventKind.versionOpened, {});
    add(finalize, EventKind.versionFinalized, { value: rows });
    add(publish, EventKind.versionPublished, {});
    return this;
  }

  read(seconds: number, taskRun: number, version: number, extra: Extra = {}): this {
    return this.at(seconds, EventKind.read, { taskRun, version, ...extra });
  }

  build(extra: Partial<Log> = {}): Log {
    return { ...this.#tables(), chunks: this.events.finish(), ...extra };
  }

  #tables(): Omit<Log, 'chunks'> {
    const pipelines = this.#pipelines.texts;
    const pools = this.#pools.texts;
    const datasets = this.#datasets.texts;
    return {
      name: 'by hand',
      source: 'observed',
      title: 'made by a test',
      catalogs: [{ fromUs: Number.NEGATIVE_INFINITY, hash: '0' }],
      zone: 'UTC',
      landing: 'published',
      names: {
        pipelines: { namespace: pipelines.map(() => 'test'), name: pipelines, domain: pipelines.map(() => '') },
        tasks: {
          pipeline: Int32Array.from(this.#tasks.texts, (text) => Number(text.split('/')[0])),
          name: this.#tasks.texts.map((text) => text.split('/')[1] ?? ''),
        },
        datasets: { namespace: datasets.map(() => 'test'), name: datasets },
        pools: { name: pools, slots: new Int32Array(pools.length).fill(-1) },
        texts: this.#texts.texts,
      },
      runs: {
        pipeline: Int32Array.from(this.#runs, (run) => run.pipeline),
        runId: this.#runs.map((run) => run.runId),
        logicalKey: this.#runs.map(() => ''),
        nominalStartUs: none(this.#runs),
        nominalEndUs: none(this.#runs),
      },
      taskRuns: {
        run: Int32Array.from(this.#taskRuns, (row) => row.run),
        task: Int32Array.from(this.#taskRuns, (row) => row.task),
        mapIndex: new Int32Array(this.#taskRuns.length).fill(-1),
        pool: Int32Array.from(this.#taskRuns, (row) => row.pool),
        deadlineUs: Float64Array.from(this.#taskRuns, (row) => row.deadlineUs),
      },
      versions: {
        dataset: Int32Array.from(this.#versions, (row) => row.dataset),
        partitionKey: Int32Array.from(this.#versions, (row) => row.key),
        number: Int32Array.from(this.#versions, (row) => row.number),
        owner: Int32Array.from(this.#versions, (row) => row.owner),
      },
    };
  }
}

const none = (rows: readonly unknown[]): Float64Array => new Float64Array(rows.length).fill(Number.NaN);

/** The same events in other chunks: cut before each of `cuts` (positions in the whole log, ascending). */
export function rechunk(chunks: readonly EventChunk[], cuts: readonly number[]): EventChunk[] {
  const total = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const bounds = [0, ...cuts.filter((cut) => cut > 0 && cut < total), total];
  const out: EventChunk[] = [];
  for (let b = 0; b + 1 < bounds.length; b++) out.push(slice(chunks, bounds[b] ?? 0, bounds[b + 1] ?? 0));
  return out.filter((chunk) => chunk.rows > 0);
}

function slice(chunks: readonly EventChunk[], from: number, to: number): EventChunk {
  const writer = new EventWriter();
  let seq = 0;
  for (const c of chunks) {
    for (let i = 0; i < c.rows; i++, seq++) {
      if (seq < from || seq >= to) continue;
      const { timeUs, kind, evidence, run, taskRun, version, attempt, code, ref, value, text } = c;
      writer.push({
        timeUs: timeUs[i],
        kind: kind[i],
        evidence: evidence[i],
        run: run[i],
        taskRun: taskRun[i],
        version: version[i],
        attempt: attempt[i],
        code: code[i],
        ref: ref[i],
        value: value[i],
        text: text[i],
      });
    }
  }
  return writer.finish()[0] ?? { ...emptyChunk() };
}

function emptyChunk(): EventChunk {
  return {
    rows: 0,
    timeUs: new Float64Array(0),
    kind: new Uint8Array(0),
    evidence: new Uint8Array(0),
    run: new Int32Array(0),
    taskRun: new Int32Array(0),
    version: new Int32Array(0),
    attempt: new Int32Array(0),
    code: new Int32Array(0),
    ref: new Int32Array(0),
    value: new Float64Array(0),
    text: new Int32Array(0),
  };
}
