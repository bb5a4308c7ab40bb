// The checker against logs of the lifecycle (nothing to find), against one planted fault (found), and against a naive
// judge that compares every read with every version.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../../shared/analysis/ordering/check.ts';
import type { OrderingReport } from '../../../../shared/analysis/ordering/report.ts';
import { EventKind, Evidence, packEvidence } from '../../../../shared/model/event.ts';
import { lifecycleLog, moves } from '../lifecycle-log.ts';
import { LogBuilder, rechunk } from '../log-builder.ts';

const check = (log: LogBuilder, toleranceMs = 0): OrderingReport =>
  checkOrdering(log.build(), { toleranceMs, limit: 1_000 });

const INFERRED = packEvidence(Evidence.recorded, Evidence.inferred);

describe('a log made by the lifecycle', () => {
  it('breaks no rule, whatever happened', () => {
    fc.assert(
      fc.property(moves, (list) => {
        const report = check(lifecycleLog(list).log);
        expect(report.findings).toEqual([]);
        expect([report.proved, report.overlap, report.cannotTell]).toEqual([0, 0, 0]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('shows a planted fault, and its rule', () => {
    const plants = fc.constantFrom('read', 'publish', 'marker', 'heartbeat', 'finalize' as const);
    fc.assert(
      fc.property(moves, plants, fc.nat(99), (list, plant, pick) => {
        const { log, wholeRows, openRows, reader, endSeconds } = lifecycleLog(list);
        const needsOpen = plant === 'read' || plant === 'publish' || plant === 'marker';
        const candidates = needsOpen ? openRows : wholeRows;
        fc.pre(candidates.length > 0);
        const version = candidates[pick % candidates.length] ?? -1;
        const at = endSeconds + 1;
        if (plant === 'read') log.read(at, reader, version);
        else log.at(at, PLANTED[plant].kind, { version, value: 7 });
        log.at(at + 1, EventKind.note);
        const report = check(log);
        const rule = plant === 'read' ? 'no-read-before-finalize' : PLANTED[plant].rule;
        expect(report.rules.find((r) => r.rule === rule)?.proved).toBe(1);
        expect(report.findings[0]?.first.timeUs).toBe(at * 1e6);
        // With clocks that may be apart by days nothing is too early; a missing finalize and another row count stay.
        expect(check(log, 1e9).proved).toBe(PROVED_AT_ANY_TOLERANCE[plant]);
      }),
      { numRuns: 500 },
    );
  });

  it('is judged the same however it is cut into chunks', () => {
    const cuts = fc.array(fc.nat(100), { maxLength: 6 }).map((list) => list.slice().sort((a, b) => a - b));
    fc.assert(
      fc.property(moves, cuts, (list, at) => {
        const { log, openRows, reader, endSeconds } = lifecycleLog(list);
        for (const row of openRows)
          log.read(endSeconds, reader, row, { evidence: INFERRED }).read(endSeconds, reader, row);
        const whole = log.build();
        const cut = { ...whole, chunks: rechunk(whole.chunks, at) };
        const options = { toleranceMs: 0, limit: 100 };
        expect(checkOrdering(cut, options)).toEqual(checkOrdering(whole, options));
      }),
      { numRuns: 200 },
    );
  });

  it('never turns an inferred read or write into a proof', () => {
    fc.assert(
      fc.property(moves, fc.integer({ min: 1, max: 2 }), fc.boolean(), (list, evidence, ofTime) => {
        const packed = ofTime ? packEvidence(evidence as Evidence) : packEvidence(0, evidence as Evidence);
        const log = new LogBuilder();
        const [writer, reader] = [log.taskRun('w'), log.taskRun('r')];
        list.forEach((move, i) => {
          const version = log.version('data', `p=${move.partition}`, move.attempt, writer);
          if (move.what === 'read') log.read(i, reader, version, { evidence: packed, value: 1 });
          else log.at(i, MESS[move.what], { version, taskRun: writer, evidence: packed, value: move.tokenBack });
        });
        expect(check(log).proved).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});

const MESS = {
  open: EventKind.versionOpened,
  heartbeat: EventKind.versionHeartbeat,
  pass: EventKind.versionChecked,
  'fail check': EventKind.versionChecked,
  finalize: EventKind.versionFinalized,
  publish: EventKind.versionPublished,
  fail: EventKind.versionFailed,
  expire: EventKind.versionExpired,
  marker: EventKind.versionMarker,
} as const;

const PROVED_AT_ANY_TOLERANCE = { read: 0, publish: 1, marker: 1, heartbeat: 0, finalize: 1 } as const;

const PLANTED = {
  publish: { kind: EventKind.versionPublished, rule: 'publish-after-finalize' },
  marker: { kind: EventKind.versionMarker, rule: 'marker-after-data' },
  heartbeat: { kind: EventKind.versionHeartbeat, rule: 'no-write-after-end' },
  finalize: { kind: EventKind.versionFinalized, rule: 'finalize-once' },
} as const;

interface NaiveVersion {
  readonly partition: number;
  readonly open: number;
  readonly length: number;
  readonly isWhole: boolean;
}
interface NaiveRead {
  readonly version: number;
  readonly at: number;
  readonly isNamed: boolean;
  readonly isInferred: boolean;
}

describe('the checker and a naive judge', () => {
  const versions = fc.array(
    fc.record({
      partition: fc.nat(2),
      open: fc.nat(40),
      length: fc.integer({ min: 1, max: 30 }),
      isWhole: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  );
  const reads = fc.array(
    fc.record({ version: fc.nat(7), at: fc.nat(80), isNamed: fc.boolean(), isInferred: fc.boolean() }),
    { maxLength: 12 },
  );

  it('agree on which reads are proved and which only overlap', () => {
    fc.assert(
      fc.property(versions, reads, fc.nat(4), (vs, rs, tolerance) => {
        const report = check(logOf(vs, rs), tolerance * 1_000);
        const expected = rs.map((read) => naiveGrade(vs, read, tolerance));
        const rule = report.rules[0];
        expect([rule?.proved, rule?.overlap, rule?.cannotTell]).toEqual([
          expected.filter((g) => g === 'proved').length,
          expected.filter((g) => g === 'overlap').length,
          0,
        ]);
      }),
      { numRuns: 1_500 },
    );
  });
});

const target = (vs: readonly NaiveVersion[], read: NaiveRead): NaiveVersion =>
  vs[read.version % vs.length] as NaiveVersion;

/** Numbers rise with the opening, as a store would have given them. */
function logOf(vs: readonly NaiveVersion[], rs: readonly NaiveRead[]): LogBuilder {
  const log = new LogBuilder();
  const reader = log.taskRun('reader');
  const byOpen = vs.slice().sort((a, b) => a.open - b.open);
  const rows = vs.map((v) => log.version('data', `p=${v.partition}`, byOpen.indexOf(v) + 1));
  vs.forEach((v, i) => {
    const version = rows[i] ?? -1;
    log.at(v.open, EventKind.versionOpened, { version });
    log.at(v.open + v.length, v.isWhole ? EventKind.versionFinalized : EventKind.versionFailed, { version });
  });
  const partitions = [0, 1, 2].map((p) => log.version('data', `p=${p}`, 0));
  for (const read of rs) {
    const version = read.isNamed ? rows[read.version % vs.length] : partitions[target(vs, read).partition];
    log.read(read.at, reader, version ?? -1, { evidence: read.isInferred ? INFERRED : 0 });
  }
  return log;
}

function naiveGrade(vs: readonly NaiveVersion[], read: NaiveRead, tolerance: number): string {
  const v = target(vs, read);
  if (read.isNamed && !read.isInferred) {
    if (!v.isWhole) return 'proved';
    return v.open + v.length - read.at > tolerance ? 'proved' : 'none';
  }
  const isWritten = (w: NaiveVersion): boolean =>
    w.partition === v.partition && w.open <= read.at - tolerance && w.open + w.length > read.at + tolerance;
  return vs.some(isWritten) ? 'overlap' : 'none';
}
