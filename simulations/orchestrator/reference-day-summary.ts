// What a played reference day comes to, in the few numbers that REFERENCE_DAY names.

import { nearestRank } from '../../shared/base/quantile.ts';
import { DepKind } from '../../shared/model/catalog.ts';
import type { DayAnswer, ReferenceDay } from '../../shared/model/reference-day.ts';

export interface DaySummary {
  readonly tasks: number;
  /** 2 x tasks (enqueue, finish) + the publishes that somebody waits for. */
  readonly events: number;
  /** Nearest rank of start - ready; NaN on a day without tasks. */
  readonly startLatencyP50Ms: number;
  readonly startLatencyP99Ms: number;
  /** Deadlines with final <= deadline, of those there are. */
  readonly deadlinesMet: number;
  readonly deadlinesTotal: number;
  /** The largest final time; 0 on a day without tasks. */
  readonly makespanMs: number;
}

export function summarizeDay(day: ReferenceDay, answer: DayAnswer): DaySummary {
  const latencyMs = answer.startMs.map((startMs, task) => startMs - answer.readyMs[task]).sort();
  return {
    tasks: day.taskCount,
    events: 2 * day.taskCount + awaitedPublishes(day),
    startLatencyP50Ms: nearestRank(latencyMs, 0.5),
    startLatencyP99Ms: nearestRank(latencyMs, 0.99),
    ...deadlines(day, answer),
    makespanMs: answer.finalMs.reduce((latest, finalMs) => Math.max(latest, finalMs), 0),
  };
}

/** Distinct upstreams with at least one publish dependency. */
function awaitedPublishes({ taskCount, depUpstream, depKind }: ReferenceDay): number {
  const awaited = new Uint8Array(taskCount);
  for (let i = 0; i < depKind.length; i++) if (depKind[i] === DepKind.publish) awaited[depUpstream[i]] = 1;
  return awaited.reduce((count, one) => count + one, 0);
}

function deadlines({ deadlineMs }: ReferenceDay, { finalMs }: DayAnswer) {
  let deadlinesMet = 0;
  let deadlinesTotal = 0;
  for (let task = 0; task < deadlineMs.length; task++) {
    if (deadlineMs[task] < 0) continue;
    deadlinesTotal++;
    if (finalMs[task] <= deadlineMs[task]) deadlinesMet++;
  }
  return { deadlinesMet, deadlinesTotal };
}
