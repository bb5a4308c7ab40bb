// Lays a scenario's overrides over its preset.

import { PRESETS } from '../presets.ts';
import type { ExecutorModel, Orchestrator, PresetName, SchedulerLoop } from '../scenario.ts';
import type { OrchestratorDocument, RetriesDocument } from '../schema/orchestrator.ts';
import type { RetryDef } from '../workload.ts';

export function resolveOrchestrator(written: OrchestratorDocument | undefined): Orchestrator {
  const preset = PRESETS[(written?.preset ?? 'ideal').replace(/@.*/, '') as PresetName];
  if (written === undefined) return preset;
  const { triggers: t, finalize: f, limits } = written;
  return {
    ...preset,
    loop: resolveLoop(written.loop, preset.loop),
    dispatchMs: written.dispatch ?? preset.dispatchMs,
    limits: { ...preset.limits, ...known(limits ?? {}) },
    defaultPoolSlots: written.defaultPool === undefined ? preset.defaultPoolSlots : written.defaultPool,
    priority: written.priority ?? preset.priority,
    executor: resolveExecutor(written.executor, preset.executor),
    triggers: {
      mode: t?.mode ?? preset.triggers.mode,
      pokeMs: t?.poke ?? preset.triggers.pokeMs,
      timeoutMs: t?.timeout === undefined ? preset.triggers.timeoutMs : t.timeout === 'none' ? null : t.timeout,
      triggererSlots: t?.triggerer === undefined ? preset.triggers.triggererSlots : t.triggerer,
    },
    finalize: {
      service: f?.service ?? preset.finalize.service,
      servers: f?.servers === undefined ? preset.finalize.servers : f.servers,
      publishDelay: f?.publishDelay ?? preset.finalize.publishDelay,
      markerVisible: f?.marker?.visible ?? preset.finalize.markerVisible,
      markerPollMs: f?.marker?.poll ?? preset.finalize.markerPollMs,
    },
    heartbeats: resolveHeartbeats(written.heartbeat, preset.heartbeats),
    retries: resolveRetries(written.retries, preset.retries),
    timeoutMs: written.timeout === undefined ? preset.timeoutMs : written.timeout,
    partitionOf: written.partition ?? preset.partitionOf,
  };
}

/** A loop that is written where the preset has none starts from one that costs nothing and sees everything. */
const FREE_LOOP: SchedulerLoop = {
  idleMs: 1_000,
  batchTasks: 2_147_483_647,
  createdRuns: 2_147_483_647,
  examinedRuns: 2_147_483_647,
  fixedMs: 0,
  perTaskMs: 0,
  growthMs: 0,
  schedulers: 1,
};

function resolveLoop(written: OrchestratorDocument['loop'], preset: SchedulerLoop | null): SchedulerLoop | null {
  if (written === undefined) return preset;
  if (written === 'none') return null;
  const from = preset ?? FREE_LOOP;
  return {
    idleMs: written.idle ?? from.idleMs,
    batchTasks: written.batch ?? from.batchTasks,
    createdRuns: written.create ?? from.createdRuns,
    examinedRuns: written.examine ?? from.examinedRuns,
    fixedMs: written.fixed ?? from.fixedMs,
    perTaskMs: written.perTask ?? from.perTaskMs,
    growthMs: written.growth ?? from.growthMs,
    schedulers: written.schedulers ?? from.schedulers,
  };
}

function resolveExecutor(written: OrchestratorDocument['executor'], preset: ExecutorModel): ExecutorModel {
  if (written === undefined) return preset;
  const startUp = (own: ExecutorModel['startUp'] | undefined): ExecutorModel['startUp'] => own ?? preset.startUp;
  const { celery, kubernetes, local } = written;
  if (celery) {
    const from = preset.kind === 'celery' ? preset : CELERY;
    return {
      kind: 'celery',
      workers: celery.workers,
      concurrency: celery.concurrency ?? from.concurrency,
      prefetch: celery.prefetch ?? from.prefetch,
      startUp: startUp(celery.startUp),
    };
  }
  if (kubernetes) {
    // [kubernetes_executor] worker_pods_creation_batch_size = 1
    return { kind: 'kubernetes', podsPerLoop: kubernetes.podsPerLoop ?? 1, startUp: startUp(kubernetes.startUp) };
  }
  return { kind: 'local', slots: local?.slots ?? null, startUp: startUp(local?.startUp) };
}

/** As the airflow presets. */
const CELERY = { concurrency: 16, prefetch: 0 } as const;

function resolveHeartbeats(
  written: OrchestratorDocument['heartbeat'],
  preset: Orchestrator['heartbeats'],
): Orchestrator['heartbeats'] {
  if (written === undefined) return preset;
  if (written === 'none') return null;
  const from = preset ?? PRESETS['airflow-2'].heartbeats;
  return {
    everyMs: written.every ?? from?.everyMs ?? 0,
    timeoutMs: written.timeout ?? from?.timeoutMs ?? 0,
    scanMs: written.scan ?? from?.scanMs ?? 0,
  };
}

export function resolveRetries(written: RetriesDocument | undefined, from: RetryDef): RetryDef {
  if (written === undefined) return from;
  if (typeof written === 'number') return { ...from, times: written };
  return {
    times: written.times,
    delayMs: written.delay ?? from.delayMs,
    backoff: written.backoff ?? from.backoff,
    capMs: written.cap ?? from.capMs,
  };
}

/** Without the keys that were not written. */
function known<T extends object>(written: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(written).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
