// The sample company's other pipelines, as the workload defines them: planned pipelines become tasks with durations,
// pools, dependencies, schedules and deadlines. The first task reads a pipeline's inputs, the last writes its dataset.
// Every draw is keyed by a name: another size leaves the others as they were.

import { randomKey, randomNormal, randomUnit } from '../../../shared/base/random.ts';
import { MS_PER_HOUR, MS_PER_MINUTE, MS_PER_SECOND } from '../../../shared/base/time.ts';
import { parseCron } from '../../../shared/scenario/cron.ts';
import type { DatasetDef, PipelineDef, ReadDef, ScheduleDef, TaskDef } from '../../../shared/scenario/workload.ts';
import type { PipelinePlan } from './plan.ts';
import { EVENT, pipelineOf, SAME_PARTITION, taskOf, UNCHECKED } from './shapes.ts';
import { STEPS } from './vocabulary.ts';

/** Of the sources, the share that starts in hour 0, by hour 1, … */
const HOUR_SHARES = [0.16, 0.4, 0.65, 0.85] as const;
const DELIVERABLE_SHARE = 0.021;
/** The last task writes the dataset, which takes longer than a step. */
const WRITE_FACTOR = 5;
/** Pools whose tasks are heavy, and how much. */
const POOL_FACTOR: Readonly<Record<string, number>> = { default: 1, spark: 1.3, features: 1, gpu: 1.2 };
/** Before this, only a share of what would run on Spark does. */
const SPARK_FROM_MS = 80 * MS_PER_MINUTE;
const EARLY_SPARK_SHARE = 0.17;
/** What a task run waits for a loop and its start-up, as people count on it. */
const USUAL_LATENCY_MS = 15 * MS_PER_SECOND;
/** Share of pipelines that also read what another domain built the night before. */
const OFFSET_SHARE = 0.06;

/** A dataset that somebody was promised by a time of day, in the night after its date. */
export interface Deliverable {
  readonly dataset: string;
  readonly byMs: number;
}

export interface Background {
  readonly pipelines: readonly PipelineDef[];
  readonly datasets: readonly DatasetDef[];
  readonly deliverables: readonly Deliverable[];
}

export function defineBackground(seed: number, plans: readonly PipelinePlan[]): Background {
  const usualMs = new Float64Array(plans.length);
  const deliverables: Deliverable[] = [];
  const pipelines = plans.map((plan) => {
    const startMs = startOf(seed, plan, usualMs);
    const tasks = tasksOf(seed, plan, plans, startMs);
    usualMs[plan.id] = startMs + pathMs(tasks);
    const byMs = promiseOf(seed, plan, usualMs[plan.id]);
    if (byMs !== null) deliverables.push({ dataset: plan.name, byMs });
    return define(plan, plans, { tasks, startMs, isPromised: byMs !== null });
  });
  const datasets = plans.map(({ name }) => ({
    name,
    unit: 'day' as const,
    zone: 'UTC',
    check: null,
    marker: null,
    rows: Math.round(2_000_000 * Math.exp(1.8 * randomNormal(randomKey(seed, 'rows', name), 0))),
  }));
  return { pipelines, datasets, deliverables };
}

interface Drafted {
  readonly tasks: readonly TaskDef[];
  /** When it usually starts, ms after midnight. */
  readonly startMs: number;
  readonly isPromised: boolean;
}

function define(plan: PipelinePlan, plans: readonly PipelinePlan[], drafted: Drafted): PipelineDef {
  const { name, domain } = plan;
  const { tasks, startMs, isPromised } = drafted;
  return pipelineOf({
    name,
    domain: domain.name,
    owner: domain.owner,
    tier: isPromised ? '2' : '3',
    schedule:
      plan.start === 'triggered'
        ? { kind: 'datasets', mode: 'all', datasets: plan.inputs.map((input) => plans[input].name) }
        : cronAt(startMs),
    variation: { run: 0.14, night: 0.07 },
    tasks,
  });
}

function cronAt(ms: number): ScheduleDef {
  const minutes = Math.round(ms / MS_PER_MINUTE);
  const cron = parseCron(`${minutes % 60} ${Math.floor(minutes / 60) % 24} * * *`);
  if (!cron.ok) throw new Error(cron.error);
  return { kind: 'cron', cron: cron.value };
}

/** Whoever starts by the clock leaves what he usually waits for a margin. */
function startOf(seed: number, plan: PipelinePlan, usualMs: Float64Array): number {
  if (plan.start === 'source') return sourceStartMs(seed, plan.name);
  const wholeMs = Math.max(...plan.inputs.map((input) => usualMs[input]));
  if (plan.start === 'triggered') return wholeMs;
  const marginMs = (1 + 5 * randomUnit(randomKey(seed, 'margin', plan.name), 0)) * MS_PER_MINUTE;
  return roundUp(wholeMs + marginMs, 5 * MS_PER_MINUTE);
}

/** Sources come in cron bursts: most at the full hour, some at the half, some in between. */
function sourceStartMs(seed: number, pipeline: string): number {
  const key = randomKey(seed, 'cron', pipeline);
  const hour = hourAt(randomUnit(key, 0)) * MS_PER_HOUR;
  const minute = randomUnit(key, 1);
  if (minute < 0.4) return hour;
  if (minute < 0.6) return hour + 30 * MS_PER_MINUTE;
  return hour + Math.floor(randomUnit(key, 2) * 12) * 5 * MS_PER_MINUTE;
}

function hourAt(u: number): number {
  const hour = HOUR_SHARES.findIndex((share) => u < share);
  return hour < 0 ? HOUR_SHARES.length : hour;
}

/** Some pipelines late in the chain are promised by a quarter hour that the usual night meets with room. */
function promiseOf(seed: number, plan: PipelinePlan, landsMs: number): number | null {
  const key = randomKey(seed, 'deadline', plan.name);
  if (plan.start !== 'triggered' || randomUnit(key, 0) >= DELIVERABLE_SHARE / 0.75) return null;
  const roomMs = (60 + 60 * randomUnit(key, 1)) * MS_PER_MINUTE;
  return roundUp(landsMs + roomMs, 15 * MS_PER_MINUTE);
}

function tasksOf(seed: number, plan: PipelinePlan, plans: readonly PipelinePlan[], startMs: number): TaskDef[] {
  const { name: pipeline, taskCount } = plan;
  const names = Array.from({ length: taskCount }, (_, i) => taskName(i, taskCount));
  const after = afterOf(seed, pipeline, names);
  const priority = 1 + Math.floor(randomUnit(randomKey(seed, 'priority', pipeline), 0) * 5);
  return names.map((name, i) => {
    const isLast = i === taskCount - 1;
    const pool = poolOf(seed, plan, name, startMs);
    return taskOf({
      name,
      priority,
      pool,
      duration: { kind: 'lognormal', medianMs: medianMs(seed, pipeline, name, pool, isLast), sigma: 0.22 },
      stragglers: { share: 0.004, factor: 4 },
      after: after[i],
      retries: { times: 2, delayMs: MS_PER_MINUTE, backoff: 'fixed', capMs: MS_PER_HOUR },
      reads: i === 0 ? readsOf(seed, plan, plans) : [],
      writes: isLast ? [pipeline] : [],
      finalize: isLast ? { kind: 'constant', valueMs: finalizeMs(seed, pipeline) } : null,
    });
  });
}

function readsOf(seed: number, plan: PipelinePlan, plans: readonly PipelinePlan[]): ReadDef[] {
  const wait = plan.start === 'clock' ? UNCHECKED : EVENT;
  const reads = plan.inputs.map((input): ReadDef => ({ dataset: plans[input].name, mapping: SAME_PARTITION, wait }));
  const key = randomKey(seed, 'offset', plan.name);
  if (plan.id === 0 || randomUnit(key, 0) >= OFFSET_SHARE) return reads;
  const dataset = plans[Math.floor(randomUnit(key, 1) * plan.id)].name;
  if (plan.inputs.some((input) => plans[input].name === dataset)) return reads;
  return [...reads, { dataset, mapping: { ...SAME_PARTITION, shift: { days: -1, ms: 0 } }, wait }];
}

/** By task, the tasks before it: a few steps back, and the last one after every task that nobody else waits for. */
function afterOf(seed: number, pipeline: string, names: readonly string[]): string[][] {
  const last = names.length - 1;
  const after: string[][] = names.map(() => []);
  const isAwaited = new Uint8Array(names.length);
  const add = (i: number, upstream: number): void => {
    after[i].push(names[upstream]);
    isAwaited[upstream] = 1;
  };
  for (let i = 1; i < last; i++) {
    const key = randomKey(seed, 'task', pipeline, names[i]);
    const one = Math.max(0, i - 1 - Math.floor(randomUnit(key, 1) * 5));
    const other = Math.max(0, i - 1 - Math.floor(randomUnit(key, 2) * 7));
    add(i, one);
    if (randomUnit(key, 3) < 0.3 && other !== one) add(i, other);
  }
  for (let i = 0; i < last; i++) if (isAwaited[i] === 0) add(last, i);
  return after;
}

function taskName(i: number, count: number): string {
  if (i === count - 1) return 'publish';
  const step = STEPS[Math.min(STEPS.length - 1, Math.floor((i / count) * STEPS.length))];
  return `${step}_${String(i).padStart(2, '0')}`;
}

function medianMs(seed: number, pipeline: string, task: string, pool: string, isLast: boolean): number {
  const usual = 62 * MS_PER_SECOND * Math.exp(0.8 * randomNormal(randomKey(seed, 'usual', pipeline, task), 0));
  return Math.round(usual * (POOL_FACTOR[pool] ?? 1) * (isLast ? WRITE_FACTOR : 1));
}

/** The longest way through a pipeline, each task at its median. */
function pathMs(tasks: readonly TaskDef[]): number {
  const endMs = new Map<string, number>();
  let latestMs = 0;
  for (const { name, after, duration, finalize } of tasks) {
    const readyMs = after.reduce((ms, upstream) => Math.max(ms, endMs.get(upstream) ?? 0), 0);
    const runsMs = duration.kind === 'lognormal' ? duration.medianMs : 0;
    const ms = readyMs + USUAL_LATENCY_MS + runsMs;
    endMs.set(name, ms);
    latestMs = Math.max(latestMs, ms + (finalize?.kind === 'constant' ? finalize.valueMs : 0));
  }
  return latestMs;
}

/** Until the night's first Spark jobs are through, the others mostly keep away from that pool. */
function poolOf(seed: number, { name, domain }: PipelinePlan, task: string, startMs: number): string {
  const key = randomKey(seed, 'task', name, task);
  const pool = domain.pools[Math.floor(randomUnit(key, 0) * domain.pools.length)];
  const isAway = pool === 'spark' && startMs < SPARK_FROM_MS && randomUnit(key, 4) >= EARLY_SPARK_SHARE;
  return isAway ? 'default' : pool;
}

const finalizeMs = (seed: number, pipeline: string): number =>
  Math.round((2 + 40 * randomUnit(randomKey(seed, 'finalize', pipeline), 0)) * MS_PER_SECOND);

const roundUp = (value: number, step: number): number => Math.ceil(value / step) * step;
