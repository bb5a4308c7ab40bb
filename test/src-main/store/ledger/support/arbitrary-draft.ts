// Any draft that the types allow: every string of JavaScript, unknown numbers, empty and missing parts.

import fc from 'fast-check';
import type { LedgerDraft, QualityGate, VersionMetrics } from '../../../../../shared/model/ledger.ts';

/** UTF-16 units in any order: lone surrogates too. */
const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 5 }).map((units) => String.fromCharCode(...units)),
  fc.constantFrom('', '__proto__', 'x'.repeat(48), 'x'.repeat(49), '\ud800'),
);
const timeUs = fc.oneof(fc.double(), fc.constant(Number.NaN), fc.integer({ min: 0 }));
const count = fc.oneof(fc.nat(300), fc.maxSafeNat());
const dataset = { namespace: text, dataset: text };
const version = { ...dataset, partition: text, version: count };
const base = { atUs: timeUs, receivedUs: timeUs };
const rates = fc.array(fc.tuple(text, fc.double()), { maxLength: 3 }).map((pairs) => Object.fromEntries(pairs));

const metrics: fc.Arbitrary<VersionMetrics> = fc.record({
  rowCount: fc.double(),
  byteSize: fc.double(),
  nullRates: rates,
  schemaFingerprint: text,
  newestUs: timeUs,
});

const gate: fc.Arbitrary<QualityGate> = fc.record(
  {
    rowCount: fc.record(
      {
        min: fc.double(),
        max: fc.double(),
        relative: fc.record({ versions: fc.nat(), low: fc.double(), high: fc.double() }),
      },
      { requiredKeys: [] },
    ),
    nullRates: rates,
    schemaFingerprint: text,
    freshnessMs: fc.double(),
  },
  { requiredKeys: [] },
);

const details = fc.record({ pipeline: text, task: text, logicalKey: text, parentRun: text });
const closed = fc.record({ version: count, as: fc.constantFrom('expired', 'superseded'), reason: text });
const kind = <Kind extends string>(name: Kind) => ({ kind: fc.constant(name) });
const versionNames = fc.array(fc.record(version), { maxLength: 3 });

export const arbitraryDraft: fc.Arbitrary<LedgerDraft> = fc.oneof(
  fc.record({
    ...base,
    ...version,
    ...kind('opened' as const),
    run: text,
    attempt: count,
    details,
    leaseUs: fc.double(),
    closed: fc.option(closed),
  }),
  fc.record({ ...base, ...kind('heartbeats' as const), versions: versionNames }),
  fc.record({ ...base, ...version, ...kind('checked' as const), passed: fc.boolean(), metrics, reason: text }),
  fc.record({
    ...base,
    ...kind('finalized' as const),
    run: text,
    attempt: count,
    outputs: fc.array(fc.record({ ...version, metrics, payloadHash: text }), { maxLength: 3 }),
    inputs: versionNames,
  }),
  fc.record({ ...base, ...version, ...kind('published' as const) }),
  fc.record({ ...base, ...version, ...kind('failed' as const), reason: text }),
  fc.record({ ...base, ...version, ...kind('expired' as const), reason: text }),
  fc.record({ ...base, ...version, ...kind('marker' as const), path: text }),
  fc.record({
    ...base,
    ...dataset,
    ...kind('declared' as const),
    gate: fc.option(gate),
    publishedBy: fc.constantFrom('store', 'writer'),
  }),
  fc.record({ ...base, ...kind('observed' as const), contentHash: text, event: text }),
);
