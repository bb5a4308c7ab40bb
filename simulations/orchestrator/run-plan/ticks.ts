// When a pipeline's schedule makes runs: cron, interval, listed times, Poisson arrivals. Each tick has its time, and an
// anchor: an instant of the partitions that the run is for (the interval that ended at the tick, or the tick).

import { int32Column } from '../../../shared/base/columns.ts';
import { GrowableFloat64 } from '../../../shared/base/growable.ts';
import { hashText } from '../../../shared/base/hash.ts';
import { randomKey, randomUnit } from '../../../shared/base/random.ts';
import { MS_PER_DAY } from '../../../shared/base/time.ts';
import type { ZoneClock } from '../../../shared/base/zone.ts';
import type { CronFields } from '../../../shared/scenario/cron.ts';
import type { PipelineDef } from '../../../shared/scenario/workload.ts';
import { cronTicks } from './cron-ticks.ts';
import type { PlanFrame } from './plan.ts';
import type { Zones } from './zones.ts';

export interface Ticks {
  /** Ms from the start, ascending. */
  readonly nominalMs: Float64Array;
  /** Epoch ms. */
  readonly anchorMs: Float64Array;
  /** By tick: hash of the run's stable name. */
  readonly nameHash: Int32Array;
}

export interface TickSpan {
  /** Ms from the start: from included, to not. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** Ticks of a schedule in a span; none for manual and dataset-triggered ones. */
export function ticksOf(pipeline: PipelineDef, frame: PlanFrame, zones: Zones, span: TickSpan): Ticks {
  const ticks = scheduleTicks(pipeline, frame, zones, span);
  return pipeline.skipDays.length === 0 ? ticks : withoutSkipped(ticks, pipeline, frame, zones);
}

function scheduleTicks(pipeline: PipelineDef, frame: PlanFrame, zones: Zones, span: TickSpan): Ticks {
  const { schedule, partitionOf } = pipeline;
  switch (schedule.kind) {
    case 'cron':
      return cronRuns(schedule.cron, pipeline, frame, zones, span);
    case 'every': {
      const nominalMs = steps(schedule.offsetMs, schedule.everyMs, span);
      return byTime(nominalMs, frame, partitionOf === 'interval' ? schedule.everyMs : 0);
    }
    case 'at': {
      const inside = schedule.atMs.filter(
        (ms, i) => ms >= span.fromMs && ms < span.toMs && ms !== schedule.atMs[i - 1],
      );
      return byTime(Float64Array.from(inside), frame, 0);
    }
    case 'poisson':
      return arrivals(schedule.meanGapMs, pipeline.name, frame);
    default:
      return byTime(new Float64Array(0), frame, 0);
  }
}

function steps(offsetMs: number, everyMs: number, { fromMs, toMs }: TickSpan): Float64Array {
  const first = Math.ceil((fromMs - offsetMs) / everyMs);
  const count = Math.max(0, Math.ceil((toMs - offsetMs) / everyMs) - first);
  return Float64Array.from({ length: count }, (_, i) => offsetMs + (first + i) * everyMs);
}

function cronRuns(cron: CronFields, pipeline: PipelineDef, frame: PlanFrame, zones: Zones, span: TickSpan): Ticks {
  const clock = zones.clock(pipeline.zone);
  const fromMs = frame.startMs + span.fromMs;
  const epochMs = cronTicks(cron, clock, fromMs, frame.startMs + span.toMs);
  const nominalMs = epochMs.map((ms) => ms - frame.startMs);
  const isInterval = pipeline.partitionOf === 'interval' && epochMs.length > 0;
  const anchorMs = isInterval ? intervalStarts(epochMs, tickBefore(cron, clock, epochMs[0])) : epochMs;
  return { nominalMs, anchorMs, nameHash: namesByTime(epochMs) };
}

const intervalStarts = (epochMs: Float64Array, before: number): Float64Array =>
  epochMs.map((_, i) => (i === 0 ? before : epochMs[i - 1]));

/** The last tick before an instant; a yearly one may be far back. Without any, a day before. */
function tickBefore(cron: CronFields, clock: ZoneClock, ms: number): number {
  for (const days of [8, 62, 366, 8 * 366]) {
    const ticks = cronTicks(cron, clock, ms - days * MS_PER_DAY, ms);
    if (ticks.length > 0) return ticks[ticks.length - 1];
  }
  return ms - MS_PER_DAY;
}

function byTime(nominalMs: Float64Array, { startMs }: PlanFrame, backMs: number): Ticks {
  const epochMs = nominalMs.map((ms) => startMs + ms);
  return { nominalMs, anchorMs: epochMs.map((ms) => ms - backMs), nameHash: namesByTime(epochMs) };
}

const namesByTime = (epochMs: Float64Array): Int32Array =>
  int32Column(epochMs.length, (i) => hashText(`tick ${epochMs[i]}`));

/**
 * Exponential gaps, drawn by pipeline and number: the n-th arrival keeps its name and, with it, all its draws when the
 * rate is changed. Times are rounded to ms after they are summed.
 */
function arrivals(meanGapMs: number, pipeline: string, { seed, replication, startMs, horizonMs }: PlanFrame): Ticks {
  const key = randomKey(seed, replication, pipeline, 'arrivals');
  const nominalMs = new GrowableFloat64();
  let ms = 0;
  for (let i = 0; ; i++) {
    ms -= meanGapMs * Math.log(randomUnit(key, i));
    if (ms >= horizonMs - 0.5) break;
    nominalMs.push(Math.round(ms));
  }
  const times = nominalMs.finish();
  return {
    nominalMs: times,
    anchorMs: times.map((at) => startMs + at),
    nameHash: int32Column(times.length, (i) => hashText(`arrival ${i}`)),
  };
}

function withoutSkipped(ticks: Ticks, { skipDays, zone }: PipelineDef, { startMs }: PlanFrame, zones: Zones): Ticks {
  const skipped = new Set(skipDays);
  const clock = zones.clock(zone);
  const isKept = (i: number): boolean =>
    !skipped.has(Math.floor(clock.localOf(startMs + ticks.nominalMs[i]) / MS_PER_DAY));
  return {
    nominalMs: ticks.nominalMs.filter((_, i) => isKept(i)),
    anchorMs: ticks.anchorMs.filter((_, i) => isKept(i)),
    nameHash: ticks.nameHash.filter((_, i) => isKept(i)),
  };
}
