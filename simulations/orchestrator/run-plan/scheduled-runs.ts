// Runs that the clock makes: ticks of schedules with jitter, ticks that were missed before the start (catch-up), and
// backfills, which run a pipeline's ticks (or days) of other dates.

import { hashText } from '../../../shared/base/hash.ts';
import { randomKey } from '../../../shared/base/random.ts';
import { MS_PER_DAY } from '../../../shared/base/time.ts';
import type { BackfillDef } from '../../../shared/scenario/scenario.ts';
import type { PipelineDef } from '../../../shared/scenario/workload.ts';
import { sampleMs } from '../durations/sample.ts';
import { type PlanFrame, RunKind } from './plan.ts';
import type { RunDraft } from './run-table.ts';
import { type Ticks, ticksOf } from './ticks.ts';
import type { Zones } from './zones.ts';

export function addScheduledRuns(
  draft: RunDraft,
  pipelines: readonly PipelineDef[],
  frame: PlanFrame,
  zones: Zones,
): void {
  for (const [id, pipeline] of pipelines.entries()) {
    const span = { fromMs: pipeline.catchUpFromMs ?? 0, toMs: frame.horizonMs };
    const ticks = ticksOf(pipeline, frame, zones, span);
    for (let i = 0; i < ticks.nominalMs.length; i++) {
      const nominalMs = ticks.nominalMs[i];
      draft.add({
        pipeline: id,
        kind: nominalMs < 0 ? RunKind.catchUp : RunKind.scheduled,
        dueMs: nominalMs + jitterMs(pipeline, ticks.nameHash[i], frame),
        nominalMs,
        anchorMs: ticks.anchorMs[i],
        nameHash: ticks.nameHash[i],
        backfill: -1,
      });
    }
  }
}

function jitterMs({ jitter, name }: PipelineDef, runHash: number, { seed, replication }: PlanFrame): number {
  if (jitter === null) return 0;
  return Math.round(sampleMs(jitter, randomKey(seed, name, runHash, 'jitter', replication)));
}

export function addBackfills(
  draft: RunDraft,
  backfills: readonly BackfillDef[],
  pipelines: readonly PipelineDef[],
  frame: PlanFrame,
  zones: Zones,
): void {
  for (const [row, backfill] of backfills.entries()) {
    const id = pipelines.findIndex(({ name }) => name === backfill.pipeline);
    const ticks = backfillTicks(backfill, pipelines[id], frame, zones);
    const order = Array.from(ticks.anchorMs, (_, i) => i);
    if (backfill.order === 'descending') order.reverse();
    for (const i of order)
      draft.add({
        pipeline: id,
        kind: RunKind.backfill,
        dueMs: backfill.atMs,
        nominalMs: ticks.nominalMs[i],
        anchorMs: ticks.anchorMs[i],
        nameHash: hashText(`backfill ${row}`, ticks.nameHash[i]),
        backfill: row,
      });
  }
}

/** The pipeline's own ticks whose partitions lie in the dates; one a day for pipelines without a clock. */
function backfillTicks(backfill: BackfillDef, pipeline: PipelineDef, frame: PlanFrame, zones: Zones): Ticks {
  const clock = zones.clock(pipeline.zone);
  const hasClock = pipeline.schedule.kind === 'cron' || pipeline.schedule.kind === 'every';
  if (!hasClock) return daily(backfill, (day) => clock.instantOf(day * MS_PER_DAY), frame);
  // An anchor may stand a whole interval before its tick.
  const fromMs = clock.instantOf(backfill.fromDay * MS_PER_DAY) - frame.startMs;
  const toMs = clock.instantOf((backfill.toDay + 1) * MS_PER_DAY) - frame.startMs;
  const reachMs = pipeline.schedule.kind === 'every' ? pipeline.schedule.everyMs : CRON_REACH_MS;
  const ticks = ticksOf({ ...pipeline, skipDays: [] }, frame, zones, { fromMs, toMs: toMs + reachMs });
  const isInside = (_: number, i: number): boolean =>
    ticks.anchorMs[i] >= frame.startMs + fromMs && ticks.anchorMs[i] < frame.startMs + toMs;
  return {
    nominalMs: ticks.nominalMs.filter(isInside),
    anchorMs: ticks.anchorMs.filter(isInside),
    nameHash: ticks.nameHash.filter(isInside),
  };
}

/** Yearly crons have the longest intervals. */
const CRON_REACH_MS = 366 * MS_PER_DAY;

function daily({ fromDay, toDay }: BackfillDef, midnight: (day: number) => number, { startMs }: PlanFrame): Ticks {
  const anchorMs = Float64Array.from({ length: toDay - fromDay + 1 }, (_, i) => midnight(fromDay + i));
  return {
    nominalMs: anchorMs.map((ms) => ms - startMs),
    anchorMs,
    nameHash: Int32Array.from(anchorMs, (ms) => hashText(`tick ${ms}`)),
  };
}
