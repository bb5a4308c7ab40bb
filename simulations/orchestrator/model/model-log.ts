// Turns a traced play into a log like any other: runs, attempts, what each waited for and why, partition versions, and
// what each task run read. Everything in it is recorded: the simulator was there.

import { US_PER_MS } from '../../../shared/base/time.ts';
import type { LifecyclePolicy } from '../../../shared/lifecycle/version-state.ts';
import type { Catalog } from '../../../shared/model/catalog.ts';
import { EventKind, Outcome } from '../../../shared/model/event.ts';
import { EventWriter } from '../../../shared/model/event-writer.ts';
import type { Log, LogHeader } from '../../../shared/model/log.ts';
import { partitionKey } from '../run-plan/partitions.ts';
import type { RunPlan } from '../run-plan/plan.ts';
import type { ModelPlayer } from './play-model.ts';
import type { Trace } from './trace.ts';
import { type StepRows, TraceEvents } from './trace-events.ts';
import { spellTrace } from './trace-rows.ts';
import { VersionLog } from './version-log.ts';
import { VersionSteps } from './version-steps.ts';

/** Space for so many is taken at once; a log of more grows. */
const EVENTS_PER_TASK_RUN = 12;

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
  readonly #events: EventWriter;
  readonly #versions: VersionLog;
  readonly #steps: VersionSteps;
  readonly #traced: TraceEvents;
  readonly #texts: string[];
  readonly #textOf = new Map<string, number>();

  constructor(input: ModelLogInput) {
    this.#in = input;
    this.#texts = [];
    const { plan, player } = input;
    this.#events = new EventWriter(EVENTS_PER_TASK_RUN * plan.taskRuns.count);
    this.#traced = new TraceEvents(plan, this.#events, (taskRun) => this.#ruleOf(taskRun));
    const policies = plan.definitions.workload.datasets.map(({ check }) => policyOf(player.leaseMs, check !== null));
    this.#versions = new VersionLog(
      this.#events,
      plan.partitions.dataset,
      policies,
      (text) => this.#text(text),
      player.rules.off,
    );
    this.#steps = new VersionSteps(plan, this.#versions);
  }

  write(): Log {
    const { catalog, header, plan, player, trace } = this.#in;
    this.#writeRuns();
    spellTrace(trace, plan, player, this.#traced);
    const { steps, starts } = this.#traced;
    this.#steps.write(steps);
    // Reads see versions by their times, so all of these must stand.
    for (let i = 0; i < starts.length; i++) this.#writeReads(starts, i);
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

  #ruleOf(taskRun: number): number {
    const { definitions, taskRuns } = this.#in.plan;
    return this.#text(definitions.tasks[taskRuns.task[taskRun]].rule);
  }

  #writeReads(starts: StepRows, i: number): void {
    const { plan } = this.#in;
    const { offsets, partition } = plan.reads;
    const { datasets } = plan.definitions.workload;
    const taskRun = starts.taskRun.at(i);
    const timeUs = starts.timeUs.at(i);
    const run = plan.taskRuns.run[taskRun];
    const attempt = starts.attempt.at(i);
    for (let row = offsets[taskRun]; row < offsets[taskRun + 1]; row++) {
      const dataset = plan.partitions.dataset[partition[row]];
      const looks = this.#looks(plan.taskRuns.task[taskRun], dataset);
      const { version, share } = this.#versions.seen(partition[row], timeUs, looks);
      const value = Math.floor(datasets[dataset].rows * share);
      this.#events.push({ timeUs, kind: EventKind.read, run, taskRun, version, attempt, code: 0, value, text: -1 });
    }
  }

  /** Whether a task takes of a dataset whatever is there. */
  #looks(task: number, dataset: number): boolean {
    if (this.#in.player.rules.readsEarly) return true;
    return this.#in.plan.definitions.reads[task].every((read) => read.dataset !== dataset || read.mode === 'none');
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
      // Copies land together, once.
      deadlineUs: taskRuns.deadlineMs.map((ms, i) => (taskRuns.mapIndex[i] > 0 ? Number.NaN : this.#us(ms))),
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

const policyOf = (leaseMs: number, gated: boolean): LifecyclePolicy => ({
  leaseUs: leaseMs * US_PER_MS,
  clockToleranceUs: 0,
  gated,
  readyWhen: 'finalized',
});
