// The named cast of the sample company's story: ten pipelines, which are there at every size. Their
// times are what makes the story; what happens to them is not written here but played.
// A usual night: events are written 00:20-00:40 and whole at 00:42; sessions runs to 01:12; user_daily lands 01:29.

import { MS_PER_MINUTE, MS_PER_SECOND } from '../../../shared/base/time.ts';
import { parseCron } from '../../../shared/scenario/cron.ts';
import type {
  DatasetDef,
  PipelineDef,
  ReadDef,
  ScheduleDef,
  TaskDef,
  WaitDef,
} from '../../../shared/scenario/workload.ts';
import type { Deliverable } from './background.ts';
import { EVENT, pipelineOf, SAME_PARTITION, taskOf, UNCHECKED } from './shapes.ts';

const MINUTE = MS_PER_MINUTE;
const TOP_PRIORITY = 9;
/** It looks for its data once a minute, and holds no slot meanwhile. */
const LOOKING: WaitDef = { mode: 'reschedule', everyMs: MINUTE, timeoutMs: null };

export const CAST = {
  events: 'events',
  eventsRaw: 'ingest.events_raw',
  sessions: 'features.sessions',
  userDaily: 'features.user_daily',
  trainDaily: 'recs.train_daily',
  model: 'recs.model',
  pushModel: 'recs.push_model',
  backfill: 'growth.attribution_backfill',
} as const;

/** Rows of a usual version of `events`, and the files that its writer makes of them. */
export const EVENTS_ROWS = 3_200_000_000;
export const EVENTS_FILES = 10_000;

/** Their order is which of them growth takes as models first. */
export const CAST_PIPELINES: readonly PipelineDef[] = [
  cast(CAST.pushModel, '@recs', cron('40 1 * * *'), [
    { duration: median(4, 0.1), reads: [read(CAST.model, UNCHECKED)], writes: ['recs.serving'] },
  ]),
  cast(CAST.eventsRaw, '@platform', cron('20 0 * * *'), [
    { pool: 'mirror', duration: median(20, 0.065), writes: [CAST.events] },
  ]),
  // Three long Spark jobs hold a quarter of the pool while the night's work goes through.
  cast('payments.settlement', '@payments', cron('30 0 * * *'), [
    { name: 'match', pool: 'spark', slots: 12, duration: median(62, 0.04) },
    { name: 'post', after: ['match'], duration: median(88, 0.06), writes: ['payments.settlement'] },
  ]),
  cast(CAST.sessions, '@features', { kind: 'datasets', mode: 'all', datasets: [CAST.events] }, [
    {
      pool: 'spark',
      slots: 96,
      duration: median(28.8, 0.03),
      stragglers: { share: 0.001, factor: 2.2 },
      reads: [read(CAST.events, EVENT)],
      writes: [CAST.sessions],
      finalize: constant(60),
    },
  ]),
  cast('catalog.search_index', '@catalog', cron('25 0 * * *'), [
    { name: 'tokenize', pool: 'spark', slots: 6, duration: median(76, 0.04) },
    { name: 'pack', after: ['tokenize'], duration: median(57, 0.06), writes: ['catalog.search_index'] },
  ]),
  cast(CAST.userDaily, '@features', cron('30 0 * * *'), [
    {
      pool: 'features',
      slots: 4,
      duration: median(14, 0.03),
      reads: [read(CAST.sessions, LOOKING)],
      writes: [CAST.userDaily],
      finalize: constant(135),
    },
  ]),
  cast('identity.household', '@identity', cron('30 0 * * *'), [
    { name: 'pair', pool: 'spark', slots: 6, duration: median(66, 0.04) },
    { name: 'merge', after: ['pair'], duration: median(42, 0.06), writes: ['identity.household'] },
  ]),
  cast(CAST.trainDaily, '@recs', cron('45 0 * * *'), [
    {
      pool: 'gpu',
      slots: 4,
      duration: median(46, 0.01),
      reads: [read(CAST.events, UNCHECKED)],
      writes: [CAST.model],
    },
  ]),
  cast('finance.ledger_daily', '@finance', cron('30 4 * * *'), [
    { duration: median(41, 0.06), reads: [read('payments.settlement', EVENT)], writes: ['finance.ledger_daily'] },
  ]),
  cast(CAST.backfill, '@growth', { kind: 'manual' }, [
    { pool: 'spark', slots: 96, duration: median(32.4, 0.02), writes: ['growth.attribution'] },
  ]),
];

export const CAST_DELIVERABLES: readonly Deliverable[] = [
  { dataset: CAST.userDaily, byMs: 120 * MINUTE },
  { dataset: 'recs.serving', byMs: 150 * MINUTE },
  { dataset: 'identity.household', byMs: 180 * MINUTE },
  { dataset: 'catalog.search_index', byMs: 210 * MINUTE },
  { dataset: 'payments.settlement', byMs: 240 * MINUTE },
  { dataset: 'finance.ledger_daily', byMs: 360 * MINUTE },
];

/** Rows that a version of each has on a usual night. */
const ROWS: Readonly<Record<string, number>> = {
  [CAST.events]: EVENTS_ROWS,
  [CAST.sessions]: 410_000_000,
  [CAST.userDaily]: 52_000_000,
  [CAST.model]: 1_800_000,
  'recs.serving': 1_800_000,
  'payments.settlement': 23_000_000,
  'catalog.search_index': 140_000_000,
  'identity.household': 31_000_000,
  'finance.ledger_daily': 9_000_000,
  'growth.attribution': 96_000_000,
};

export const CAST_DATASETS: readonly DatasetDef[] = Object.entries(ROWS).map(([name, rows]) => ({
  name,
  unit: 'day',
  zone: 'UTC',
  check: name === CAST.events ? { duration: median(1.9, 0.02), passShare: 1 } : null,
  marker: null,
  rows,
}));

/** A single task has its pipeline's name. */
function cast(name: string, owner: string, schedule: ScheduleDef, tasks: readonly Partial<TaskDef>[]): PipelineDef {
  return pipelineOf({
    name,
    domain: name.slice(0, name.indexOf('.')),
    owner,
    tier: '1',
    schedule,
    // A little on its own, a little with its domain's night.
    variation: { run: 0.02, night: 0.03 },
    tasks: tasks.map((task) => taskOf({ name, priority: TOP_PRIORITY, ...task })),
  });
}

function cron(text: string): ScheduleDef {
  const fields = parseCron(text);
  if (!fields.ok) throw new Error(fields.error);
  return { kind: 'cron', cron: fields.value };
}

function median(minutes: number, sigma: number) {
  return { kind: 'lognormal', medianMs: minutes * MINUTE, sigma } as const;
}

function constant(seconds: number) {
  return { kind: 'constant', valueMs: seconds * MS_PER_SECOND } as const;
}

function read(dataset: string, wait: WaitDef): ReadDef {
  return { dataset, mapping: SAME_PARTITION, wait };
}
