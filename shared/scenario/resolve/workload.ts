// Turns written pools, datasets and pipelines into definitions: short forms spelled out, defaults filled in.

import type { Distribution } from '../../model/distribution.ts';
import type { QualityGate } from '../../model/ledger.ts';
import type {
  AwaitDocument,
  DatasetDocument,
  GateDocument,
  PipelineDocument,
  PoolDocument,
  ReadDocument,
  TaskDocument,
  TaskSettings,
} from '../schema/pipeline.ts';
import type { Shift } from '../units.ts';
import {
  type AwaitDef,
  type DatasetDef,
  DEFAULT_POOL,
  type PartitionUnit,
  type PipelineDef,
  type PoolDef,
  type ReadDef,
  type TaskDef,
  type WaitDef,
} from '../workload.ts';
import { CATCH_UP_MAX_MS, type Path, type Resolving } from './context.ts';
import { resolveRetries } from './orchestrator.ts';
import { resolveSchedule } from './schedule.ts';

export function resolvePool(name: string, written: PoolDocument): PoolDef {
  if (written === null || typeof written === 'number') return { name, slots: written, slowdown: [] };
  const slowdown = (written.slowdown ?? []).map(({ at, factor }) => ({ share: at, factor }));
  return { name, slots: written.slots, slowdown: slowdown.sort((a, b) => a.share - b.share) };
}

const UNITS: Readonly<Record<string, PartitionUnit>> = {
  none: 'none',
  hourly: 'hour',
  daily: 'day',
  weekly: 'week',
  monthly: 'month',
};

export function resolveDataset(r: Resolving, name: string, written: DatasetDocument): DatasetDef {
  const w = typeof written === 'string' ? { partitioned: written } : written;
  const unit = UNITS[w.partitioned ?? 'none'];
  const zone = w.zone ?? (unit === 'hour' ? 'UTC' : r.frame.zone);
  if (unit === 'hour' && zone !== 'UTC')
    r.error(
      ['datasets', name, 'zone'],
      'hourly partitions are hours of UTC, where each hour exists once: leave the zone out',
    );
  return {
    name,
    unit,
    zone,
    check: w.check ? { duration: w.check.duration, passShare: w.check.passes ?? 1 } : null,
    marker: w.marker ?? null,
    rows: w.rows ?? Number.NaN,
    ...(w.gate === undefined ? {} : { gate: resolveGate(r, name, w.gate) }),
  };
}

function resolveGate(r: Resolving, dataset: string, { rows, nulls, schema, freshness }: GateDocument): QualityGate {
  const { min, max, relative } = rows ?? {};
  const path = ['datasets', dataset, 'gate', 'rows'];
  if (min !== undefined && max !== undefined && min > max) r.error(path, 'min is above max: nothing passes');
  if (relative !== undefined && relative.low > relative.high) r.error(path, 'low is above high: nothing passes');
  const bounds = {
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(relative === undefined ? {} : { relative }),
  };
  return {
    ...(rows === undefined ? {} : { rowCount: bounds }),
    ...(nulls === undefined ? {} : { nullRates: nulls }),
    ...(schema === undefined ? {} : { schemaFingerprint: schema }),
    ...(freshness === undefined ? {} : { freshnessMs: freshness }),
  };
}

export function resolvePipeline(r: Resolving, name: string, written: PipelineDocument): PipelineDef {
  const path = ['pipelines', name];
  const zone = written.zone ?? r.frame.zone;
  const tasks = Object.entries(written.tasks).map(([taskName, task]) => resolveTask(r, taskName, task, written));
  if (tasks.length === 0) r.error([...path, 'tasks'], 'a pipeline without tasks');
  return {
    name,
    domain: written.domain ?? '',
    owner: written.owner ?? '',
    tier: written.tier ?? '',
    tags: written.tags ?? [],
    schedule: resolveSchedule(r, [...path, 'schedule'], written.schedule),
    zone,
    partitionOf: written.partition ?? r.orchestrator.partitionOf,
    jitter: written.jitter ?? null,
    skipDays: written.skip ?? [],
    catchUpFromMs: catchUp(r, path, written),
    activeRuns: written.activeRuns === undefined ? r.orchestrator.limits.activeRuns : written.activeRuns,
    activeTasks: written.activeTasks === undefined ? r.orchestrator.limits.activeTasks : written.activeTasks,
    variation: { run: written.variation?.run ?? 0, night: written.variation?.night ?? 0 },
    tasks,
  };
}

function catchUp(r: Resolving, path: Path, { catchUp: written }: PipelineDocument): number | null {
  if (!written) return null;
  const fromMs = r.fromStart(written.since);
  const place = [...path, 'catchUp', 'since'];
  if (fromMs >= 0) r.error(place, 'catches up from a time that is not before the start');
  if (fromMs < -CATCH_UP_MAX_MS) r.error(place, 'catches up over more than a year');
  return fromMs;
}

const isDistribution = (written: TaskDocument): written is Distribution => 'kind' in written;

function resolveTask(r: Resolving, name: string, written: TaskDocument, pipeline: PipelineDocument): TaskDef {
  const w: TaskSettings = isDistribution(written) ? { duration: written } : written;
  const { orchestrator } = r;
  const timeout = w.timeout === undefined ? pipeline.timeout : w.timeout;
  return {
    name,
    duration: w.duration,
    stragglers: w.stragglers ?? null,
    pool: w.pool ?? pipeline.pool ?? DEFAULT_POOL,
    slots: w.slots ?? 1,
    priority: w.priority ?? pipeline.priority ?? 1,
    after: unique(w.after ?? []),
    rule: w.rule ?? 'all_success',
    reads: listed(w.reads).map((read) => resolveRead(r, read)),
    writes: unique(w.writes ?? []),
    awaits: listed(w.awaits).map((awaited) => resolveAwait(r, awaited)),
    retries: resolveRetries(w.retries ?? pipeline.retries, orchestrator.retries),
    timeoutMs: timeout === undefined ? orchestrator.timeoutMs : timeout,
    concurrency: w.concurrency === undefined ? orchestrator.limits.perTask : w.concurrency,
    map: typeof w.map === 'number' ? { low: w.map, high: w.map } : (w.map ?? null),
    notBeforeMs: w.notBefore ?? 0,
    deadlineMs: w.deadline ?? null,
    finalize: w.finalize ?? null,
    dependsOnPast: w.dependsOnPast ?? false,
    waitForDownstream: w.waitForDownstream ?? false,
  };
}

const NO_SHIFT: Shift = { days: 0, ms: 0 };

function resolveRead(r: Resolving, written: ReadDocument): ReadDef {
  const w = typeof written === 'string' ? { dataset: written } : written;
  return {
    dataset: w.dataset,
    mapping: {
      shift: w.offset ?? NO_SHIFT,
      select: w.window
        ? { kind: 'window', unit: w.window }
        : w.last
          ? { kind: 'last', count: w.last }
          : { kind: 'same' },
      any: w.any ?? false,
    },
    wait: resolveWait(r, w),
  };
}

function resolveAwait(r: Resolving, written: AwaitDocument): AwaitDef {
  const w = typeof written === 'string' ? { task: written } : written;
  return { task: w.task, shift: w.offset ?? NO_SHIFT, wait: resolveWait(r, w) };
}

type WrittenWait = {
  readonly wait?: WaitDef['mode'] | undefined;
  readonly every?: number | undefined;
  readonly timeout?: number | null | undefined;
};

function resolveWait({ orchestrator: { triggers } }: Resolving, w: WrittenWait): WaitDef {
  return {
    mode: w.wait ?? triggers.mode,
    everyMs: w.every ?? triggers.pokeMs,
    timeoutMs: w.timeout === undefined ? triggers.timeoutMs : w.timeout,
  };
}

const listed = <T>(written: T | T[] | undefined): T[] =>
  written === undefined ? [] : Array.isArray(written) ? written : [written];

const unique = (names: readonly string[]): string[] => [...new Set(names)];
