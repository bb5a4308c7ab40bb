// Builds the run plan of a workload over a scenario's horizon. Deterministic; the same plan for the same definitions,
// scenario, seed and replication. Refuses what would be too large, and task runs that wait for each other in a cycle.

import { err, ok, type Result } from '../../../shared/base/result.ts';
import { MS_PER_DAY } from '../../../shared/base/time.ts';
import type { Scenario, ScenarioProblem } from '../../../shared/scenario/scenario.ts';
import type { Workload } from '../../../shared/scenario/workload.ts';
import { planProblems, sizeProblems } from './check-plan.ts';
import { planDeadlines, planLandings } from './deadlines.ts';
import { numberWorkload, type PlanDefinitions } from './definitions.ts';
import { planWaits } from './dependencies.ts';
import { dynamicTrigger } from './dynamic-trigger.ts';
import { PartitionTable, planWrites } from './partition-table.ts';
import type { PlanFrame, RunPlan } from './plan.ts';
import { RunDraft, ranksOf, triggersOf } from './run-table.ts';
import { addBackfills, addScheduledRuns } from './scheduled-runs.ts';
import { numberTaskRuns } from './task-rows.ts';
import { addTriggeredRuns } from './triggered-runs.ts';
import { Zones } from './zones.ts';

export type PlannedScenario = Pick<
  Scenario,
  'seed' | 'startMs' | 'horizonMs' | 'orchestrator' | 'backfills' | 'targets'
>;

/** Told what is being planned now, for people: each step once, in their order. */
export type PlanProgress = (step: string) => void;

/** `workload`: checked, and the scenario's own laid over its base. Errors carry places in the scenario's document. */
export function buildRunPlan(
  scenario: PlannedScenario,
  workload: Workload,
  replication = 0,
  onStep: PlanProgress = () => {},
): Result<RunPlan, readonly ScenarioProblem[]> {
  const defs = numberWorkload(workload, scenario.orchestrator);
  const { seed, startMs, horizonMs } = scenario;
  const frame: PlanFrame = { seed, replication, startMs, horizonMs };
  const oversize = sizeProblems(defs, frame);
  if (oversize.length > 0) return err(oversize);
  const plan = assemble(scenario, defs, frame, onStep);
  onStep(`checking what ${told(plan.taskRuns.count)} task runs wait for`);
  const problems = planProblems(plan);
  return problems.length > 0 ? err(problems) : ok(plan);
}

/** With thousands apart, as people write them. */
const told = (count: number): string => count.toLocaleString('en');

function assemble(scenario: PlannedScenario, defs: PlanDefinitions, frame: PlanFrame, onStep: PlanProgress): RunPlan {
  onStep(`planning runs of ${told(defs.pipelines.length)} pipelines`);
  const zones = new Zones(firstInstant(scenario, defs), lastInstant(scenario));
  const draft = new RunDraft(defs.pipelines.length);
  addScheduledRuns(draft, defs.pipelines, frame, zones);
  const dynamic = addTriggeredRuns(draft, defs, zones);
  addBackfills(draft, scenario.backfills, defs.pipelines, frame, zones);
  const order = draft.order();
  const runs = draft.finish(order);
  onStep(`planning ${told(runs.count)} runs`);
  const rows = numberTaskRuns(defs, runs, frame);
  onStep(`planning ${told(rows.count)} task runs`);
  const table = new PartitionTable(defs.workload.datasets.length);
  const writes = planWrites(defs, runs, rows, table, zones);
  onStep(`planning what ${told(rows.count)} task runs wait for`);
  const waits = planWaits({ defs, runs, rows, partitions: table, zones, startMs: frame.startMs });
  const partitions = table.finish();
  const { startMs } = frame;
  const due = { defs, targets: scenario.targets, runs, rows, writes, partitions, zones, startMs };
  const landings = planLandings(due);
  const taskRunOf = (run: number, task: number) => ({
    first: rows.firstOf(run, task),
    count: rows.copiesOf(run, task),
  });
  const { count, run, task, mapIndex, releaseMs, ofRun } = rows;
  const rank = ranksOf(order);
  return {
    frame,
    definitions: defs,
    runs: { ...runs, triggers: triggersOf(draft, rank, taskRunOf) },
    taskRuns: { count, run, task, mapIndex, releaseMs, deadlineMs: planDeadlines(due, landings), ofRun },
    ...waits,
    writes,
    partitions,
    landings,
    dynamic: dynamic.map((trigger) => dynamicTrigger(trigger, runs, rank, taskRunOf)),
    variesByReplication: varies(defs),
  };
}

const varies = ({ pipelines, tasks }: PlanDefinitions): boolean =>
  pipelines.some(
    ({ schedule, jitter }) => schedule.kind === 'poisson' || (jitter !== null && jitter.kind !== 'constant'),
  ) || tasks.some(({ map }) => map !== null && map.low !== map.high);

function firstInstant({ startMs, backfills }: PlannedScenario, { pipelines }: PlanDefinitions): number {
  const caughtUp = pipelines.map(({ catchUpFromMs }) => startMs + (catchUpFromMs ?? 0));
  return Math.min(startMs, ...least(caughtUp), ...least(backfills.map(({ fromDay }) => fromDay * MS_PER_DAY)));
}

const lastInstant = ({ startMs, horizonMs, backfills }: PlannedScenario): number =>
  backfills.reduce((last, { toDay }) => Math.max(last, (toDay + 1) * MS_PER_DAY), startMs + horizonMs);

const least = (values: readonly number[]): number[] =>
  values.length === 0 ? [] : [values.reduce((a, b) => Math.min(a, b))];
