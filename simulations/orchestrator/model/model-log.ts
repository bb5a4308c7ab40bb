// Turns a traced play into a log like any other: runs, attempts, what each waited for and why, partition versions, and
// what each task run read. Everything in it is recorded: the simulator was there.

import { US_PER_MS } from '../../../shared/base/time.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import { EventKind, Outcome } from '../../../shared/model/event.ts';
import { EventWriter } from '../../../shared/model/event-writer.ts';
import type { Log, LogHeader } from '../../../shared/model/log.ts';
import { partitionKey } from '../run-plan/partitions.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import type { ModelPlayer } from './play-model.ts';
import type { Trace } from './trace.ts';
import { VersionRows } from './version-rows.ts';

export interface ModelLogInput {
  readonly header: Omit<LogHeader, 'catalogs'>;
  /** catalogOfPlan of the plan's definitions. */
  readonly catalog: Catalog;
  readonly plan: RunPlan;
  /** Has just played with the trace. */
  readonly player: ModelPlayer;
  readonly trace: Trace;
}

export function logOfPlay(input: ModelLogInput): Log {
  return new PlayLog(input).write();
}

class PlayLog {
  readonly #in: ModelLogInput;
  readonly #events = new EventWriter();
  readonly #versions: VersionRows;
  readonly #texts: string[];
  readonly #textOf = new Map<string, number>();
  /** First open version of each task run; those of its other partitions follow it. */
  readonly #open: Int32Array;

  constructor(input: ModelLogInput) {
    this.#in = input;
    this.#texts = [];
    this.#versions = new VersionRows(this.#events, input.plan.partitions.dataset);
    this.#open = new Int32Array(input.plan.taskRuns.count).fill(-1);
  }

  write(): Log {
    const { catalog, header, plan, trace } = this.#in;
    this.#writeRuns();
    for (let i = 0; i < trace.length; i++) this.#writeTraced(i);
    // Reads see versions by their times, so all of these must stand.
    for (let i = 0; i < trace.length; i++) if (trace.kind.at(i) === EventKind.taskStarted) this.#writeReads(i);
    const keyOf = plan.partitions.dataset.map((dataset, partition) =>
      this.#text(partitionKey(plan.definitions.workload.datasets[dataset].unit, plan.partitions.index[partition])),
    );
    const versions = this.#versions.finish(keyOf);
    return {
      ...header,
      catalogs: [{ fromUs: Number.NEGATIVE_INFINITY, hash: catalog.hash }],
      names: {
        pipelines: catalog.pipelines,
        tasks: { pipeline: catalog.tasks.pipeline, name: catalog.tasks.name },
        datasets: catalog.datasets,
        pools: catalog.pools,
        texts: this.#texts,
      },
      runs: this.#runTable(),
      taskRuns: this.#taskRunTable(),
      versions,
      chunks: this.#events.finish(),
    };
  }

  /** A run is created when it is due (a triggered one, when its first task run is ready) and ends with its last one. */
  #writeRuns(): void {
    const { plan, player } = this.#in;
    const { runs, taskRuns } = plan;
    const { readyMs, finishMs, outcome } = player.times;
    for (let run = 0; run < runs.count; run++) {
      const rows = taskRuns.ofRun.values.subarray(taskRuns.ofRun.offsets[run], taskRuns.ofRun.offsets[run + 1]);
      const firstMs = rows.reduce((ms, i) => (readyMs[i] < ms ? readyMs[i] : ms), Number.POSITIVE_INFINITY);
      const createdMs = Number.isNaN(runs.dueMs[run]) ? firstMs : Math.max(0, runs.dueMs[run]);
      if (!Number.isFinite(createdMs)) continue;
      this.#events.push({ timeUs: this.#us(createdMs), kind: EventKind.runCreated, run });
      if (rows.some((i) => outcome[i] === Outcome.unknown)) continue;
      const endedMs = rows.reduce((ms, i) => Math.max(ms, finishMs[i]), createdMs);
      const failed = rows.some((i) => outcome[i] === Outcome.failed || outcome[i] === Outcome.upstreamFailed);
      const code = failed ? Outcome.failed : Outcome.success;
      this.#events.push({ timeUs: this.#us(endedMs), kind: EventKind.runEnded, run, code });
    }
  }

  #writeTraced(i: number): void {
    const { trace, plan } = this.#in;
    const kind = trace.kind.at(i);
    const taskRun = trace.taskRun.at(i);
    const code = trace.code.at(i);
    const event = {
      timeUs: this.#us(trace.timeMs.at(i)),
      taskRun,
      run: plan.taskRuns.run[taskRun],
      attempt: trace.attempt.at(i),
    };
    this.#events.push({ ...event, kind, code, ...this.#payload(kind, taskRun, trace.value.at(i)) });
    if (kind === EventKind.taskStarted) this.#openVersions(taskRun, event);
    else if (kind === EventKind.taskEnded) this.#endVersions(taskRun, code, event);
  }

  #payload(kind: number, taskRun: number, value: number): { value?: number; text?: number } {
    if (kind === EventKind.taskBlocked || kind === EventKind.taskRetry) return { value: this.#us(value) };
    const { definitions, taskRuns } = this.#in.plan;
    return kind === EventKind.taskSkipped ? { text: this.#text(definitions.tasks[taskRuns.task[taskRun]].rule) } : {};
  }

  #openVersions(taskRun: number, event: { timeUs: number; taskRun: number; run: number; attempt: number }): void {
    const { offsets, partition } = this.#in.plan.writes;
    for (let i = offsets[taskRun]; i < offsets[taskRun + 1]; i++) {
      const version = this.#versions.open(partition[i], taskRun, event);
      if (i === offsets[taskRun]) this.#open[taskRun] = version;
    }
  }

  #endVersions(
    taskRun: number,
    outcome: number,
    event: { timeUs: number; taskRun: number; run: number; attempt: number },
  ): void {
    const { plan, player } = this.#in;
    const count = plan.writes.offsets[taskRun + 1] - plan.writes.offsets[taskRun];
    for (let i = 0; i < count; i++) {
      const version = this.#open[taskRun] + i;
      if (outcome !== Outcome.success) this.#versions.fail(version, event);
      else {
        const timeUs = this.#us(player.times.finalMs[taskRun]);
        this.#versions.finalize(version, this.#us(player.publishedMs(taskRun)), { ...event, timeUs });
      }
    }
  }

  #writeReads(i: number): void {
    const { plan, trace } = this.#in;
    const taskRun = trace.taskRun.at(i);
    const timeUs = this.#us(trace.timeMs.at(i));
    const { offsets, partition } = plan.reads;
    for (let row = offsets[taskRun]; row < offsets[taskRun + 1]; row++)
      this.#events.push({
        timeUs,
        kind: EventKind.read,
        taskRun,
        run: plan.taskRuns.run[taskRun],
        attempt: trace.attempt.at(i),
        version: this.#versions.seen(partition[row], timeUs),
      });
  }

  #runTable(): Log['runs'] {
    const { runs, frame, definitions } = this.#in.plan;
    const instant = (ms: number): string => new Date(ms).toISOString();
    return {
      pipeline: runs.pipeline,
      runId: Array.from(
        runs.pipeline,
        (p, run) => `${definitions.pipelines[p].name}/${instant(frame.startMs + runs.nominalMs[run])}/${run}`,
      ),
      logicalKey: Array.from(runs.anchorMs, (ms) => instant(ms)),
      nominalStartUs: runs.anchorMs.map((ms) => ms * US_PER_MS),
      nominalEndUs: runs.nominalMs.map((ms) => this.#us(ms)),
    };
  }

  #taskRunTable(): Log['taskRuns'] {
    const { taskRuns, definitions } = this.#in.plan;
    return {
      run: taskRuns.run,
      task: taskRuns.task,
      mapIndex: taskRuns.mapIndex,
      pool: taskRuns.task.map((task) => definitions.pool[task]),
      deadlineUs: taskRuns.deadlineMs.map((ms) => this.#us(ms)),
    };
  }

  #text(text: string): number {
    const known = this.#textOf.get(text);
    if (known !== undefined) return known;
    this.#textOf.set(text, this.#texts.length);
    return this.#texts.push(text) - 1;
  }

  #us(ms: number): number {
    return (this.#in.plan.frame.startMs + ms) * US_PER_MS;
  }
}
