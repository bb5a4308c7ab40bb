// Lays the state of an observed log at an instant onto the run plan of a scenario: which planned task runs were over, ran,
// or are to come. Runs that were asked for by hand and were not over (no schedule makes them) are planned as backfills
// of their dates. Where the plan has somebody wait of whom the log says that it was ready, the log is right. What the log
// has and the plan has no place for is counted.
// Limit: whole milliseconds, rounded down.

import { err, ok, type Result } from '../../../shared/base/result.ts';
import { type Log, taskRunLabel } from '../../../shared/model/log.ts';
import type { BackfillDef, Scenario, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import { labelOf, type Workload } from '../../../shared/scenario/workload.ts';
import { buildRunPlan, type PlanProgress } from '../run-plan/build-run-plan.ts';
import type { PlannedDependencies, PlannedLandings, PlannedTriggers, RunPlan } from '../run-plan/plan.ts';
import { Laid, type LaidSnapshot } from './laid-snapshot.ts';
import { dayOfRun, matchRuns } from './match-runs.ts';
import { Observed, type ObservedState, observedState } from './observed-state.ts';

export interface SnapshotPlan {
  /** With the backfills that the log has. */
  readonly scenario: Scenario;
  readonly plan: RunPlan;
  readonly laid: LaidSnapshot;
  readonly observed: ObservedState;
  /** By task run of the log: its row of the plan, or -1. */
  readonly rowOf: Int32Array;
  /** Runs of the log that were planned as backfills. */
  readonly backfills: number;
  /** Runs planned for the log's time before the instant of which the log has nothing: left out. */
  readonly unseenRuns: number;
}

/** `workload`: the scenario's own laid over its base. Refused where the instant lies outside the log. */
export function planSnapshot(
  scenario: Scenario,
  workload: Workload,
  log: Log,
  onStep: PlanProgress = () => {},
): Result<SnapshotPlan, readonly ScenarioProblem[]> {
  const { startMs, snapshotMs } = scenario;
  if (snapshotMs === null) throw new Error('a scenario without a snapshot');
  if (scenario.growth !== null) return err([problem('pipelines that are not there yet have no observed state')]);
  const observed = observedState(log, snapshotMs);
  if (!(snapshotMs > observed.fromMs && snapshotMs <= observed.toMs)) return err([outside(log, observed, snapshotMs)]);
  const first = buildRunPlan(scenario, workload, 0, onStep);
  if (!first.ok) return first;
  if (first.value.variesByReplication) return err([varies()]);
  const backfills = backfillsOf(first.value, log, observed, snapshotMs);
  const whole = { ...scenario, backfills: [...scenario.backfills, ...backfills] };
  const planned = backfills.length === 0 ? first : buildRunPlan(whole, workload, 0, onStep);
  if (!planned.ok) return planned;
  const layer = new Layer(planned.value, log, observed, snapshotMs - startMs);
  return ok({ scenario: whole, observed, backfills: backfills.length, ...layer.lay() });
}

const problem = (reason: string): ScenarioProblem => ({ severity: 'error', path: ['snapshot'], atKey: false, reason });

const instant = (ms: number): string => new Date(ms).toISOString();

const outside = ({ name }: Log, { fromMs, toMs }: ObservedState, atMs: number): ScenarioProblem =>
  problem(
    Number.isFinite(fromMs)
      ? `${instant(atMs)} is not within ${name}, which goes from ${instant(fromMs)} to ${instant(toMs)}`
      : `${name} has no times`,
  );

const varies = (): ScenarioProblem =>
  problem('Poisson arrivals, jitter and drawn map counts make other runs in every replication: a snapshot has its own');

/** Of unfinished runs that have begun and that no schedule makes, by pipeline and date. */
function backfillsOf(plan: RunPlan, log: Log, observed: ObservedState, atMs: number): BackfillDef[] {
  const isMatched = new Uint8Array(log.runs.pipeline.length);
  for (const run of matchRuns(plan, log, observed.createdMs)) if (run >= 0) isMatched[run] = 1;
  const isOpen = new Uint8Array(log.runs.pipeline.length);
  log.taskRuns.run.forEach((run, i) => {
    if (observed.status[i] !== Observed.ended) isOpen[run] = 1;
  });
  const known = new Set(plan.definitions.pipelines.map(({ name }) => name));
  const backfills = new Map<string, BackfillDef>();
  for (const [run, pipelineId] of log.runs.pipeline.entries()) {
    const createdMs = observed.createdMs[run];
    const pipeline = log.names.pipelines.name[pipelineId];
    if (isMatched[run] === 1 || isOpen[run] === 0 || !(createdMs <= atMs) || !known.has(pipeline)) continue;
    const day = dayOfRun(log, run, createdMs);
    const askedMs = Math.max(0, createdMs - plan.frame.startMs);
    const key = `${pipeline}\n${day}`;
    if (!backfills.has(key))
      backfills.set(key, { pipeline, fromDay: day, toDay: day, atMs: askedMs, activeRuns: null, order: 'ascending' });
  }
  return [...backfills.values()];
}

class Layer {
  readonly #plan: RunPlan;
  readonly #log: Log;
  readonly #observed: ObservedState;
  readonly #laid: LaidSnapshot;
  readonly #rowOf: Int32Array;
  #unseenRuns = 0;

  constructor(plan: RunPlan, log: Log, observed: ObservedState, atMs: number) {
    const { count } = plan.taskRuns;
    const unknown = (): Float64Array => new Float64Array(count).fill(Number.NaN);
    this.#plan = plan;
    this.#log = log;
    this.#observed = observed;
    this.#rowOf = new Int32Array(log.taskRuns.task.length).fill(-1);
    this.#laid = {
      atMs,
      status: new Uint8Array(count),
      readyMs: unknown(),
      firstStartMs: unknown(),
      startMs: unknown(),
      endMs: unknown(),
      landedMs: unknown(),
      landsLater: new Uint8Array(count),
      outcome: new Uint8Array(count),
      attempts: new Uint16Array(count),
    };
  }

  lay(): Pick<SnapshotPlan, 'plan' | 'laid' | 'rowOf' | 'unseenRuns'> {
    const matched = matchRuns(this.#plan, this.#log, this.#observed.createdMs);
    this.#leaveOut(matched);
    this.#layTaskRuns(matched);
    return { plan: this.#startingPlan(), laid: this.#laid, rowOf: this.#rowOf, unseenRuns: this.#unseenRuns };
  }

  /** Due before the instant and not in the log; triggered by nothing but such. */
  #leaveOut(matched: Int32Array): void {
    const { runs, taskRuns, frame } = this.#plan;
    const logFromMs = this.#observed.fromMs - frame.startMs;
    const isOut = new Uint8Array(runs.count);
    for (let run = 0; run < runs.count; run++) {
      if (matched[run] >= 0 || !(runs.dueMs[run] < this.#laid.atMs)) continue;
      isOut[run] = 1;
      if (runs.dueMs[run] >= logFromMs) this.#unseenRuns++;
    }
    for (let changed = true; changed; ) {
      changed = false;
      for (let run = 0; run < runs.count; run++) {
        const triggers = runs.triggers.values.subarray(runs.triggers.offsets[run], runs.triggers.offsets[run + 1]);
        if (isOut[run] === 1 || matched[run] >= 0 || triggers.length === 0) continue;
        if (!triggers.every((taskRun) => isOut[taskRuns.run[taskRun]] === 1)) continue;
        isOut[run] = 1;
        changed = true;
      }
    }
    for (let i = 0; i < taskRuns.count; i++) if (isOut[taskRuns.run[i]] === 1) this.#laid.status[i] = Laid.leftOut;
  }

  #layTaskRuns(matched: Int32Array): void {
    const { taskRuns, definitions: defs } = this.#plan;
    const labels = defs.tasks.map(({ name }, task) => labelOf(defs.pipelines[defs.pipelineOf[task]].name, name));
    const rows = new Map<string, number>();
    for (let i = 0; i < taskRuns.count; i++) {
      const run = matched[taskRuns.run[i]];
      if (run >= 0) rows.set(`${run} ${taskRuns.mapIndex[i]} ${labels[taskRuns.task[i]]}`, i);
    }
    const { run, mapIndex, task } = this.#log.taskRuns;
    for (let i = 0; i < task.length; i++) {
      const row = rows.get(`${run[i]} ${mapIndex[i]} ${taskRunLabel(this.#log, i)}`);
      if (row === undefined) continue;
      this.#rowOf[i] = row;
      this.#layOne(row, i);
    }
  }

  #layOne(row: number, i: number): void {
    const o = this.#observed;
    const l = this.#laid;
    const fromStart = (ms: number): number => Math.floor(ms) - this.#plan.frame.startMs;
    l.readyMs[row] = fromStart(o.readyMs[i]);
    if (o.status[i] === Observed.toCome) return;
    l.status[row] = o.status[i] === Observed.ended ? Laid.ended : Laid.running;
    l.firstStartMs[row] = fromStart(o.firstStartMs[i]);
    l.startMs[row] = fromStart(o.startMs[i]);
    l.endMs[row] = fromStart(o.endMs[i]);
    l.landedMs[row] = fromStart(o.landedMs[i]);
    l.landsLater[row] = o.landsLater[i];
    l.outcome[row] = o.outcome[i];
    l.attempts[row] = o.attempts[i];
  }

  /** What has its observed times comes of itself; retries come when they are due; what had landed is judged no more. */
  #startingPlan(): RunPlan {
    const { taskRuns, landings, runs } = this.#plan;
    const { status, landedMs } = this.#laid;
    const releaseMs = taskRuns.releaseMs.map((ms, i) => (status[i] === Laid.toCome ? ms : Number.POSITIVE_INFINITY));
    this.#rowOf.forEach((row, i) => {
      const retryMs = Math.ceil(this.#observed.retryMs[i]) - this.#plan.frame.startMs;
      if (row >= 0 && status[row] === Laid.toCome && retryMs > releaseMs[row]) releaseMs[row] = retryMs;
    });
    const dependencies = this.#withoutMet(releaseMs);
    const isOver = (i: number): boolean => status[i] === Laid.leftOut || !Number.isNaN(landedMs[i]);
    return {
      ...this.#plan,
      dependencies,
      runs: { ...runs, triggers: this.#triggersToCome() },
      taskRuns: {
        ...taskRuns,
        releaseMs,
        deadlineMs: taskRuns.deadlineMs.map((ms, i) => (isOver(i) ? Number.NaN : ms)),
      },
      landings: landings.map((landing) => stillToCome(landing, isOver)),
    };
  }

  /** A run that had begun waits for no trigger. */
  #triggersToCome(): PlannedTriggers {
    const { taskRuns, runs } = this.#plan;
    const { status, readyMs, atMs } = this.#laid;
    const hasBegun = new Uint8Array(runs.count);
    for (let i = 0; i < status.length; i++)
      if (status[i] === Laid.ended || status[i] === Laid.running || readyMs[i] <= atMs) hasBegun[taskRuns.run[i]] = 1;
    const { rows, offsets } = keptRows(runs.triggers.offsets, (run) => hasBegun[run] === 0);
    const { values, byMarker } = runs.triggers;
    return { offsets, values: rows.map((row) => values[row]), byMarker: Uint8Array.from(rows, (row) => byMarker[row]) };
  }

  /** Who was ready by then, as the log says, waits for no upstream, whatever is inferred of it; who looks for its data still does. */
  #withoutMet(releaseMs: Float64Array): PlannedDependencies {
    const { dependencies: d, definitions } = this.#plan;
    const { status, readyMs, atMs } = this.#laid;
    const looks = (row: number): boolean =>
      d.wait[row] >= 0 && !['event', 'none'].includes(definitions.waits[d.wait[row]].mode);
    const isMet = (i: number): boolean => {
      if (status[i] !== Laid.toCome || !(readyMs[i] <= atMs)) return false;
      for (let row = d.offsets[i]; row < d.offsets[i + 1]; row++) if (looks(row)) return false;
      return true;
    };
    const { rows, offsets } = keptRows(d.offsets, (i) => !isMet(i));
    // It comes when it was ready, not when its run might have begun: others may have come between.
    for (let i = 0; i < status.length; i++) if (isMet(i)) releaseMs[i] = Math.max(releaseMs[i], readyMs[i]);
    if (rows.length === d.upstream.length) return d;
    const of = (column: Int32Array): Int32Array => rows.map((row) => column[row]);
    return {
      offsets,
      upstream: of(d.upstream),
      kind: Uint8Array.from(rows, (row) => d.kind[row]),
      wait: of(d.wait),
      partition: of(d.partition),
      group: of(d.group),
    };
  }
}

/** Rows of a list of lists that are kept, with their offsets. */
function keptRows(offsets: Int32Array, isKept: (owner: number) => boolean): { rows: Int32Array; offsets: Int32Array } {
  const rows: number[] = [];
  const kept = new Int32Array(offsets.length);
  for (let owner = 0; owner + 1 < offsets.length; owner++) {
    if (isKept(owner)) for (let row = offsets[owner]; row < offsets[owner + 1]; row++) rows.push(row);
    kept[owner + 1] = rows.length;
  }
  return { rows: Int32Array.from(rows), offsets: kept };
}

/** Trials of which a writer has not landed yet. */
function stillToCome(landing: PlannedLandings, isOver: (taskRun: number) => boolean): PlannedLandings {
  const { offsets, values } = landing.writers;
  const writersOf = (trial: number): Int32Array => values.subarray(offsets[trial], offsets[trial + 1]);
  const kept = Array.from(landing.deadlineMs, (_, trial) => trial).filter((trial) => !writersOf(trial).every(isOver));
  const writers = kept.map(writersOf);
  const ends = Int32Array.from({ length: kept.length + 1 }, () => 0);
  writers.forEach((each, i) => {
    ends[i + 1] = ends[i] + each.length;
  });
  return {
    ...landing,
    deadlineMs: Float64Array.from(kept, (trial) => landing.deadlineMs[trial]),
    writers: { offsets: ends, values: Int32Array.from(writers.flatMap((each) => [...each])) },
  };
}
