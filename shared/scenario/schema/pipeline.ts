// How pipelines, tasks, datasets and pools are written. Short forms: a task may be its duration, a pool its slots, a
// dataset its partitioning, a schedule its cron text.

import * as z from 'zod';
import { TRIGGER_RULES, WAIT_MODES } from '../workload.ts';
import { distribution } from './distribution.ts';
import { retries, timeout } from './orchestrator.ts';
import {
  choice,
  count,
  date,
  exactlyOne,
  flag,
  limit,
  moment,
  name,
  names,
  notNegative,
  positive,
  rate,
  share,
  shift,
  span,
  strict,
  zone,
} from './values.ts';

const slowdown = z.array(strict({ at: share, factor: positive }, 'a slowdown point')).max(100);

export const pool = z.union([limit(0), strict({ slots: limit(0), slowdown: slowdown.optional() }, 'a pool')], {
  error: 'a number of slots, or {slots, slowdown}, is wanted',
});

/** What a version must satisfy before it is whole; read by the ledger, not by the simulator. */
const gate = strict(
  {
    rows: strict(
      {
        min: count(0).optional(),
        max: count(0).optional(),
        relative: strict({ versions: count(1, 100), low: notNegative, high: positive }, 'relative').optional(),
      },
      'rows',
    ).optional(),
    nulls: z.record(name, share, { error: 'the highest null rate by column is wanted' }).optional(),
    schema: name.optional(),
    freshness: span.optional(),
  },
  'a gate',
);

const partitioning = choice(['none', 'hourly', 'daily', 'weekly', 'monthly'], 'a partitioning');

export const dataset = z.union(
  [
    partitioning,
    strict(
      {
        partitioned: partitioning.optional(),
        zone: zone.optional(),
        check: strict({ duration: distribution, passes: share.optional() }, 'check').optional(),
        gate: gate.optional(),
        marker: name.optional(),
        rows: notNegative.optional(),
      },
      'a dataset',
    ),
  ],
  { error: 'a partitioning (daily, hourly …) or a mapping is wanted' },
);

const wait = {
  wait: choice(WAIT_MODES, 'a way to wait').optional(),
  every: span.optional(),
  timeout: timeout.optional(),
};

const read = z.union(
  [
    name,
    strict(
      {
        dataset: name,
        offset: shift.optional(),
        window: choice(['hour', 'day', 'week', 'month'], 'a window').optional(),
        last: count(1, 10_000).optional(),
        any: flag.optional(),
        ...wait,
      },
      'a read',
    ),
  ],
  { error: 'the name of a dataset, or {dataset, offset, window, last, any, wait, every, timeout}, is wanted' },
);

const awaited = z.union([name, strict({ task: name, offset: shift.optional(), ...wait }, 'an awaited task')], {
  error: 'pipeline.task, or {task, offset, wait, every, timeout}, is wanted',
});

const someReads = z.union([read, z.array(read)], { error: 'a dataset, or a list of them, is wanted' });
const someAwaited = z.union([awaited, z.array(awaited)], { error: 'a task, or a list of them, is wanted' });

const mapCount = z.union([count(0, 100_000), strict({ low: count(0, 100_000), high: count(0, 100_000) }, 'map')], {
  error: 'a number of mapped copies, or {low, high}, is wanted',
});

/** What tasks share, when a pipeline says it for all of them. */
const taskDefaults = {
  pool: name.optional(),
  priority: count(-2_147_483_648).optional(),
  retries: retries.optional(),
  timeout: timeout.optional(),
};

const settings = strict(
  {
    duration: distribution,
    stragglers: strict({ share, factor: positive }, 'stragglers').optional(),
    after: names.optional(),
    rule: choice(TRIGGER_RULES, 'a trigger rule').optional(),
    ...taskDefaults,
    slots: count(1).optional(),
    reads: someReads.optional(),
    writes: names.optional(),
    awaits: someAwaited.optional(),
    concurrency: limit(1).optional(),
    map: mapCount.optional(),
    notBefore: span.optional(),
    deadline: span.optional(),
    finalize: distribution.optional(),
    dependsOnPast: flag.optional(),
    waitForDownstream: flag.optional(),
  },
  'a task',
);

export const task = z.union([distribution, settings], {
  error: 'a task is a duration (20m), or a mapping with a duration',
});

const SCHEDULE_KEYS = ['cron', 'every', 'all', 'any', 'poisson', 'at'] as const;

const schedule = z.union(
  [
    z.string(),
    strict(
      {
        cron: z.string({ error: 'cron text is wanted' }).optional(),
        every: span.optional(),
        offset: span.optional(),
        all: names.optional(),
        any: names.optional(),
        poisson: rate.optional(),
        at: z.union([moment, z.array(moment)], { error: 'a point in time, or a list of them, is wanted' }).optional(),
      },
      'a schedule',
    ).superRefine(exactlyOne(SCHEDULE_KEYS, 'a schedule')),
  ],
  { error: 'cron text, manual, or one of {cron, every, all, any, poisson, at} is wanted' },
);

export const pipeline = strict(
  {
    schedule: schedule.optional(),
    zone: zone.optional(),
    partition: choice(['interval', 'tick'], 'partition').optional(),
    jitter: distribution.optional(),
    skip: z.array(date, { error: 'a list of dates is wanted' }).optional(),
    catchUp: z
      .union([z.literal(false), strict({ since: moment }, 'catchUp')], { error: 'false, or {since: …}, is wanted' })
      .optional(),
    domain: name.optional(),
    owner: name.optional(),
    tier: name.optional(),
    tags: names.optional(),
    activeRuns: limit(1).optional(),
    activeTasks: limit(1).optional(),
    variation: strict({ run: notNegative.optional(), night: notNegative.optional() }, 'variation').optional(),
    ...taskDefaults,
    tasks: z.record(name, task, { error: 'tasks by name are wanted' }),
  },
  'a pipeline',
);

export type PoolDocument = z.output<typeof pool>;
export type GateDocument = z.output<typeof gate>;
export type DatasetDocument = z.output<typeof dataset>;
export type ReadDocument = z.output<typeof read>;
export type AwaitDocument = z.output<typeof awaited>;
export type TaskDocument = z.output<typeof task>;
export type TaskSettings = z.output<typeof settings>;
export type ScheduleDocument = z.output<typeof schedule>;
export type PipelineDocument = z.output<typeof pipeline>;
