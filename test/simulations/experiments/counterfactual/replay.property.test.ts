// Replays of random nights: unchanged they are the night that was recorded, as a log too; and what takes a cause away moves
// the landing that it was charged to.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { taskRunTimes } from '../../../../shared/analysis/task-run-times.ts';
import { partMs } from '../../../../shared/analysis/why/chain.ts';
import { ChainReader } from '../../../../shared/analysis/why/critical-chain.ts';
import type { Log } from '../../../../shared/model/log.ts';
import { judgeControl, landingIn } from '../../../../simulations/experiments/counterfactual/judge-replay.ts';
import { Replay, type ReplayTimes } from '../../../../simulations/experiments/counterfactual/replay.ts';
import { logOfReplay } from '../../../../simulations/experiments/counterfactual/replay-log.ts';
import { asObserved, type Night, nightOf, plainScenario, scenario } from './random-night.ts';

const RUNS = { numRuns: 10 };
const NONE = { kind: 'none' } as const;

function replayOf({ catalog }: Night, log: Log) {
  const reader = new ChainReader(log, catalog, taskRunTimes(log));
  const replay = Replay.of(log, reader);
  // A night of which every run was skipped or never made has nothing to play.
  fc.pre(replay.ok);
  const played = (change: Parameters<Replay['play']>[0]): ReplayTimes => {
    const times = replay.value.play(change);
    if (!times.ok) throw new Error(times.error);
    return times.value;
  };
  return { reader, replay: replay.value, played };
}

describe('the unchanged replay', () => {
  it('of a log that tells its waits lands every landing when it did', () => {
    fc.assert(
      fc.property(plainScenario, (document) => {
        const night = nightOf(document);
        const { log } = night;
        const { reader, replay, played } = replayOf(night, log);
        const control = played(NONE);
        for (let taskRun = 0; taskRun < log.taskRuns.task.length; taskRun++) {
          const goal = reader.landingOf(taskRun);
          if (goal === null) continue;
          const { errorMs, isBelieved } = judgeControl(goal, reader.chain(goal).sumMs, replay.pieces, control);
          expect(errorMs).toBe(0);
          expect(isBelieved).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it('of any log says itself how far it is from it, and is believed only within its limit', () => {
    fc.assert(
      fc.property(scenario, fc.boolean(), (document, isObserved) => {
        const night = nightOf(document);
        const log = isObserved ? asObserved(night.log) : night.log;
        const { reader, replay, played } = replayOf(night, log);
        const control = played(NONE);
        for (let taskRun = 0; taskRun < log.taskRuns.task.length; taskRun++) {
          const goal = reader.landingOf(taskRun);
          if (goal === null) continue;
          const { errorMs, limitMs, isBelieved, landedUs } = judgeControl(goal, 0, replay.pieces, control);
          expect(landedUs - goal.at.us).toBeCloseTo(errorMs * 1_000, 0);
          expect(isBelieved).toBe(Math.abs(errorMs) <= limitMs);
          expect(limitMs).toBe(60_000);
        }
      }),
      RUNS,
    );
  });

  it('as a log has the recorded starts, ends and landings', () => {
    fc.assert(
      fc.property(plainScenario, (document) => {
        const night = nightOf(document);
        const { replay, played } = replayOf(night, night.log);
        const again = logOfReplay({
          log: night.log,
          replay: replay.pieces,
          times: played(NONE),
          name: 'again',
          title: '',
          isDeclared: () => true,
        });
        expect(again.source).toBe('counterfactual');
        const [before, after] = [taskRunTimes(night.log), taskRunTimes(again)];
        for (const column of ['readyUs', 'startedUs', 'endedUs', 'finalizedUs', 'landedUs'] as const)
          for (let i = 0; i < before.outcome.length; i++) {
            expect(Number.isNaN(after[column][i])).toBe(Number.isNaN(before[column][i]));
            if (!Number.isNaN(before[column][i]))
              expect(Math.abs(after[column][i] - before[column][i])).toBeLessThan(1e6);
          }
        expect(after.outcome).toEqual(before.outcome);
      }),
      RUNS,
    );
  });
});

describe('taking away', () => {
  it('who held the pool moves the landing that waited for it, and never makes anyone’s own wait longer than all', () => {
    let moved = 0;
    fc.assert(
      fc.property(plainScenario, (document) => {
        const night = nightOf(document);
        const { log } = night;
        const { reader, replay, played } = replayOf(night, log);
        for (let taskRun = 0; taskRun < log.taskRuns.task.length; taskRun++) {
          const goal = reader.landingOf(taskRun);
          if (goal === null) continue;
          const [first] = reader.chain(goal).links;
          const pool = first.parts.find(({ cause }) => cause === 'pool');
          // Of a chain of one link, and holders that it does not wait for anyway, the pool is all that is in the way.
          if (pool === undefined || reader.chain(goal).links.length > 1 || partMs(pool) < 60_000) continue;
          const holders = pool.holders.flatMap(({ taskRuns }) => taskRuns).filter((one) => one !== taskRun);
          const without = landingIn(goal, replay.pieces, played({ kind: 'remove-task-runs', taskRuns: holders }));
          expect(without).toBeLessThanOrEqual(goal.at.us);
          if (without < goal.at.us) moved++;
        }
      }),
      // A held pool is rare in so few nights: of this seed some have one.
      { numRuns: 30, seed: 7 },
    );
    expect(moved).toBeGreaterThan(0);
  });

  it('minutes of a run of a chain of one link moves its landing by as much', () => {
    fc.assert(
      fc.property(plainScenario, (document) => {
        const night = nightOf(document);
        const { reader, replay, played } = replayOf(night, night.log);
        for (let taskRun = 0; taskRun < night.log.taskRuns.task.length; taskRun++) {
          const goal = reader.landingOf(taskRun);
          const piece = replay.pieces.firstOf[taskRun];
          if (goal === null || piece < 0 || goal.attempt !== 1) continue;
          const { runMs } = replay.pieces.pieces[piece];
          const change = { kind: 'duration', taskRun, ms: runMs / 2 } as const;
          const gainedUs = goal.at.us - landingIn(goal, replay.pieces, played(change));
          expect(Math.abs(gainedUs / 1_000 - runMs / 2)).toBeLessThan(1_000);
        }
      }),
      { numRuns: 6 },
    );
  });
});
