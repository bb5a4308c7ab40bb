// A task that writes what an event tells of and what a marker tells of, in one finalize: each reader goes by its own
// message, with its own delay, look, fault and landing. Times worked out by hand.

import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import { EventKind, Outcome } from '../../../../shared/model/event.ts';
import { unfinishedWaits } from '../../../../simulations/orchestrator/model/unfinished.ts';
import { logged, played, story } from './support/play.ts';

const FINALIZE = { service: '5s', publishDelay: '20s', marker: { visible: '4s', poll: '30s' } };
const DATASETS = { e: 'daily', m: { partitioned: 'daily', marker: '_SUCCESS' } };

interface More {
  readonly finalize?: object;
  readonly faults?: object[];
  readonly write?: object;
  readonly pipelines?: object;
}

/** Task runs in this order: the writer, who reads the event's dataset, the marker's, both. */
const pair = ({ finalize = {}, faults = [], write = {}, pipelines = {} }: More = {}) => ({
  orchestrator: { finalize: { ...FINALIZE, ...finalize } },
  faults,
  datasets: DATASETS,
  pipelines: {
    w: { schedule: { at: '0s' }, tasks: { write: { duration: '60s', writes: ['e', 'm'], ...write } } },
    byEvent: { schedule: { at: '1s' }, tasks: { read: { duration: '1s', reads: 'e' } } },
    byMarker: { schedule: { at: '1s' }, tasks: { read: { duration: '1s', reads: 'm' } } },
    byBoth: { schedule: { at: '1s' }, tasks: { read: { duration: '1s', reads: ['m', 'e'] } } },
    ...pipelines,
  },
});

const seconds = (values: Float64Array): number[] => Array.from(values.subarray(1, 4), (ms) => ms / 1_000);
const starts = (more: More): number[] => seconds(played(pair(more)).player.times.startMs);
const lost = (message: string) => ({ kind: 'publish-lost', of: 'w.write', message, once: {} });

describe('a writer with an event and a marker', () => {
  it('lets go each reader by its own: the marker is seen before the event comes, and found at the next look', () => {
    const { player } = played(pair());
    expect(seconds(player.times.readyMs)).toEqual([85, 69, 85]);
    // The marker is there at 69 s and looked for at 90 s.
    expect(seconds(player.times.startMs)).toEqual([85, 90, 90]);
    expect([player.landedMs(0), player.landedMs(0, false), player.landedMs(0, true)]).toEqual([85_000, 85_000, 69_000]);
  });

  it.each([
    ['the event first', { publishDelay: '1s' }, [66, 69, 69]],
    ['both at one instant', { publishDelay: '4s' }, [69, 69, 69]],
    ['neither takes any time', { publishDelay: '0s', marker: { visible: '0s', poll: '0s' } }, [65, 65, 65]],
  ])('%s', (_, finalize, ready) => {
    expect(seconds(played(pair({ finalize })).player.times.readyMs)).toEqual(ready);
  });

  it('counts a message only where somebody waits for it', () => {
    const { player } = played(pair());
    // Four task runs are enqueued and end; one finalize is known beforehand; two messages.
    expect(player.events).toBe(10);
    const alone = played(
      pair({
        pipelines: {
          byMarker: { schedule: { at: '1s' }, tasks: { read: '1s' } },
          byBoth: { schedule: { at: '1s' }, tasks: { read: '1s' } },
        },
      }),
    );
    expect(alone.player.events).toBe(9);
  });

  it('tells each dataset’s version by its own message', () => {
    const kinds = [EventKind.versionFinalized, EventKind.versionPublished, EventKind.versionMarker];
    const all = logged(pair());
    expect(story(all, kinds)).toEqual([
      '65s w.write finalized e[date=2026-01-01] v1',
      '65s w.write finalized m[date=2026-01-01] v1',
      '65s w.write marker m[date=2026-01-01] v1: m/date=2026-01-01/_SUCCESS',
      '69s w.write published m[date=2026-01-01] v1',
      '85s w.write published e[date=2026-01-01] v1',
    ]);
    expect(checkOrdering(all.log, { toleranceMs: 0, limit: 3 }).findings).toEqual([]);
  });

  it('is whole for its readers when all copies are', () => {
    const { player } = played(pair({ write: { map: 3 } }));
    expect(Array.from(player.times.startMs.subarray(3), (ms) => ms / 1_000)).toEqual([85, 90, 90]);
    const published = story(logged(pair({ write: { map: 3 } })), [EventKind.versionPublished]);
    expect(published.map((line) => line.replace(/ w.*published/, ''))).toEqual([
      '69s m[date=2026-01-01] v1',
      '85s e[date=2026-01-01] v1',
    ]);
  });

  it('is seen by sensors at their own looks, each message at its own time', () => {
    const sensing = (reads: string) => ({
      schedule: { at: '1s' },
      tasks: { read: { duration: '1s', reads: { dataset: reads, wait: 'poke', every: '10s' } } },
    });
    const pipelines = { byEvent: sensing('e'), byMarker: sensing('m') };
    expect(starts({ pipelines }).slice(0, 2)).toEqual([91, 71]);
  });
});

describe('what goes wrong with one message', () => {
  it('leaves the other alone: lost', () => {
    expect(starts({ faults: [lost('event')] })).toEqual([Number.NaN, 90, Number.NaN]);
    expect(starts({ faults: [lost('marker')] })).toEqual([85, Number.NaN, Number.NaN]);
    const { plan, player } = played(pair({ faults: [lost('marker')] }));
    expect([player.landedMs(0), player.landedMs(0, false), player.landedMs(0, true)]).toEqual([
      Number.NaN,
      85_000,
      Number.NaN,
    ]);
    const waits = unfinishedWaits(plan, player, 9).map(({ taskRun, waitsFor }) => `${taskRun}: ${waitsFor}`);
    expect(waits.map((line) => line.replaceAll(/ of 2026\S+/g, ''))).toEqual([
      'byMarker.read the publish of m[date=2026-01-01] by w.write which was lost',
      'byBoth.read the publish of m[date=2026-01-01] by w.write which was lost',
    ]);
  });

  it('leaves the other alone: late', () => {
    const late = (message: string) => ({ kind: 'publish-late', of: 'w.write', message, lasts: '1m', once: {} });
    expect(starts({ faults: [late('event')] })).toEqual([145, 90, 145]);
    expect(starts({ faults: [late('marker')] })).toEqual([85, 150, 150]);
  });

  it('leaves the other alone: twice', () => {
    const twice = (message: string) => {
      const faults = [{ kind: 'publish-duplicated', of: 'w.write', message, once: {} }];
      return story(logged(pair({ faults })), [EventKind.versionPublished]).map((line) => line.split(' ').slice(0, 4));
    };
    const [e, m] = ['e[date=2026-01-01]', 'm[date=2026-01-01]'].map((d) => (s: string) => [
      s,
      'w.write',
      'published',
      d,
    ]);
    expect(twice('event')).toEqual([m('69s'), e('85s'), e('105s')]);
    expect(twice('marker')).toEqual([m('69s'), e('85s'), m('89s')]);
  });

  it('not named, strikes both; in shares, each by itself', () => {
    expect(starts({ faults: [{ kind: 'publish-lost', of: 'w.write', once: {} }] })).toEqual(Array(3).fill(Number.NaN));
    const { player } = played(pair({ faults: [{ kind: 'publish-lost', share: '50%' }], write: { map: 4_000 } }));
    const counts = [0, 0, 0, 0];
    for (let i = 0; i < 4_000; i++)
      counts[(Number.isNaN(player.landedMs(i, false)) ? 1 : 0) + (Number.isNaN(player.landedMs(i, true)) ? 2 : 0)]++;
    // A quarter of all fares each way: 4.4 standard errors.
    for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(4.4 * Math.sqrt(4_000 * 0.25 * 0.75));
  });

  it('at a time, strikes the next message that is handed over: the event, then the marker', () => {
    const at = (times: string[]) => starts({ faults: [{ kind: 'publish-late', lasts: '1m', at: times }] });
    expect(at(['2s'])).toEqual([145, 90, 145]);
    expect(at(['2s', '3s'])).toEqual([145, 150, 150]);
  });

  it('of the store or the writer, holds back both', () => {
    const outage = [{ kind: 'store-outage', step: 'publish', at: '66s', lasts: '30s' }];
    expect(starts({ faults: outage })).toEqual([96, 120, 120]);
    const crash = [{ kind: 'task-failure', step: 'publish', once: {}, of: 'w.write' }];
    expect(starts({ faults: crash, write: { retries: { times: 1, delay: '10s' } } })).toEqual([95, 90, 95]);
  });

  it('a marker that would vouch for another writer’s files is not written; the event goes out', () => {
    const over = (writes: string) => ({
      over: { schedule: { at: '66s' }, tasks: { write: { duration: '1s', writes } } },
    });
    const late = { kind: 'publish-late', of: 'w.write', message: 'marker', lasts: '3s', once: {} };
    const stale = played(pair({ faults: [late], pipelines: over('m') })).player;
    expect([stale.landedMs(0, false), stale.landedMs(0, true)]).toEqual([85_000, Number.NaN]);
    // Another writer of what the event tells of says nothing against the marker.
    const other = played(pair({ faults: [late], pipelines: over('e') })).player;
    expect([other.landedMs(0, false), other.landedMs(0, true)]).toEqual([85_000, 72_000]);
  });
});

describe('triggers', () => {
  const triggered = (schedule: object) => ({ pipelines: { t: { schedule, tasks: { go: '1s' } } } });
  const startsOf = (schedule: object, finalize: object = {}) => {
    const { plan, player } = played(pair({ ...triggered(schedule), finalize }));
    const rows = Array.from(plan.taskRuns.task, (task, i) => (plan.definitions.tasks[task].name === 'go' ? i : -1));
    return rows.filter((i) => i >= 0).map((i) => player.times.startMs[i] / 1_000);
  };

  it('of all datasets wait for both messages; of any, make a run for each', () => {
    expect(startsOf({ all: ['e', 'm'] })).toEqual([90]);
    expect(startsOf({ all: 'e' })).toEqual([85]);
    expect(startsOf({ all: 'm' })).toEqual([90]);
    expect(startsOf({ any: ['e', 'm'] }).sort((a, b) => a - b)).toEqual([85, 90]);
  });

  it('of unpartitioned datasets, as they come, count each message at its own dataset', () => {
    const document = {
      ...pair(triggered({ all: ['e', 'm'] })),
      datasets: { e: 'none', m: { partitioned: 'none', marker: '_SUCCESS' } },
    };
    const { plan, player } = played(document);
    expect(plan.dynamic).toHaveLength(1);
    const go = plan.taskRuns.task.findIndex((task) => plan.definitions.tasks[task].name === 'go');
    expect([player.times.startMs[go], player.times.outcome[go]]).toEqual([90_000, Outcome.success]);
  });
});

it.each([['no-read-before-finalize'], ['publish-after-finalize'], ['marker-after-data']] as const)(
  'without the rule %s the early reads of both are found',
  (rule) => {
    const { log, player } = logged(pair(), 0, new Set([rule]));
    expect(seconds(player.times.startMs)).toEqual([60, 60, 60]);
    const { rules } = checkOrdering(log, { toleranceMs: 0, limit: 9 });
    expect(rules.some((count) => count.rule === rule && count.proved > 0)).toBe(true);
  },
);
