// Readers that are told by markers: written when the data is whole, seen a while later, looked for now and then.

import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import { BLOCK_CAUSES, EventKind } from '../../../../shared/model/event.ts';
import { logged, played, story } from './support/play.ts';

const marked = (more: { faults?: object[]; wait?: object; second?: object } = {}) => ({
  orchestrator: { finalize: { service: '5s', publishDelay: '1h', marker: { visible: '4s', poll: '30s' } } },
  faults: more.faults ?? [],
  datasets: { d: { partitioned: 'daily', marker: '_SUCCESS' } },
  pipelines: {
    w: { schedule: { at: '0s' }, tasks: { write: { duration: '60s', writes: 'd' } } },
    r: { schedule: { at: '1s' }, tasks: { read: { duration: '1s', reads: { dataset: 'd', ...more.wait } } } },
    ...more.second,
  },
});
const STEPS = [
  EventKind.versionOpened,
  EventKind.versionFinalized,
  EventKind.versionPublished,
  EventKind.versionMarker,
  EventKind.note,
];
const D = 'd[date=2026-01-01]';

describe('a marker', () => {
  it('is written when the data is whole, seen later, and found at the next look', () => {
    const all = logged(marked());
    expect(story(all, STEPS)).toEqual([
      `0s w.write open ${D} v1`,
      `65s w.write finalized ${D} v1`,
      `65s w.write marker ${D} v1: d/date=2026-01-01/_SUCCESS`,
      `69s w.write published ${D} v1`,
    ]);
    const { readyMs, startMs } = all.player.times;
    expect([readyMs[1], startMs[1]]).toEqual([69_000, 90_000]);
    const causes = all.log.chunks.flatMap((chunk) =>
      Array.from(chunk.kind, (kind, i) =>
        kind === EventKind.taskBlocked && chunk.taskRun[i] === 1
          ? `${BLOCK_CAUSES[chunk.code[i]]} ${(chunk.timeUs[i] - chunk.value[i]) / 1e6}`
          : '',
      ),
    );
    expect(causes).toContain('trigger detection 21');
  });

  it('is found by a sensor at the sensor’s own looks', () => {
    const { times } = played(marked({ wait: { wait: 'poke', every: '7s' } })).player;
    expect(times.startMs[1]).toBe(71_000);
  });

  it('that is lost or late keeps its readers waiting; the data is whole', () => {
    const lost = { kind: 'publish-lost', of: 'w.write', once: {} };
    const late = { kind: 'publish-late', of: 'w.write', once: {}, lasts: '1m' };
    expect(played(marked({ faults: [lost] })).player.times.startMs[1]).toBeNaN();
    expect(played(marked({ faults: [late] })).player.times.startMs[1]).toBe(150_000);
  });

  it('is not written once another writer has opened the partition: it would vouch for other files', () => {
    const second = { w2: { schedule: { at: '10s' }, tasks: { write: { duration: '60s', writes: 'd' } } } };
    const late = { kind: 'publish-late', of: 'w.write', once: {}, lasts: '10s' };
    const all = logged(marked({ faults: [late], second }));
    const lines = story(all, STEPS).map((line) => line.replace(/(refused \w+ \([a-z-]+\)): .*/, '$1'));
    expect(lines).toContain(`75s w.write note ${D} v2: refused marker (marker-matches-version)`);
    expect(lines).toContain(`130s w2.write marker ${D} v2: d/date=2026-01-01/_SUCCESS`);
    expect(all.player.landedMs(0)).toBeNaN();
    expect(checkOrdering(all.log, { toleranceMs: 0, limit: 3 }).findings).toEqual([]);
  });
});
