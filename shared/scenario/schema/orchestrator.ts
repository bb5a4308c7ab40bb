// How the orchestrator is written: a preset's name, or a preset with what differs from it. Every key is optional; what
// is left out is the preset's.

import * as z from 'zod';
import { PRESET_NAMES, PRIORITY_RULES } from '../scenario.ts';
import { WAIT_MODES } from '../workload.ts';
import { distribution } from './distribution.ts';
import { choice, count, exactlyOne, limit, span, strict } from './values.ts';

export const presetName = choice(
  [...PRESET_NAMES, 'ideal@1', 'airflow-2@1', 'airflow-3@1', 'dagster@1', 'poll-only@1'],
  'a preset',
).meta({ description: 'a preset, with @version to hold it fast' });

const loop = strict(
  {
    idle: span.optional(),
    batch: count(1).optional(),
    create: count(1).optional(),
    examine: count(1).optional(),
    fixed: span.optional(),
    perTask: span.optional(),
    growth: span.optional(),
    schedulers: count(1, 64).optional(),
  },
  'loop',
);

const limits = strict(
  {
    parallelism: limit(1).optional(),
    activeRuns: limit(1).optional(),
    activeTasks: limit(1).optional(),
    perTask: limit(1).optional(),
  },
  'limits',
);

const executor = strict(
  {
    local: strict({ slots: limit(1).optional(), startUp: distribution.optional() }, 'local').optional(),
    celery: strict(
      {
        workers: count(1),
        concurrency: count(1).optional(),
        prefetch: count(0).optional(),
        startUp: distribution.optional(),
      },
      'celery',
    ).optional(),
    kubernetes: strict({ podsPerLoop: count(1).optional(), startUp: distribution.optional() }, 'kubernetes').optional(),
  },
  'executor',
)
  .meta({ minProperties: 1, maxProperties: 1 })
  .superRefine(exactlyOne(['local', 'celery', 'kubernetes'], 'executor'));

const triggers = strict(
  {
    mode: choice(WAIT_MODES, 'a way to wait').optional(),
    poke: span.optional(),
    timeout: z.union([span, z.literal('none')], { error: 'a time span or none is wanted' }).optional(),
    triggerer: limit(1).optional(),
  },
  'triggers',
);

const finalize = strict(
  {
    service: distribution.optional(),
    servers: limit(1).optional(),
    publishDelay: distribution.optional(),
    marker: strict({ visible: distribution.optional(), poll: span.optional() }, 'marker').optional(),
  },
  'finalize',
);

const heartbeat = strict({ every: span.optional(), timeout: span.optional(), scan: span.optional() }, 'heartbeat');

export const retries = z.union(
  [
    count(0, 1_000),
    strict(
      {
        times: count(0, 1_000),
        delay: span.optional(),
        backoff: choice(['fixed', 'exponential'], 'backoff').optional(),
        cap: span.optional(),
      },
      'retries',
    ),
  ],
  { error: 'a number of retries, or {times, delay, backoff, cap}, is wanted' },
);

export const timeout = z
  .union([span, z.literal('none')], { error: 'a time span or none is wanted' })
  .transform((value) => (value === 'none' ? null : value));

const settings = strict(
  {
    preset: presetName.optional(),
    loop: z
      .union([z.literal('none'), loop], { error: 'none, or a mapping of the loop’s settings, is wanted' })
      .optional(),
    dispatch: span.optional(),
    limits: limits.optional(),
    defaultPool: limit(1).optional(),
    priority: choice(PRIORITY_RULES, 'a priority rule').optional(),
    executor: executor.optional(),
    triggers: triggers.optional(),
    finalize: finalize.optional(),
    heartbeat: z
      .union([z.literal('none'), heartbeat], { error: 'none, or {every, timeout, scan}, is wanted' })
      .optional(),
    retries: retries.optional(),
    timeout: timeout.optional(),
    partition: choice(['interval', 'tick'], 'partition').optional(),
  },
  'orchestrator',
);

export const orchestrator = z
  .union([presetName, settings], {
    error: `a preset (${PRESET_NAMES.join(', ')}) or a mapping with overrides is wanted`,
  })
  .transform((written): z.output<typeof settings> => (typeof written === 'string' ? { preset: written } : written));

export type OrchestratorDocument = z.output<typeof orchestrator>;
export type RetriesDocument = z.output<typeof retries>;
