// Measures replications on worker threads, as `landfall simulate` plays them: the clock from the first thread's start to
// the last one's sums. And how long it takes to stop them in the middle of their plays.

import { cancelSource } from '../../shared/base/cancel.ts';
import { playExperiment } from '../../src-main/host/workers/play-experiment.ts';
import { playersIn } from '../../src-main/host/workers/player-thread.ts';
import type { Replicator } from '../experiments/replicate.ts';
import { benchmarkReplicator, type ModelKind } from './benchmark-scenarios.ts';
import type { Figures } from './figures.ts';
import { median, peakRssMiB } from './measure.ts';

/** `workersDir`: where this program and its worker are built to. */
export async function measureReplications(
  kind: ModelKind,
  {
    tasks,
    seed,
    replications,
    threads,
    workersDir,
  }: {
    readonly tasks: number;
    readonly seed: number;
    readonly replications: number;
    readonly threads: number;
    readonly workersDir: string;
  },
): Promise<Figures> {
  const replicator = benchmarkReplicator(kind, tasks, seed, replications);
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  const stopping = { replications, whenDecided: false, halfWidth: null };
  const { tally } = await playExperiment(replicator, { players: playersIn(workersDir), stopping, threads });
  const wallMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1_000 / replications;
  const events = tally.events / replications;
  const cancelMs = median(await cancelTimes(replicator, { workersDir, threads }));
  return {
    what: `${replications} replications, ${kind}`,
    tasks,
    events,
    repeats: replications,
    cpuMs,
    eventsPerSecond: (events / cpuMs) * 1_000,
    baselineCpuMs: null,
    ratio: null,
    peakRssMiB: peakRssMiB(),
    wallMs,
    more: { threads, replicationsPerSecond: (replications / wallMs) * 1_000, cancelMs },
  };
}

const CANCELS = 5;
const CANCELLED_AFTER_MS = 400;

/** From the word to the moment at which all threads have ended and there are figures: while they play. */
async function cancelTimes(
  replicator: Replicator,
  { workersDir, threads }: { readonly workersDir: string; readonly threads: number },
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < CANCELS; i++) {
    const { signal, cancel } = cancelSource();
    const stopping = { replications: 1_000_000, whenDecided: false, halfWidth: null };
    const played = playExperiment(replicator, { players: playersIn(workersDir), threads, stopping, signal });
    await new Promise((resolve) => setTimeout(resolve, CANCELLED_AFTER_MS));
    const toldMs = performance.now();
    cancel();
    await played;
    times.push(performance.now() - toldMs);
  }
  return times;
}
