// Measures the full model: its event loop with drawing and clearing, with the trace off and on (into memory that is kept),
// beside the heap baseline on the day that it is laid over.
// What the trace costs is told by pairs: the same replication with and without it, one right after the other, each first
// in turn, so that neither finds the caches colder and the machine's own ups and downs fall on both. `tracedRatio` is the
// median of the pairs' ratios, beside its quartiles; a ratio of medians would compare plays of different moments.

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
  const playOff = (i: number): number => off.push(cpuMsOf(() => player.play(i)));
  const playOn = (i: number): number => on.push(cpuMsOf(() => playTraced(i)));
  for (let i = 0; i < repeats; i++) {
    for (const play of i % 2 === 0 ? [playOff, playOn] : [playOn, playOff]) play(i);
    heap.push(cpuMsOf(() => baseline.play()));
  }
  const { events } = player;
  const cpuMs = median(off);
  const ratios = sortedKnown(on.map((ms, i) => ms / off[i]));
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
      tracedRatio: nearestRank(ratios, 0.5),
      tracedRatioFrom: nearestRank(ratios, 0.25),
      tracedRatioTo: nearestRank(ratios, 0.75),
      tracedMiB: trace.bytes / 2 ** 20,
    },
  };
}
