// Measures one size: the event loop of the engine and of the heap baseline on the same synthetic day, in turns, so that
// whatever else the machine does falls on both. CPU time is the process's own, so it holds the compiler and the
// collector too; medians leave warming up out.

import { nearestRank, sortedKnown } from '../../shared/base/quantile.ts';
import { createDayPlayer } from '../orchestrator/reference-day.ts';
import { HeapDay } from './heap-day.ts';
import { syntheticDay } from './synthetic-day.ts';

export interface EngineFigures {
  readonly tasks: number;
  readonly events: number;
  readonly repeats: number;
  readonly buildMs: number;
  /** Median CPU time of one play. */
  readonly cpuMs: number;
  readonly eventsPerSecond: number;
  readonly baselineCpuMs: number;
  /** The engine's CPU time as a share of the baseline's. */
  readonly ratio: number;
  /** The process's largest resident size, day included, before the baseline was built. */
  readonly peakRssMiB: number;
}

const SEED = 1;
const WARM_UP_PLAYS = 3;

export function measureEngine(tasks: number, repeats: number): EngineFigures {
  const day = syntheticDay(tasks, SEED);
  const builtMs = performance.now();
  const engine = createDayPlayer(day);
  const buildMs = performance.now() - builtMs;
  for (let i = 0; i < WARM_UP_PLAYS; i++) engine.play();
  const peakRssMiB = process.resourceUsage().maxRSS / 1_024;
  const baseline = new HeapDay(day);
  for (let i = 0; i < WARM_UP_PLAYS; i++) baseline.play();
  const engineCpuMs: number[] = [];
  const baselineCpuMs: number[] = [];
  for (let i = 0; i < repeats; i++) {
    engineCpuMs.push(cpuMsOf(() => engine.play()));
    baselineCpuMs.push(cpuMsOf(() => baseline.play()));
  }
  const cpuMs = median(engineCpuMs);
  return {
    tasks,
    events: engine.events,
    repeats,
    buildMs,
    cpuMs,
    eventsPerSecond: (engine.events / cpuMs) * 1_000,
    baselineCpuMs: median(baselineCpuMs),
    ratio: cpuMs / median(baselineCpuMs),
    peakRssMiB,
  };
}

function cpuMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

const median = (values: readonly number[]): number => nearestRank(sortedKnown(values), 0.5);
