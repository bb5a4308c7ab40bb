import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brokenBounds, type WholeVersion } from '../../../shared/lifecycle/gate.ts';
import type { QualityGate, VersionMetrics } from '../../../shared/model/ledger.ts';

const METRICS: VersionMetrics = {
  rowCount: 1_000,
  byteSize: 5_000,
  nullRates: { user: 0.01, item: 0 },
  schemaFingerprint: 'f1',
  newestUs: 9_000_000,
};
const AT_US = 10_000_000;
const broken = (gate: QualityGate, metrics: Partial<VersionMetrics> = {}, history: readonly WholeVersion[] = []) =>
  brokenBounds(gate, { ...METRICS, ...metrics }, history, AT_US);
const whole = (rowCount: number, schemaFingerprint = 'f1'): WholeVersion => ({ rowCount, schemaFingerprint });

describe('a quality gate', () => {
  it('without bounds passes anything', () => {
    expect(broken({}, { rowCount: Number.NaN, nullRates: {}, schemaFingerprint: '', newestUs: Number.NaN })).toEqual(
      [],
    );
  });

  it('names every bound that is broken', () => {
    const gate: QualityGate = {
      rowCount: { min: 2_000, max: 500, relative: { versions: 2, low: 0.9, high: 1.1 } },
      nullRates: { user: 0.001, item: 0 },
      schemaFingerprint: 'f2',
      freshnessMs: 999,
    };
    expect(broken(gate, {}, [whole(1), whole(4_000), whole(2_000)])).toEqual([
      '1000 rows, at least 2000 are wanted',
      '1000 rows, at most 500 are wanted',
      '1000 rows, less than 0.9 x the mean of the last 2 whole versions (3000)',
      'null rate of user 0.01, at most 0.001 is wanted',
      'schema f1, f2 is wanted',
      'the newest row is 1000 ms old, at most 999 ms is wanted',
    ]);
  });

  it('takes what is unknown for broken, and nothing before for no bound', () => {
    const gate: QualityGate = {
      rowCount: { relative: { versions: 5, low: 0.5, high: 2 } },
      nullRates: { user: 1 },
      schemaFingerprint: 'same',
      freshnessMs: 1_000,
    };
    expect(broken(gate)).toEqual([]);
    expect(broken(gate, {}, [whole(Number.NaN, '')])).toEqual([]);
    const unknown = { rowCount: Number.NaN, nullRates: {}, schemaFingerprint: '', newestUs: Number.NaN };
    expect(broken(gate, unknown, [whole(1_000)])).toEqual([
      'the row count is unknown',
      'the null rate of user is unknown',
      'the schema fingerprint is unknown',
      'the time of the newest row is unknown',
    ]);
  });

  it('asks for the schema of the last version that has one', () => {
    const gate = { schemaFingerprint: 'same' };
    expect(broken(gate, {}, [whole(1, 'f0'), whole(1, 'f1'), whole(1, '')])).toEqual([]);
    expect(broken(gate, {}, [whole(1, 'f1'), whole(1, 'f0')])).toEqual(['schema f1, f0 is wanted']);
  });

  it('passes exactly the row counts within all of its bounds', () => {
    const count = fc.integer({ min: 0, max: 2_000 });
    fc.assert(
      fc.property(
        count,
        fc.option(count, { nil: undefined }),
        fc.option(count, { nil: undefined }),
        fc.array(count, { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        (rows, min, max, before, versions) => {
          const relative = { versions, low: 0.5, high: 1.5 };
          const gate: QualityGate = {
            rowCount: { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }), relative },
          };
          const last = before.slice(-versions);
          const mean = last.reduce((a, b) => a + b, 0) / last.length;
          const isNear = last.length === 0 || (rows >= 0.5 * mean && rows <= 1.5 * mean);
          const isGood = rows >= (min ?? 0) && rows <= (max ?? Number.POSITIVE_INFINITY) && isNear;
          const reasons = broken(
            gate,
            { rowCount: rows },
            before.map((n) => whole(n)),
          );
          expect({ rows, min, max, before, isPassed: reasons.length === 0 }).toEqual({
            rows,
            min,
            max,
            before,
            isPassed: isGood,
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('never passes a version with less known, and never breaks one with a looser bound', () => {
    const rate = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(rate, rate, rate, (bound, looser, measured) => {
        const strict = broken({ nullRates: { user: Math.min(bound, looser) } }, { nullRates: { user: measured } });
        const loose = broken({ nullRates: { user: Math.max(bound, looser) } }, { nullRates: { user: measured } });
        expect(loose.length).toBeLessThanOrEqual(strict.length);
        expect(strict.length).toBe(measured > Math.min(bound, looser) ? 1 : 0);
        expect(broken({ nullRates: { user: bound } }, { nullRates: {} })).toHaveLength(1);
      }),
      { numRuns: 200 },
    );
  });
});
