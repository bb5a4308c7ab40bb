// Turns a played reference day into a log like any other: runs, task runs, partition versions that move through
// shared/lifecycle, and what each task run read. Everything it writes is recorded: the simulator was there.
// Undeclared reads see what is on disk at that moment: yesterday's partition, a version half written, or the whole.

import { US_PER_MS } from '../../shared/base/time.ts';
import { type Catalog, type Csr, csrBy, pipelineCount } from '../../shared/model/catalog.ts';
import { EventKind, Outcome } from '../../shared/model/event.ts';
import { EventWriter } from '../../shared/model/event-writer.ts';
import type { Log, LogHeader } from '../../shared/model/log.ts';
import type { DayAnswer, ReferenceDay } from '../../shared/model/reference-day.ts';
import { PartitionWriter } from './partition-writer.ts';

/** How much of what a task run reads its pipeline reports: version and rows, only the partition, or only the table. */
export type Reporting = 'version' | 'partition' | 'table';

export interface DayLogInput {
  readonly header: Omit<LogHeader, 'catalogs'>;
  /** Its tasks are the day's tasks, in the day's order. */
  readonly catalog: Catalog;
  readonly day: ReferenceDay;
  readonly answer: DayAnswer;
  /** The instant of the day's millisecond 0. */
  readonly startUs: number;
  /** Partition key of the night, `date=2025-12-24`; "" for unpartitioned. And the key of the night before. */
  readonly partitionKey: string;
  readonly previousKey: string;
  /** Rows of one whole version, by dataset; unknown when left out. */
  readonly rowCount?: Float64Array;
  /** By pipeline; `version` when left out. */
  readonly reporting?: readonly Reporting[];
}

export function logOfDay(input: DayLogInput): Log {
  return new DayLog(input).write();
}

class DayLog {
  readonly #in: DayLogInput;
  readonly #events = new EventWriter();
  readonly #partitions: PartitionWriter;
  readonly #writesOf: Csr;
  readonly #readsOf: Csr;
  readonly #writerOf: Int32Array;

  constructor(input: DayLogInput) {
    const { catalog, day } = input;
    this.#in = input;
    this.#partitions = new PartitionWriter(this.#events, [input.partitionKey, input.previousKey]);
    this.#writesOf = csrBy(catalog.writes.task, catalog.writes.dataset, day.taskCount);
    this.#readsOf = csrBy(catalog.reads.task, catalog.reads.dataset, day.taskCount);
    this.#writerOf = new Int32Array(catalog.datasets.name.length).fill(-1);
    for (let i = 0; i < catalog.writes.task.length; i++)
      this.#writerOf[catalog.writes.dataset[i]] = catalog.writes.task[i];
  }

  write(): Log {
    const { catalog, day, header } = this.#in;
    this.#writeRuns();
    for (let task = 0; task < day.taskCount; task++) this.#writeVersions(task);
    for (let task = 0; task < day.taskCount; task++) this.#writeTaskRun(task);
    return {
      ...header,
      catalogs: [{ fromUs: Number.NEGATIVE_INFINITY, hash: catalog.hash }],
      names: {
        pipelines: catalog.pipelines,
        tasks: { pipeline: catalog.tasks.pipeline, name: catalog.tasks.name },
        datasets: catalog.datasets,
        pools: catalog.pools,
        texts: this.#partitions.texts,
      },
      runs: this.#runTable(),
      taskRuns: this.#taskRunTable(),
      versions: this.#partitions.finish(),
      chunks: this.#events.finish(),
    };
  }

  /** One run a pipeline: from its first task's readiness to its last task's end. */
  #writeRuns(): void {
    const { catalog, day, answer } = this.#in;
    const pipelines = pipelineCount(catalog);
    const fromMs = new Float64Array(pipelines).fill(Number.POSITIVE_INFINITY);
    const toMs = new Float64Array(pipelines).fill(Number.NEGATIVE_INFINITY);
    for (let task = 0; task < day.taskCount; task++) {
      const pipeline = catalog.tasks.pipeline[task];
      fromMs[pipeline] = Math.min(fromMs[pipeline], answer.readyMs[task]);
      toMs[pipeline] = Math.max(toMs[pipeline], answer.finalMs[task]);
    }
    for (let run = 0; run < pipelines; run++) {
      if (!Number.isFinite(fromMs[run])) continue;
      this.#events.push({ timeUs: this.#us(fromMs[run]), kind: EventKind.runCreated, run });
      this.#events.push({ timeUs: this.#us(toMs[run]), kind: EventKind.runEnded, run, code: Outcome.success });
    }
  }

  #writeVersions(task: number): void {
    const { day, answer, rowCount } = this.#in;
    for (let i = this.#writesOf.offsets[task]; i < this.#writesOf.offsets[task + 1]; i++) {
      const dataset = this.#writesOf.values[i];
      this.#partitions.write({
        dataset,
        owner: task,
        run: day.pipeline[task],
        openUs: this.#us(answer.startMs[task]),
        checkUs: this.#us(answer.finishMs[task]),
        finalizeUs: this.#us(answer.finalMs[task]),
        publishUs: this.#us(answer.finalMs[task] + day.publishMs),
        rowCount: rowCount?.[dataset] ?? Number.NaN,
      });
    }
  }

  #writeTaskRun(task: number): void {
    const { day, answer } = this.#in;
    const row = { taskRun: task, run: day.pipeline[task], attempt: 1 };
    const readyMs = answer.readyMs[task];
    this.#events.push({ ...row, attempt: 0, timeUs: this.#us(readyMs), kind: EventKind.taskReady });
    this.#events.push({ ...row, timeUs: this.#us(readyMs + day.dispatchMs), kind: EventKind.taskQueued });
    this.#events.push({ ...row, timeUs: this.#us(answer.startMs[task]), kind: EventKind.taskStarted });
    for (let i = this.#readsOf.offsets[task]; i < this.#readsOf.offsets[task + 1]; i++) {
      this.#writeRead(task, this.#readsOf.values[i]);
    }
    this.#events.push({
      ...row,
      timeUs: this.#us(answer.finishMs[task]),
      kind: EventKind.taskEnded,
      code: Outcome.success,
    });
  }

  /** A read at the reader's start sees what is there then. */
  #writeRead(task: number, dataset: number): void {
    const { answer, day, rowCount, reporting } = this.#in;
    const atMs = answer.startMs[task];
    const writer = this.#writerOf[dataset];
    const isTonight = writer >= 0 && answer.startMs[writer] <= atMs;
    const share = isTonight ? shareWritten(answer, writer, atMs) : 1;
    const reports = reporting?.[day.pipeline[task]] ?? 'version';
    const rows = reports === 'version' ? (rowCount?.[dataset] ?? Number.NaN) : Number.NaN;
    this.#events.push({
      timeUs: this.#us(atMs),
      kind: EventKind.read,
      taskRun: task,
      run: day.pipeline[task],
      attempt: 1,
      version: this.#partitions.seen(dataset, isTonight, reports),
      value: Math.floor(rows * share),
    });
  }

  #runTable(): Log['runs'] {
    const { catalog, startUs, partitionKey } = this.#in;
    const pipelines = pipelineCount(catalog);
    return {
      pipeline: Int32Array.from({ length: pipelines }, (_, i) => i),
      runId: catalog.pipelines.name.map((name) => `${name}/${partitionKey || 'day'}`),
      logicalKey: catalog.pipelines.name.map(() => partitionKey),
      nominalStartUs: new Float64Array(pipelines).fill(startUs - 86_400_000 * US_PER_MS),
      nominalEndUs: new Float64Array(pipelines).fill(startUs),
    };
  }

  #taskRunTable(): Log['taskRuns'] {
    const { catalog, day } = this.#in;
    return {
      run: catalog.tasks.pipeline.slice(),
      task: Int32Array.from({ length: day.taskCount }, (_, i) => i),
      mapIndex: new Int32Array(day.taskCount).fill(-1),
      pool: day.pool.slice(),
      deadlineUs: Float64Array.from(day.deadlineMs, (ms) => (ms < 0 ? Number.NaN : this.#us(ms))),
    };
  }

  #us(ms: number): number {
    return this.#in.startUs + ms * US_PER_MS;
  }
}

/** How much of its data a writer has on disk: it writes evenly from start to finish. */
function shareWritten(answer: DayAnswer, writer: number, atMs: number): number {
  const startMs = answer.startMs[writer];
  const finishMs = answer.finishMs[writer];
  return atMs >= finishMs ? 1 : (atMs - startMs) / (finishMs - startMs);
}
