// Measures the full model: its event loop with drawing and clearing, with the trace off and on (into memory that is kept),
// beside the heap baseline on the day that it is laid over.
// What the trace costs is told by blocks of one replication: without, with, with, without it, one right after the other, so
// that neither finds the caches colder and what the machine does meanwhile falls on both. `tracedRatio` is the median of
// the blocks' ratios, beside its quartiles; a ratio of medians would compare plays of different moments.

import { nearestRank, sortedKnown } from '../../shared/base/quantile.ts';
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
  const ratios: number[] = [];
  for (let i = 0; i < repeats; i++) {
    const playOff = (): number => cpuMsOf(() => player.play(i));
    const playOn = (): number => cpuMsOf(() => playTraced(i));
    const [off1, on1, on2, off2] = [playOff(), playOn(), playOn(), playOff()];
    off.push(off1, off2);
    on.push(on1, on2);
    ratios.push((on1 + on2) / (off1 + off2));
    heap.push(cpuMsOf(() => baseline.play()));
  }
  const { events } = player;
  const cpuMs = median(off);
  const ratio = (share: number): number => nearestRank(sortedKnown(ratios), share);
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
    more: {
      tracedCpuMs: median(on),
      tracedRatio: ratio(0.5),
      tracedRatioFrom: ratio(0.25),
      tracedRatioTo: ratio(0.75),
      tracedMiB: trace.bytes / 2 ** 20,
    },
  };
}
