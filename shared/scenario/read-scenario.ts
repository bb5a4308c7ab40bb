// Reads a scenario from a parsed document (YAML or JSON as plain values): the schema first, then what it means, then
// whether it can be run. Never throws on bad input; every reason has a path into the document. Defaults: seed 1, one
// replication, start 2026-01-01T00:00Z, one day, UTC, the ideal orchestrator.

import { formatDuration, MS_PER_DAY } from '../base/time.ts';
import { checkReferences } from './checks/check-references.ts';
import { checkWorkload } from './checks/check-workload.ts';
import { indexWorkload } from './checks/workload-index.ts';
import { problemsOf } from './issues.ts';
import { type Frame, HORIZON_MAX_MS, Resolving, startInstant } from './resolve/context.ts';
import { resolveBackfill, resolveBase, resolveFault, resolveTarget } from './resolve/experiment.ts';
import { resolveOrchestrator } from './resolve/orchestrator.ts';
import { checkSnapshot, frameBeforeSnapshot } from './resolve/snapshot.ts';
import { resolveDataset, resolvePipeline, resolvePool } from './resolve/workload.ts';
import type { Orchestrator, Scenario, ScenarioProblem } from './scenario.ts';
import { type ScenarioDocument, scenarioDocument } from './schema/document.ts';
import { DEFAULT_POOL, type PoolDef, type Workload } from './workload.ts';

export interface ScenarioReading {
  /** Null when a problem is an error. */
  readonly scenario: Scenario | null;
  readonly problems: readonly ScenarioProblem[];
}

export function readScenario(document: unknown): ScenarioReading {
  const parsed = scenarioDocument.safeParse(document, { reportInput: true });
  if (!parsed.success) return { scenario: null, problems: problemsOf(parsed.error.issues) };
  const resolving = new Resolving(frameOf(parsed.data), resolveOrchestrator(parsed.data.orchestrator));
  checkFrame(resolving, parsed.data);
  checkPods(resolving, parsed.data);
  const scenario = resolve(resolving, parsed.data);
  const problems = [...resolving.problems];
  if (!hasError(problems) && scenario.base === null) problems.push(...checkScenario(scenario, scenario.workload));
  return { scenario: hasError(problems) ? null : scenario, problems };
}

/** All checks that need every definition: `workload` is the scenario's own, laid over its base if it has one. */
export function checkScenario(scenario: Scenario, workload: Workload): ScenarioProblem[] {
  const backfilled = new Set(scenario.backfills.map(({ pipeline }) => pipeline));
  const index = indexWorkload(workload);
  const problems = checkWorkload(index, backfilled);
  if (workload.pipelines.length === 0)
    problems.push({
      severity: 'error',
      path: [],
      atKey: false,
      reason: 'there is nothing to run: write pipelines or a base',
    });
  return problems.length > 0 ? problems : checkReferences(scenario, index);
}

/** The definitions of a base with the scenario's own over them: what has the same name is replaced. */
export function overlay(base: Workload, { workload: own, orchestrator }: Scenario): Workload {
  return {
    pools: withDefaultPool(replaceByName(base.pools, own.pools), orchestrator),
    datasets: replaceByName(base.datasets, own.datasets),
    pipelines: replaceByName(base.pipelines, own.pipelines),
    // Another definition under a name may have other tasks: only an untouched base keeps its order.
    taskOrder: own.pipelines.length === 0 ? base.taskOrder : null,
  };
}

const hasError = (problems: readonly ScenarioProblem[]): boolean =>
  problems.some(({ severity }) => severity === 'error');

/** 2026-01-01T00:00Z. */
const START_MS = 1_767_225_600_000;
/** 1970 to 2200. */
const START_MAX_MS = 230 * 365.25 * MS_PER_DAY;

function frameOf(w: ScenarioDocument): Frame {
  const zone = w.zone ?? 'UTC';
  const around = w.start === undefined ? frameBeforeSnapshot(w, zone) : null;
  if (around !== null && around.startMs >= 0 && around.startMs <= START_MAX_MS) return around;
  const startMs = w.start === undefined ? START_MS : startInstant(w.start, zone);
  const isPossible = startMs !== null && startMs >= 0 && startMs <= START_MAX_MS;
  return {
    startMs: isPossible ? startMs : START_MS,
    horizonMs: Math.min(w.horizon ?? MS_PER_DAY, HORIZON_MAX_MS),
    zone,
  };
}

function checkFrame(r: Resolving, w: ScenarioDocument): void {
  if (w.start?.kind === 'fromStart') r.error(['start'], 'the start is an instant or a local time, not a span');
  else if (w.start !== undefined && startInstant(w.start, r.frame.zone) !== r.frame.startMs)
    r.error(['start'], 'the start is between 1970 and 2200');
  checkSnapshot(r, w);
  if (w.horizon === 0) r.error(['horizon'], 'a horizon of nothing');
  if ((w.horizon ?? 0) > HORIZON_MAX_MS)
    r.error(['horizon'], `${formatDuration(w.horizon ?? 0)} is beyond the longest horizon, 90 days`);
  else if ((w.warmUp ?? 0) >= r.frame.horizonMs)
    r.error(['warmUp'], 'the warm-up leaves nothing of the horizon to measure');
}

/** A preset's own pods without a loop are made at once; a number that is written means something else. */
function checkPods(r: Resolving, { orchestrator }: ScenarioDocument): void {
  if (orchestrator?.executor?.kubernetes?.podsPerLoop === undefined || r.orchestrator.loop !== null) return;
  const path = ['orchestrator', 'executor', 'kubernetes', 'podsPerLoop'];
  r.error(path, 'pods are made by the scheduler’s loop, and there is none: write loop too, or leave it out');
}

function resolve(r: Resolving, w: ScenarioDocument): Scenario {
  const base = w.base === undefined ? null : resolveBase(r, w.base);
  if (base?.kind !== 'log' && w.resample !== undefined)
    r.error(['resample'], 'only the durations of a base log can be drawn again: write base: {log: …}');
  return {
    name: w.name ?? '',
    seed: w.seed ?? 1,
    replications: w.replications ?? 1,
    ...r.frame,
    warmUpMs: w.snapshot === undefined ? (w.warmUp ?? 0) : r.fromStart(w.snapshot),
    snapshotMs: w.snapshot === undefined ? null : r.frame.startMs + r.fromStart(w.snapshot),
    base,
    resample: w.resample ?? 'fitted',
    orchestrator: r.orchestrator,
    workload: resolveWorkload(r, w),
    backfills: (w.backfills ?? []).map((backfill, i) => resolveBackfill(r, ['backfills', i], backfill)),
    faults: (w.faults ?? []).map((fault, i) => resolveFault(r, ['faults', i], fault)),
    targets: (w.targets ?? []).map((target, i) => resolveTarget(r, ['targets', i], target)),
    growth: w.grow
      ? {
          pipelines: w.grow.pipelines ?? 0,
          like: w.grow.like ?? [],
          attach: w.grow.attach ?? 'same-upstreams',
          data: w.grow.data ?? 0,
        }
      : null,
  };
}

function resolveWorkload(r: Resolving, w: ScenarioDocument): Workload {
  const pools = Object.entries(w.pools ?? {}).map(([name, pool]) => resolvePool(name, pool));
  return {
    pools: w.base === undefined ? withDefaultPool(pools, r.orchestrator) : pools,
    datasets: Object.entries(w.datasets ?? {}).map(([name, dataset]) => resolveDataset(r, name, dataset)),
    pipelines: Object.entries(w.pipelines ?? {}).map(([name, pipeline]) => resolvePipeline(r, name, pipeline)),
    taskOrder: null,
  };
}

function withDefaultPool(pools: readonly PoolDef[], { defaultPoolSlots: slots }: Orchestrator): readonly PoolDef[] {
  return pools.some(({ name }) => name === DEFAULT_POOL)
    ? pools
    : [...pools, { name: DEFAULT_POOL, slots, slowdown: [] }];
}

function replaceByName<T extends { readonly name: string }>(base: readonly T[], own: readonly T[]): T[] {
  const replaced = new Map(own.map((def) => [def.name, def]));
  const kept = base.map((def) => replaced.get(def.name) ?? def);
  const known = new Set(base.map(({ name }) => name));
  return [...kept, ...own.filter(({ name }) => !known.has(name))];
}
