// Bytes to records: the inverse of encode-record.ts, field for field. Throws MalformedBytesError for a payload that is
// not what its kind says; its checksum was right, so that is a fault of whoever wrote it.

import type {
  LedgerDraft,
  LedgerRecord,
  LedgerRecordKind,
  QualityGate,
  VersionMetrics,
  VersionName,
} from '../../../shared/model/ledger.ts';
import { ByteReader, MalformedBytesError } from './byte-reader.ts';

/** The record in `bytes[from … end)`, a frame's payload. */
export function decodeRecord(
  kind: LedgerRecordKind,
  seq: number,
  bytes: Buffer,
  from: number,
  end: number,
): LedgerRecord {
  const reader = new ByteReader(bytes, from, end);
  const base = { seq, atUs: reader.f64(), receivedUs: reader.f64() };
  const record = { ...base, ...DECODERS[kind](reader) } as LedgerRecord;
  reader.finish();
  return record;
}

type Body<Kind> = Omit<Extract<LedgerDraft, { kind: Kind }>, 'atUs' | 'receivedUs'>;

const DECODERS: { readonly [Kind in LedgerRecordKind]: (reader: ByteReader) => Body<Kind> } = {
  opened: (reader) => ({
    kind: 'opened',
    ...version(reader),
    run: reader.text(),
    attempt: reader.count(),
    details: {
      pipeline: reader.text(),
      task: reader.text(),
      logicalKey: reader.text(),
      parentRun: reader.text(),
    },
    leaseUs: reader.f64(),
    closed: closed(reader),
  }),
  heartbeats: (reader) => ({ kind: 'heartbeats', versions: list(reader, version) }),
  checked: (reader) => ({
    kind: 'checked',
    ...version(reader),
    passed: reader.u8() === 1,
    metrics: metrics(reader),
    reason: reader.text(),
  }),
  finalized: (reader) => ({
    kind: 'finalized',
    run: reader.text(),
    attempt: reader.count(),
    outputs: list(reader, (from) => ({ ...version(from), metrics: metrics(from), payloadHash: from.text() })),
    inputs: list(reader, version),
  }),
  published: (reader) => ({ kind: 'published', ...version(reader) }),
  failed: (reader) => ({ kind: 'failed', ...version(reader), reason: reader.text() }),
  expired: (reader) => ({ kind: 'expired', ...version(reader), reason: reader.text() }),
  marker: (reader) => ({ kind: 'marker', ...version(reader), path: reader.text() }),
  declared: (reader) => ({
    kind: 'declared',
    namespace: reader.text(),
    dataset: reader.text(),
    gate: reader.u8() === 0 ? null : gate(reader),
    publishedBy: reader.u8() === 0 ? 'store' : 'writer',
  }),
  observed: (reader) => ({ kind: 'observed', contentHash: reader.text(), event: reader.text() }),
};

const version = (reader: ByteReader): VersionName => ({
  namespace: reader.text(),
  dataset: reader.text(),
  partition: reader.text(),
  version: reader.count(),
});

function closed(reader: ByteReader): Body<'opened'>['closed'] {
  const code = reader.u8();
  if (code === 0) return null;
  if (code > 2) throw new MalformedBytesError(`no way to close has the number ${code}`);
  return { version: reader.count(), as: code === 1 ? 'expired' : 'superseded', reason: reader.text() };
}

const metrics = (reader: ByteReader): VersionMetrics => ({
  rowCount: reader.f64(),
  byteSize: reader.f64(),
  nullRates: rates(reader),
  schemaFingerprint: reader.text(),
  newestUs: reader.f64(),
});

// fromEntries defines, so a column named __proto__ is a column.
const rates = (reader: ByteReader): Record<string, number> =>
  Object.fromEntries(list(reader, (from): [string, number] => [from.text(), from.f64()]));

function gate(reader: ByteReader): QualityGate {
  return {
    ...optional(reader, 'rowCount', (from) => ({
      ...optional(from, 'min', number),
      ...optional(from, 'max', number),
      ...optional(from, 'relative', (at) => ({ versions: at.f64(), low: at.f64(), high: at.f64() })),
    })),
    ...optional(reader, 'nullRates', rates),
    ...optional(reader, 'schemaFingerprint', (from) => from.text()),
    ...optional(reader, 'freshnessMs', number),
  };
}

const number = (reader: ByteReader): number => reader.f64();

/** The field by its name, or nothing. */
function optional<Name extends string, T>(
  reader: ByteReader,
  name: Name,
  read: (reader: ByteReader) => T,
): { [key in Name]?: T } {
  return (reader.u8() === 0 ? {} : { [name]: read(reader) }) as { [key in Name]?: T };
}

function list<T>(reader: ByteReader, read: (reader: ByteReader) => T): T[] {
  const values: T[] = [];
  for (let left = reader.count(); left > 0; left--) values.push(read(reader));
  return values;
}
