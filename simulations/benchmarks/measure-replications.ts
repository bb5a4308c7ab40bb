// Measures replications on worker threads, as `landfall simulate` plays them: the clock from the first thread's start to
// the last one's sums.

import { playExperiment } from '../../src-main/host/workers/play-experiment.ts';
import { benchmarkReplicator, type ModelKind } from './benchmark-scenarios.ts';
import type { Figures } from './figures.ts';
import { peakRssMiB } from './measure.ts';

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
  const { tally } = await playExperiment(replicator, { workersDir, stopping, threads });
  const wallMs = performance.now() - startedMs;
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1_000 / replications;
  const events = tally.events / replications;
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
    more: { threads, replicationsPerSecond: (replications / wallMs) * 1_000 },
  };
}
