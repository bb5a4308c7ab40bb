// Which planned run is which run of an observed log: of the same pipeline the one for the same instant, else for the same
// date, else the one whose time is nearest to when the observed one was created. Each is matched once at most.

import { MS_PER_DAY, MS_PER_HOUR, US_PER_MS } from '../../../shared/base/time.ts';
import type { Log } from '../../../shared/model/log.ts';
import type { RunPlan } from '../run-plan/plan.ts';

/** Farther apart they are two runs. */
const NEAR_MS = 12 * MS_PER_HOUR;

/** Days since the epoch that an observed run is for: of its key, else of its nominal time, else of its creation. NaN when nothing is known. */
export function dayOfRun({ runs }: Log, run: number, createdMs: number): number {
  const date = /(?:^|\/)date=(\d{4}-\d{2}-\d{2})/.exec(runs.logicalKey[run]);
  const nominalMs = runs.nominalStartUs[run] / US_PER_MS;
  const ms = date ? Date.parse(`${date[1]}T00:00:00Z`) : Number.isNaN(nominalMs) ? createdMs : nominalMs;
  return Math.floor(ms / MS_PER_DAY);
}

/** By planned run: the run of the log, or -1. `createdMs`: by run of the log. */
export function matchRuns(plan: RunPlan, log: Log, createdMs: Float64Array): Int32Array {
  const matched = new Int32Array(plan.runs.count).fill(-1);
  const byPipeline = new Map<string, number[]>();
  log.runs.pipeline.forEach((pipeline, run) => {
    const name = log.names.pipelines.name[pipeline];
    const others = byPipeline.get(name);
    if (others === undefined) byPipeline.set(name, [run]);
    else others.push(run);
  });
  const planned = new Map<number, number[]>();
  plan.runs.pipeline.forEach((pipeline, run) => {
    const others = planned.get(pipeline);
    if (others === undefined) planned.set(pipeline, [run]);
    else others.push(run);
  });
  for (const [pipeline, rows] of planned) {
    const observed = byPipeline.get(plan.definitions.pipelines[pipeline].name) ?? [];
    matchPipeline({ plan, log, createdMs, matched }, rows, observed);
  }
  return matched;
}

interface Matching {
  readonly plan: RunPlan;
  readonly log: Log;
  readonly createdMs: Float64Array;
  readonly matched: Int32Array;
}

type Distance = (planned: number, observed: number) => number;

function matchPipeline(m: Matching, planned: readonly number[], observed: readonly number[]): void {
  const { anchorMs, nominalMs } = m.plan.runs;
  const { nominalStartUs, nominalEndUs } = m.log.runs;
  const tickMs = (p: number): number => m.plan.frame.startMs + nominalMs[p];
  const dayOf = new Map(observed.map((o) => [o, dayOfRun(m.log, o, m.createdMs[o])]));
  const sameTime: Distance = (p, o) =>
    nominalStartUs[o] === anchorMs[p] * US_PER_MS || nominalEndUs[o] === tickMs(p) * US_PER_MS ? 0 : Number.NaN;
  const sameDate: Distance = (p, o) =>
    Math.floor(anchorMs[p] / MS_PER_DAY) === dayOf.get(o) ? Math.abs(m.createdMs[o] - tickMs(p)) : Number.NaN;
  const near: Distance = (p, o) => {
    const apartMs = Math.abs(m.createdMs[o] - tickMs(p));
    return apartMs <= NEAR_MS && !isDated(m.log, o) ? apartMs : Number.NaN;
  };
  const left = new Set(observed);
  for (const distance of [sameTime, sameDate, near]) {
    for (const p of planned) {
      if (m.matched[p] >= 0) continue;
      const found = nearest(p, left, distance);
      if (found < 0) continue;
      m.matched[p] = found;
      left.delete(found);
    }
  }
}

/** A date that is written is meant: another one is another run. */
const isDated = ({ runs }: Log, run: number): boolean => /(?:^|\/)date=\d{4}-\d{2}-\d{2}/.test(runs.logicalKey[run]);

function nearest(planned: number, observed: ReadonlySet<number>, distance: Distance): number {
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  for (const o of observed) {
    const apart = distance(planned, o);
    if (apart < least) {
      found = o;
      least = apart;
    }
  }
  return found;
}
