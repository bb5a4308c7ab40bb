// Versioned presets of the orchestrator model. Each value that is not `ideal`'s stands beside its source; a value that
// nobody here knows for certain is left at the ideal one and listed as such, never guessed. A preset never changes
// once released: a better value makes a new version.

import type { Distribution } from '../model/distribution.ts';
import type { Orchestrator, PresetName } from './scenario.ts';

const NOTHING: Distribution = { kind: 'constant', valueMs: 0 };
const S = 1_000;
const DAY = 86_400 * S;

/** Nothing takes time and nothing is limited: with it a scenario is a reference day. */
const IDEAL: Orchestrator = {
  preset: 'ideal',
  presetVersion: 1,
  loop: null,
  dispatchMs: 0,
  limits: { parallelism: null, activeRuns: null, activeTasks: null, perTask: null },
  defaultPoolSlots: null,
  priority: 'absolute',
  executor: { kind: 'local', slots: null, startUp: NOTHING },
  triggers: { mode: 'event', pokeMs: 60 * S, timeoutMs: null, triggererSlots: null },
  finalize: {
    service: NOTHING,
    servers: null,
    publishDelay: NOTHING,
    markerVisible: NOTHING,
    markerPollMs: 0,
  },
  heartbeats: null,
  retries: { times: 0, delayMs: 300 * S, backoff: 'fixed', capMs: DAY },
  timeoutMs: null,
  partitionOf: 'interval',
};

/**
 * Airflow 2 with its defaults. Left ideal, because nobody here knows them: the loop's fixed cost and its growth, the time
 * to start a worker's process, the metadata store's service time.
 */
const AIRFLOW_2: Orchestrator = {
  ...IDEAL,
  preset: 'airflow-2',
  loop: {
    // [scheduler] scheduler_idle_sleep_time = 1
    idleMs: 1 * S,
    // [scheduler] max_tis_per_query = 16
    batchTasks: 16,
    // [scheduler] max_dagruns_to_create_per_loop = 10
    createdRuns: 10,
    // [scheduler] max_dagruns_per_loop_to_schedule = 20
    examinedRuns: 20,
    fixedMs: 0,
    // Measured in the field: 1-2 ms a considered task, which makes the reported ceiling of 500-1,000 tasks/s.
    perTaskMs: 1,
    growthMs: 0,
    schedulers: 1,
  },
  limits: {
    // [core] parallelism = 32, per scheduler
    parallelism: 32,
    // [core] max_active_runs_per_dag = 16
    activeRuns: 16,
    // [core] max_active_tasks_per_dag = 16
    activeTasks: 16,
    perTask: null,
  },
  // [core] default_pool_task_slot_count = 128
  defaultPoolSlots: 128,
  // Operators' weight_rule = downstream
  priority: 'downstream',
  // [celery] worker_concurrency = 16. One worker. A worker_prefetch_multiplier of 1 with task_acks_late = True reserves what
  // runs and no more (Celery, Optimizing: Reserve one task at a time), so nothing is held back.
  executor: { kind: 'celery', workers: 1, concurrency: 16, prefetch: 0, startUp: NOTHING },
  triggers: {
    // A sensor's mode = poke, poke_interval = 60 s
    mode: 'poke',
    pokeMs: 60 * S,
    // [sensors] default_timeout = 604800
    timeoutMs: 7 * DAY,
    // [triggerer] default_capacity = 1000
    triggererSlots: 1_000,
  },
  heartbeats: {
    // Nobody here knows how often a task reports beyond doubt: as often as the scan.
    everyMs: 10 * S,
    // [scheduler] scheduler_zombie_task_threshold = 300
    timeoutMs: 300 * S,
    // [scheduler] zombie_detection_interval = 10
    scanMs: 10 * S,
  },
  // [core] default_task_retries = 0, default_task_retry_delay = 300, max_task_retry_delay = 86400
  retries: { times: 0, delayMs: 300 * S, backoff: 'fixed', capMs: DAY },
  // Runs are for the data interval that their tick ends.
  partitionOf: 'interval',
};

/** Airflow 3 with its defaults: as 2, but a cron's run is for its tick ([scheduler] create_cron_data_intervals = False). */
const AIRFLOW_3: Orchestrator = { ...AIRFLOW_2, preset: 'airflow-3', partitionOf: 'tick' };

/**
 * Dagster (open source, its own defaults). Left ideal, because the model has no such part: the run queue's limit on runs in
 * progress over all jobs (QueuedRunCoordinator, max_concurrent_runs = 10) and its look every 5 s (dequeue_interval_seconds),
 * for they hold back runs and not task runs; `activeRuns` of a pipeline is the nearest. Left ideal, because nobody here
 * knows them: the time to launch a run's process and a step's.
 */
const DAGSTER: Orchestrator = {
  ...IDEAL,
  preset: 'dagster',
  // Sensors look every 30 s (DEFAULT_SENSOR_DAEMON_INTERVAL) and hold nothing meanwhile; they never give up.
  triggers: { mode: 'reschedule', pokeMs: 30 * S, timeoutMs: null, triggererSlots: null },
};

/** Nobody sends events: whoever waits for data looks once a minute and holds its slot meanwhile (a sensor's defaults). */
const POLL_ONLY: Orchestrator = {
  ...IDEAL,
  preset: 'poll-only',
  triggers: { mode: 'poke', pokeMs: 60 * S, timeoutMs: 7 * DAY, triggererSlots: null },
};

export const PRESETS: Readonly<Record<PresetName, Orchestrator>> = {
  ideal: IDEAL,
  'airflow-2': AIRFLOW_2,
  'airflow-3': AIRFLOW_3,
  dagster: DAGSTER,
  'poll-only': POLL_ONLY,
};
