// How the rest of a scenario is written: where definitions come from, backfills, faults, targets, growth.

import * as z from 'zod';
import { FAULT_KINDS, FAULT_MESSAGES, FAULT_STEPS } from '../scenario.ts';
import { distribution } from './distribution.ts';
import {
  change,
  choice,
  clock,
  count,
  date,
  exactlyOne,
  limit,
  moment,
  name,
  names,
  rate,
  share,
  span,
  strict,
  zone,
} from './values.ts';

export const base = strict(
  {
    sample: strict(
      { seed: count(0).optional(), pipelines: count(1, 100_000).optional(), taskRuns: count(1, 10_000_000).optional() },
      'sample',
    ).optional(),
    day: z.string({ error: 'the folder of a reference day is wanted' }).min(1).max(4_096).optional(),
    log: names.optional(),
  },
  'base',
)
  .meta({ minProperties: 1, maxProperties: 1 })
  .superRefine(exactlyOne(['sample', 'day', 'log'], 'base'));

export const backfill = strict(
  {
    pipeline: name,
    from: date,
    to: date,
    at: moment.optional(),
    activeRuns: limit(1).optional(),
    order: choice(['ascending', 'descending'], 'order').optional(),
  },
  'a backfill',
);

const TIMINGS = ['share', 'rate', 'at', 'once'] as const;

export const fault = strict(
  {
    kind: choice(FAULT_KINDS, 'a fault’s kind'),
    of: name.optional(),
    step: choice(FAULT_STEPS, 'a step').optional(),
    message: choice(FAULT_MESSAGES, 'a message').optional(),
    lasts: distribution.optional(),
    share: share.optional(),
    rate: rate.optional(),
    at: z.union([moment, z.array(moment)], { error: 'a point in time, or a list of them, is wanted' }).optional(),
    once: strict({ partition: z.string().max(1_000).optional(), attempt: count(1).optional() }, 'once').optional(),
  },
  'a fault',
).superRefine(exactlyOne(TIMINGS, 'a fault'));

const startLatency = strict(
  {
    of: name.optional(),
    p50: span.optional(),
    p90: span.optional(),
    p95: span.optional(),
    p99: span.optional(),
    'p99.9': span.optional(),
  },
  'startLatency',
);

const landing = strict(
  { dataset: name, by: clock.optional(), zone: zone.optional(), within: span.optional(), share: share.optional() },
  'landing',
).superRefine(exactlyOne(['by', 'within'], 'landing'));

export const target = strict(
  { startLatency: startLatency.optional(), landing: landing.optional(), makespan: span.optional() },
  'a target',
)
  .meta({ minProperties: 1, maxProperties: 1 })
  .superRefine(exactlyOne(['startLatency', 'landing', 'makespan'], 'a target'));

export const growth = strict(
  {
    pipelines: change.optional(),
    like: names.optional(),
    attach: choice(['same-upstreams', 'new-sources'], 'attach').optional(),
    data: change.optional(),
  },
  'grow',
);

export type FaultDocument = z.output<typeof fault>;
export type TargetDocument = z.output<typeof target>;
export type BaseDocument = z.output<typeof base>;
export type BackfillDocument = z.output<typeof backfill>;
