// What is said of a snapshot: the state that the log had, how near the play's was to it at that instant, and when what had
// not landed then does. The comparison is of replication 0; all begin alike.

import type { SnapshotLanding, SnapshotView } from '../../shared/api/views-scenario.ts';
import { nearestRank } from '../../shared/base/quantile.ts';
import type { Log } from '../../shared/model/log.ts';
import { drawLongerMs } from '../orchestrator/durations/remaining.ts';
import type { ModelTimes } from '../orchestrator/model/model-times.ts';
import { Laid } from '../orchestrator/snapshot/laid-snapshot.ts';
import type { SnapshotPlan } from '../orchestrator/snapshot/lay-snapshot.ts';
import { Observed } from '../orchestrator/snapshot/observed-state.ts';
import { SnapshotPlayer } from '../orchestrator/snapshot/play-snapshot.ts';
import type { PlayTally } from './play-tally.ts';
import type { Replicator } from './replicate.ts';
import { targetRows } from './targets.ts';

/** `replicator`: of the snapshot's plan. It is played once more. */
export function snapshotView(log: Log, snapshot: SnapshotPlan, replicator: Replicator, tally: PlayTally): SnapshotView {
  const { laid, plan, scenario } = snapshot;
  const player = new SnapshotPlayer(replicator.input, laid);
  player.play(0);
  return {
    log: log.name,
    atMs: scenario.snapshotMs ?? Number.NaN,
    ...statesApart(snapshot, player.times),
    beyondDurations: beyondDurations(snapshot),
    backfills: snapshot.backfills,
    unseenRuns: snapshot.unseenRuns,
    slots: slotsApart(log, snapshot, player.slotsAtStart),
    landings: plan.landings.map((landing) => landingOf(snapshot, landing.target, tally)),
  };
}

type States = Pick<SnapshotView, 'running' | 'notPlanned' | 'waiting' | 'notWaiting' | 'waitingUnseen'>;

function statesApart({ observed, rowOf, laid, plan }: SnapshotPlan, times: ModelTimes): States {
  const { status, readyMs, retryMs } = observed;
  const atMs = plan.frame.startMs + laid.atMs;
  const isSeenWaiting = new Uint8Array(laid.status.length);
  const states = { running: 0, notPlanned: 0, waiting: 0, notWaiting: 0, waitingUnseen: 0 };
  for (let i = 0; i < status.length; i++) {
    if (status[i] === Observed.running) {
      states.running++;
      if (rowOf[i] < 0) states.notPlanned++;
    }
    if (status[i] !== Observed.toCome || Number.isNaN(readyMs[i]) || retryMs[i] > atMs) continue;
    states.waiting++;
    if (rowOf[i] >= 0) isSeenWaiting[rowOf[i]] = 1;
    if (rowOf[i] < 0 || !waits(times, rowOf[i], laid.atMs)) states.notWaiting++;
  }
  for (let row = 0; row < laid.status.length; row++)
    if (laid.status[row] === Laid.toCome && isSeenWaiting[row] === 0 && waits(times, row, laid.atMs))
      states.waitingUnseen++;
  return states;
}

/** In a queue: reported readiness is the log's where it has one. */
const waits = ({ enqueuedMs, startMs }: ModelTimes, row: number, atMs: number): boolean =>
  enqueuedMs[row] <= atMs && !(startMs[row] < atMs);

function beyondDurations({ plan, laid }: SnapshotPlan): number {
  let count = 0;
  for (let row = 0; row < laid.status.length; row++) {
    if (laid.status[row] !== Laid.running) continue;
    const { duration } = plan.definitions.tasks[plan.taskRuns.task[row]];
    if (drawLongerMs(duration, laid.atMs - laid.startMs[row], row) === null) count++;
  }
  return count;
}

/** What a task run of the log takes is told by its task's definition; one that is not planned takes one slot. */
function slotsApart(log: Log, { plan, observed, rowOf }: SnapshotPlan, played: Int32Array): SnapshotView['slots'] {
  const { definitions: defs, taskRuns } = plan;
  const { pools } = defs.workload;
  const seen = new Int32Array(pools.length);
  observed.status.forEach((status, i) => {
    if (status !== Observed.running) return;
    const task = rowOf[i] < 0 ? -1 : taskRuns.task[rowOf[i]];
    const named =
      log.taskRuns.pool[i] < 0
        ? -1
        : pools.findIndex(({ name }) => name === log.names.pools.name[log.taskRuns.pool[i]]);
    const pool = task < 0 ? named : defs.pool[task];
    if (pool >= 0) seen[pool] += task < 0 ? 1 : defs.slots[task];
  });
  return pools
    .map(({ name }, pool) => ({ pool: name, observed: seen[pool], played: played[pool] }))
    .filter((row) => row.observed > 0 || row.played > 0);
}

function landingOf({ plan, scenario }: SnapshotPlan, target: number, tally: PlayTally): SnapshotLanding {
  const rowsBefore = targetRows(scenario.targets.slice(0, target)).length;
  const [{ name }] = targetRows(scenario.targets.slice(target, target + 1));
  const deadlines = plan.landings.find((landing) => landing.target === target)?.deadlineMs ?? new Float64Array(0);
  const trials = deadlines.length;
  const unknown = { deadlineMs: null, p50Ms: null, p90Ms: null, p99Ms: null };
  if (trials !== 1) return { target: name, trials, ...unknown };
  const deadlineMs = plan.frame.startMs + deadlines[0];
  // Never landed is NaN, and later than all.
  const late = tally.replications
    .targetColumn(rowsBefore, 'latestMs')
    .map((ms) => (Number.isNaN(ms) ? Number.POSITIVE_INFINITY : ms));
  const sorted = late.sort();
  const at = (q: number): number | null => {
    const ms = sorted.length === 0 ? Number.POSITIVE_INFINITY : nearestRank(sorted, q);
    return Number.isFinite(ms) ? deadlineMs + ms : null;
  };
  return { target: name, trials, deadlineMs, p50Ms: at(0.5), p90Ms: at(0.9), p99Ms: at(0.99) };
}
