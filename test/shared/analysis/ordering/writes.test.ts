// The rules that bind writers, each broken once by hand, and each kept.

import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import { RULES } from '../../../../shared/lifecycle/rules.ts';
import { EventKind, Evidence, packEvidence } from '../../../../shared/model/event.ts';
import { LogBuilder } from '../log-builder.ts';

const {
  versionChecked,
  versionExpired,
  versionFailed,
  versionFinalized,
  versionHeartbeat,
  versionMarker,
  versionOpened,
  versionPublished,
  versionSuperseded,
} = EventKind;

/** The one rule that was broken, with its grades; 'none' or 'several' otherwise. */
function broken(log: LogBuilder, toleranceMs = 0): string {
  const report = checkOrdering(log.build(), { toleranceMs, limit: 10 });
  const rules = report.rules.filter((rule) => rule.proved + rule.overlap + rule.cannotTell > 0);
  if (rules.length !== 1) return rules.length === 0 ? 'none' : `several: ${rules.map((r) => r.rule).join()}`;
  const [rule] = rules;
  return `${rule?.rule} ${rule?.proved}/${rule?.overlap}/${rule?.cannotTell}`;
}

const reasonOf = (log: LogBuilder): string =>
  checkOrdering(log.build(), { toleranceMs: 0, limit: 1 }).findings[0]?.reason ?? '';

function one(): { log: LogBuilder; v: number } {
  const log = new LogBuilder();
  return { log, v: log.version('events', 'd', 1, log.taskRun('w')) };
}

describe('a version’s life', () => {
  it('kept in order breaks nothing', () => {
    const { log, v } = one();
    log.at(0, versionOpened, { version: v }).at(1, versionHeartbeat, { version: v });
    log.at(2, versionChecked, { version: v, code: 1 }).at(3, versionFinalized, { version: v, value: 10 });
    log.at(4, versionPublished, { version: v }).at(5, versionMarker, { version: v });
    expect(broken(log)).toBe('none');
  });

  it('whose opening is before the log breaks nothing', () => {
    const { log, v } = one();
    log
      .at(1, versionHeartbeat, { version: v })
      .at(2, versionFinalized, { version: v })
      .at(3, versionPublished, { version: v });
    expect(broken(log)).toBe('none');
  });

  it('told twice by an at-least-once source breaks nothing', () => {
    const { log, v } = one();
    for (let i = 0; i < 2; i++) log.wrote(v, 0 + i / 10, 3 + i / 10, 4 + i / 10, 10);
    expect(broken(log)).toBe('none');
  });
});

describe('publish-after-finalize', () => {
  it('is proved by a later finalize, not within the tolerance', () => {
    const { log, v } = one();
    log.wrote(v, 0, 5, 3);
    expect(broken(log)).toBe('publish-after-finalize 1/0/0');
    expect(reasonOf(log)).toBe('events[d] v1 was published 2 s before it was finalized');
    expect(broken(log, 2_000)).toBe('none');
  });

  it('is proved by a failure', () => {
    const { log, v } = one();
    log
      .at(0, versionOpened, { version: v })
      .at(2, versionFailed, { version: v })
      .at(3, versionPublished, { version: v });
    expect(broken(log)).toBe('publish-after-finalize 1/0/0');
    expect(reasonOf(log)).toContain('though it failed');
  });

  it('is proved when the log holds the opening and never a finalize', () => {
    const { log, v } = one();
    log.wrote(v, 0, Number.NaN, 3);
    expect(broken(log)).toBe('publish-after-finalize 1/0/0');
  });

  it('is nothing when the log begins with the publish', () => {
    const { log, v } = one();
    log.wrote(v, Number.NaN, Number.NaN, 3);
    expect(broken(log)).toBe('none');
  });

  it('is never proved by an inferred time', () => {
    const { log, v } = one();
    log.wrote(v, 0, 5, Number.NaN).at(3, versionPublished, { version: v, evidence: packEvidence(Evidence.inferred) });
    expect(broken(log)).toBe('publish-after-finalize 0/0/1');
    expect(reasonOf(log)).toContain('this is no proof');
  });
});

describe('markers', () => {
  it('before the finalize break marker-after-data', () => {
    const { log, v } = one();
    log.wrote(v, 0, 5, 6).at(3, versionMarker, { version: v });
    expect(broken(log)).toBe('marker-after-data 1/0/0');
  });

  it('of a version that another was opened over break marker-matches-version', () => {
    const { log, v } = one();
    const next = log.version('events', 'd', 2);
    log.wrote(v, 0, 5, 6).at(8, versionOpened, { version: next }).at(9, versionMarker, { version: v });
    expect(broken(log)).toBe('marker-matches-version 1/0/0');
    expect(reasonOf(log)).toBe('events[d] v1 got its marker 1 s after events[d] v2 was opened over it');
    expect(broken(log, 1_000)).toBe('none');
  });
});

describe('finalize-once', () => {
  it('is proved by another row count and untold without one', () => {
    const { log, v } = one();
    log.wrote(v, 0, 5, 6, 10).at(7, versionFinalized, { version: v, value: 12 });
    expect(broken(log)).toBe('finalize-once 1/0/0');
    const dark = one();
    dark.log.wrote(dark.v, 0, 5, 6, 10).at(7, versionFinalized, { version: dark.v });
    expect(broken(dark.log)).toBe('finalize-once 0/0/1');
  });
});

describe('finalize-is-atomic', () => {
  it('is proved by a check that comes after the finalize', () => {
    const { log, v } = one();
    log.wrote(v, 0, 5, 6, 10).at(7, versionChecked, { version: v, code: 1 });
    expect(broken(log)).toBe('finalize-is-atomic 1/0/0');
    expect(reasonOf(log)).toBe(
      'events[d] v1 was checked 2 s after it was finalized: a reader in between met a part of its finalize',
    );
    expect(broken(log, 2_000)).toBe('none');
  });

  it('is not proved by a row count that is told later: it may only not have been told before', () => {
    const { log, v } = one();
    log.wrote(v, 0, 5, 6).at(7, versionFinalized, { version: v, value: 10 });
    expect(broken(log)).toBe('finalize-is-atomic 0/0/1');
    expect(reasonOf(log)).toContain('got its row count 2 s after it was finalized');
    expect(broken(log, 2_000)).toBe('none');
  });
});

describe('the report', () => {
  it('has a line for every rule, in their order; stale reads have a count of their own and no grade', () => {
    const { log, v } = one();
    const next = log.version('events', 'd', 2);
    const reader = log.taskRun('reader');
    log.wrote(v, 0, 5, 6).at(7, EventKind.read, { taskRun: reader, version: v }).wrote(next, 8, 9, 10);
    const report = checkOrdering(log.build(), { toleranceMs: 0, limit: 10 });
    expect(report.rules.map(({ rule }) => rule)).toEqual(RULES.map(({ name }) => name));
    expect(report.rules.filter(({ stale }) => stale !== undefined)).toEqual([
      { rule: 'lineage-is-current', proved: 0, overlap: 0, cannotTell: 0, stale: 1 },
    ]);
    expect([report.proved, report.overlap, report.cannotTell]).toEqual([0, 0, 0]);
  });
});

describe('checked-first', () => {
  it('is proved by a finalize after a failed check', () => {
    const { log, v } = one();
    log.at(0, versionOpened, { version: v }).at(2, versionChecked, { version: v, code: 0 });
    log.at(3, versionFinalized, { version: v });
    expect(broken(log)).toBe('checked-first 1/0/0');
  });

  it('is kept by a log that shows no checks', () => {
    const { log, v } = one();
    expect(broken(log.wrote(v, 0, 5, 6))).toBe('none');
  });
});

describe('writes of those who no longer own', () => {
  it('after a takeover break one-owner', () => {
    const { log, v } = one();
    log.at(0, versionOpened, { version: v }).at(2, versionSuperseded, { version: v });
    log.at(5, versionFinalized, { version: v });
    expect(broken(log)).toBe('one-owner 1/0/0');
    expect(reasonOf(log)).toContain('its writer no longer owned it');
    expect(broken(log, 3_000)).toBe('none');
  });

  it('beside another writer of the partition break one-owner', () => {
    const { log, v } = one();
    const other = log.version('events', 'd', 2, log.taskRun('x'));
    log.at(0, versionOpened, { version: v }).wrote(other, 2, 8, 9).at(4, versionHeartbeat, { version: v });
    expect(broken(log)).toBe('one-owner 1/0/0');
    expect(reasonOf(log)).toBe('events[d] v2 was opened while events[d] v1 was still being written 2 s later');
  });

  it('is nothing when the earlier writer is never heard of again', () => {
    const { log, v } = one();
    log.at(0, versionOpened, { version: v }).wrote(log.version('events', 'd', 2, log.taskRun('x')), 2, 8, 9);
    expect(broken(log)).toBe('none');
  });

  it('after the end break no-write-after-end, a heartbeat after the expiry heartbeat-in-lease', () => {
    const { log, v } = one();
    log.wrote(v, 0, 5, 6).at(7, versionHeartbeat, { version: v });
    expect(broken(log)).toBe('no-write-after-end 1/0/0');
    const late = one();
    late.log.at(0, versionOpened, { version: late.v }).at(5, versionExpired, { version: late.v });
    late.log.at(6, versionHeartbeat, { version: late.v });
    expect(broken(late.log)).toBe('heartbeat-in-lease 1/0/0');
  });
});

describe('order and time', () => {
  it('versions-increase is proved by a lower number opened later', () => {
    const { log, v } = one();
    log.wrote(log.version('events', 'd', 2), 0, 1, 2).at(5, versionOpened, { version: v });
    expect(broken(log)).toBe('versions-increase 1/0/0');
  });

  it('versions-increase is proved by a number used twice', () => {
    const { log, v } = one();
    const x = log.taskRun('x');
    const twin = log.version('events', 'd', 1, x);
    log.at(0, versionOpened, { version: v, taskRun: 0 }).at(1, versionOpened, { version: twin, taskRun: x });
    expect(broken(log)).toBe('versions-increase 1/0/0');
  });

  it('time-goes-forward is broken by an opening after the finalize', () => {
    const { log, v } = one();
    log.wrote(v, 5, 3, 6);
    expect(broken(log)).toBe('time-goes-forward 1/0/0');
    expect(reasonOf(log)).toBe('events[d] v1 was finalized 2 s before it was opened, by the times in the log');
    expect(broken(log, 2_000)).toBe('none');
  });

  it('time-goes-forward is judged in a log that is ordered by arrival', () => {
    const { log, v } = one();
    const ordered = log.wrote(v, 5, 6, 7).build();
    const [chunk] = ordered.chunks;
    if (!chunk) throw new Error('a chunk');
    chunk.timeUs[1] = 2e6;
    const judged = (toleranceMs: number) =>
      checkOrdering(ordered, { toleranceMs, limit: 1 }).rules.find((rule) => rule.rule === 'time-goes-forward')?.proved;
    expect(judged(0)).toBe(1);
    expect(judged(3_000)).toBe(0);
  });
});
