// Early reads of a play: of tasks that read by the clock, as many as the log of the same play has;
// none of tasks that wait, whatever goes wrong.

import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../shared/analysis/ordering/check.ts';
import { EventKind } from '../../../shared/model/event.ts';
import type { Log } from '../../../shared/model/log.ts';
import { Replicator } from '../../../simulations/experiments/replicate.ts';
import { countEarlyReads, uncheckedReads } from '../../../simulations/experiments/unchecked-reads.ts';
import { Laid } from '../../../simulations/orchestrator/snapshot/laid-snapshot.ts';
import { logged, planOf, playerOf, scenarioOf } from '../orchestrator/model/support/play.ts';

/** Data of an hour is whole between 20 and 50 minutes after it; readers come at half past. */
const company = (wait: object | string, more: object = {}) => ({
  horizon: '1d',
  datasets: { d: { partitioned: 'hourly' } },
  pipelines: {
    load: {
      schedule: '0 * * * *',
      retries: { times: 2, delay: '3m' },
      tasks: { w: { duration: { lognormal: { median: '28m', sigma: 0.2 } }, writes: 'd' } },
    },
    report: { schedule: '30 * * * *', tasks: { r: { duration: '1m', reads: { dataset: 'd', wait } } } },
  },
  ...more,
});

const FAULTS = { faults: [{ kind: 'task-failure', share: '20%' }] };

/** First reads of what no finalize of the log has made whole then, of partitions that one makes whole some time. */
function earlyIn(log: Log): number {
  const wholeUs = new Map<number, number>();
  let early = 0;
  for (const { rows, kind, version, timeUs } of log.chunks)
    for (let i = 0; i < rows; i++) if (kind[i] === EventKind.versionFinalized) wholeUs.set(version[i], timeUs[i]);
  const written = new Set([...wholeUs.keys()].map((version) => log.versions.partitionKey[version]));
  const isKnown = (version: number): boolean => written.has(log.versions.partitionKey[version]);
  for (const { rows, kind, version, timeUs, attempt } of log.chunks)
    for (let i = 0; i < rows; i++)
      if (
        isKnown(version[i]) &&
        kind[i] === EventKind.read &&
        attempt[i] === 1 &&
        !((wholeUs.get(version[i]) ?? Number.NaN) <= timeUs[i])
      )
        early++;
  return early;
}

describe('early reads', () => {
  it.each([
    ['of a calm day', company('none')],
    ['of a day with failures and retries', company('none', FAULTS)],
    [
      'of a reader of several partitions',
      company('none', {
        pipelines: {
          ...company('none').pipelines,
          report: {
            schedule: '30 * * * *',
            tasks: { r: { duration: '1m', reads: { dataset: 'd', wait: 'none', last: 3 } } },
          },
        },
      }),
    ],
  ])('are those that the log of the same play has: %s', (_, document) => {
    let all = 0;
    for (let replication = 0; replication < 5; replication++) {
      const { log, plan, player } = logged(document, replication);
      const count = countEarlyReads(uncheckedReads(plan), player);
      expect(count).toBe(earlyIn(log));
      const report = checkOrdering(log, { toleranceMs: 0, limit: 1_000 });
      // A read between two tries of its writer finds nothing that is being written: no rule can prove it.
      expect(report.rules.find(({ rule }) => rule === 'no-read-before-finalize')?.proved).toBeLessThanOrEqual(count);
      all += count;
    }
    expect(all).toBeGreaterThan(10);
  });

  it('are none where the reader waits, and then nothing is looked at', () => {
    for (const wait of ['event', 'poke']) {
      const { plan, player } = playerOf(company(wait, FAULTS));
      player.play(0);
      const reads = uncheckedReads(plan);
      expect(reads.reader.length).toBe(0);
      expect(countEarlyReads(reads, player)).toBe(0);
    }
  });

  it('count what is not there at all, but not what was there before a backfill', () => {
    const reader = { schedule: '0 0 * * *', tasks: { r: { duration: '1m', reads: { dataset: 'd', wait: 'none' } } } };
    const writer = (schedule: string) => ({ schedule, tasks: { w: { duration: '1h', writes: 'd' } } });
    const frame = { start: '2025-12-25', horizon: '1d', datasets: { d: 'daily' } };
    const later = { ...frame, pipelines: { reader, writer: writer('0 5 * * *') } };
    const asked = { pipeline: 'writer', from: '2025-12-25', to: '2025-12-25', at: '9h' };
    const backfilled = { ...frame, pipelines: { reader, writer: writer('0 5 26 12 *') }, backfills: [asked] };
    const counts = [later, backfilled].map((document) => {
      const { plan, player } = playerOf(document);
      player.play(0);
      return countEarlyReads(uncheckedReads(plan), player);
    });
    expect(counts).toEqual([1, 0]);
  });

  it('are none of data whose writer a snapshot leaves out: nobody knows of it', () => {
    const writer = { schedule: '0 0 * * *', tasks: { w: { duration: '1h', writes: 'd' } } };
    const reader = { schedule: '0 2 * * *', tasks: { r: { duration: '1m', reads: { dataset: 'd', wait: 'none' } } } };
    const scenario = scenarioOf({ horizon: '1d', datasets: { d: 'daily' }, pipelines: { reader, writer } });
    const plan = planOf(scenario);
    const { count, task } = plan.taskRuns;
    const unknown = new Float64Array(count).fill(Number.NaN);
    const [readyMs, firstStartMs, startMs, endMs, landedMs] = Array.from({ length: 5 }, () => unknown);
    const none = {
      outcome: new Uint8Array(count),
      attempts: new Uint16Array(count),
      landsLater: new Uint8Array(count),
    };
    const earlyWith = (status: number): number => {
      const statuses = Uint8Array.from(task, (t) => (plan.definitions.tasks[t].name === 'w' ? status : Laid.toCome));
      const laid = { atMs: 0, status: statuses, readyMs, firstStartMs, startMs, endMs, landedMs, ...none };
      const { workload } = scenario;
      const made = Replicator.of({ scenario, workload, history: null, landing: 'published', laid }, plan);
      if (!made.ok) throw new Error(JSON.stringify(made.error));
      const tally = made.value.newTally();
      made.value.play(0, tally);
      return tally.earlyReads;
    };
    expect([earlyWith(Laid.toCome), earlyWith(Laid.leftOut)]).toEqual([0, 0]);
  });

  it('are added up over replications', () => {
    const scenario = scenarioOf(company('none'));
    const made = Replicator.of({ scenario, workload: scenario.workload, history: null, landing: 'published' });
    if (!made.ok) throw new Error(JSON.stringify(made.error));
    const replicator = made.value;
    const [sum, ...parts] = [replicator.newTally(), replicator.newTally(), replicator.newTally()];
    for (let i = 0; i < 6; i++) {
      replicator.play(i, sum);
      replicator.play(i, parts[i % 2]);
    }
    const merged = replicator.newTally();
    for (const part of parts) merged.absorb(part.columns());
    expect(sum.earlyReads).toBeGreaterThan(6);
    expect(sum.playsWithEarlyReads).toBe(6);
    expect([merged.earlyReads, merged.playsWithEarlyReads]).toEqual([sum.earlyReads, sum.playsWithEarlyReads]);
  });
});
