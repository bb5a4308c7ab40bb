// Measures the full model: its event loop with drawing and clearing, with the trace off and on (into memory that is kept),
// beside the heap baseline on the day that it is laid over.

import { ModelPlayer } from '../orchestrator/model/play-model.ts';
import { Trace } from '../orchestrator/model/trace.ts';
import { benchmarkReplicator } from './benchmark-scenarios.ts';
import type { Figures } from './figures.ts';
import { HeapDay } from './heap-day.ts';
import { cpuMsOf, median, peakRssMiB, WARM_UP_PLAYS } from './measure.ts';
import { syntheticDay } from './synthetic-day.ts';

export function measureModel(tasks: number, seed: number, repeats: number): Figures {
  const replicator = benchmarkReplicator('full model', tasks, seed, 1);
  const builtMs = performance.now();
  const player = new ModelPlayer(replicator.input);
  const wallMs = performance.now() - builtMs;
  const trace = new Trace();
  const playTraced = (replication: number): void => {
    trace.clear();
    player.play(replication, trace);
  };
  const baseline = new HeapDay(syntheticDay(tasks, seed));
  for (let i = 0; i < WARM_UP_PLAYS; i++) {
    player.play(i);
    playTraced(i);
    baseline.play();
  }
  const off: number[] = [];
  const on: number[] = [];
  const heap: number[] = [];
  let events = 0;
  let traced = 0;
  for (let i = 0; i < repeats; i++) {
    off.push(cpuMsOf(() => player.play(i)));
    events = player.events;
    on.push(cpuMsOf(() => playTraced(i)));
    traced = trace.bytes / 2 ** 20;
    heap.push(cpuMsOf(() => baseline.play()));
  }
  const cpuMs = median(off);
  return {
    what: 'full model',
    tasks,
    events,
    repeats,
    cpuMs,
    eventsPerSecond: (events / cpuMs) * 1_000,
    baselineCpuMs: median(heap),
    ratio: cpuMs / median(heap),
    peakRssMiB: peakRssMiB(),
    wallMs,
    more: { tracedCpuMs: median(on), tracedRatio: median(on) / cpuMs, tracedMiB: traced },
  };
}
