// A scenario document laid onto a log at an instant, and played on from there: what the tests of snapshots share.

import type { Log } from '../../../../../shared/model/log.ts';
import { readScenario } from '../../../../../shared/scenario/read-scenario.ts';
import type { ScenarioProblem } from '../../../../../shared/scenario/scenario.ts';
import { planSnapshot, type SnapshotPlan } from '../../../../../simulations/orchestrator/snapshot/lay-snapshot.ts';
import { SnapshotPlayer } from '../../../../../simulations/orchestrator/snapshot/play-snapshot.ts';

export function snapshotOrWhy(document: object, log: Log, atMs: number): SnapshotPlan | readonly ScenarioProblem[] {
  const asked = { version: 1, ...document, base: { log: log.name }, snapshot: new Date(atMs).toISOString() };
  const { scenario, problems } = readScenario(asked);
  if (scenario === null) return problems;
  // A base's pools have the default one.
  const pools = [...scenario.workload.pools, { name: 'default', slots: null, slowdown: [] }];
  const made = planSnapshot(scenario, { ...scenario.workload, pools }, log);
  return made.ok ? made.value : made.error;
}

export function snapshotOf(document: object, log: Log, atMs: number): SnapshotPlan {
  const made = snapshotOrWhy(document, log, atMs);
  if (!('laid' in made)) throw new Error(JSON.stringify(made));
  return made;
}

/** The last one played. */
export function playOn(
  { scenario, plan, laid }: SnapshotPlan,
  replications = 1,
  each: ((played: SnapshotPlayer) => void) | null = null,
): SnapshotPlayer {
  const { orchestrator, faults, warmUpMs, backfills } = scenario;
  const backfillRuns = backfills.map(({ activeRuns }) => activeRuns);
  const player = new SnapshotPlayer(
    { plan, orchestrator, faults, warmUpMs, backfillRuns, history: null, landing: 'published' },
    laid,
  );
  for (let replication = 0; replication < replications; replication++) {
    player.play(replication);
    each?.(player);
  }
  return player;
}
