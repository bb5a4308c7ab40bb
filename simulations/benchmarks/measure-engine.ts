// Measures one size: the event loop of the engine and of the heap baseline on the same synthetic day, in turns, so that
// whatever else the machine does falls on both.

import { createDayPlayer } from '../orchestrator/reference-day.ts';
import type { Figures } from './figures.ts';
import { HeapDay } from './heap-day.ts';
import { cpuMsOf, median, peakRssMiB, WARM_UP_PLAYS } from './measure.ts';
import { syntheticDay } from './synthetic-day.ts';

export function measureEngine(tasks: number, seed: number, repeats: number): Figures {
  const day = syntheticDay(tasks, seed);
  const builtMs = performance.now();
  const engine = createDayPlayer(day);
  const wallMs = performance.now() - builtMs;
  for (let i = 0; i < WARM_UP_PLAYS; i++) engine.play();
  // Day included, before the baseline was built.
  const rssMiB = peakRssMiB();
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
    what: 'reference day',
    tasks,
    events: engine.events,
    repeats,
    cpuMs,
    eventsPerSecond: (engine.events / cpuMs) * 1_000,
    baselineCpuMs: median(baselineCpuMs),
    ratio: cpuMs / median(baselineCpuMs),
    peakRssMiB: rssMiB,
    wallMs,
    more: {},
  };
}
