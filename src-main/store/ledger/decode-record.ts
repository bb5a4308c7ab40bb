// Bytes to records: the inverse of encode-record.ts, field for field. Throws MalformedBytesError for a payload that is
// not what its kind says; its checksum was right, so that is a fault of whoever wrote it.

import type {
  FinalizedOutput,
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
  const record = DECODERS[kind](reader, seq);
  reader.finish();
  return record;
}

type RecordOf<Kind> = Extract<LedgerRecord, { kind: Kind }>;

// Each makes its record in one piece, in the order of the bytes: millions are read at a start.
const DECODERS: { readonly [Kind in LedgerRecordKind]: (reader: ByteReader, seq: number) => RecordOf<Kind> } = {
  opened: (reader, seq) => ({
    kind: 'opened',
    seq,
    atUs: reader.f64(),
    receivedUs: reader.f64(),
    namespace: reader.name(),
    dataset: reader.name(),
    partition: reader.text(),
    version: reader.count(),
    run: reader.text(),
    attempt: reader.count(),
    details: {
      pipeline: reader.name(),
      task: reader.name(),
      logicalKey: reader.name(),
      parentRun: reader.text(),
    },
    leaseUs: reader.f64(),
    closed: closed(reader),
  }),
  heartbeats: (reader, seq) => ({
    kind: 'heartbeats',
    seq,
    atUs: reader.f64(),
    receivedUs: reader.f64(),
    versions: list(reader, version),
  }),
  checked: (reader, seq) => ({
    kind: 'checked',
    seq,
    atUs: reader.f64(),
    receivedUs: reader.f64(),
    namespace: reader.name(),
    dataset: reader.name(),
    partition: reader.text(),
    version: reader.count(),
    passed: reader.u8() === 1,
    metrics: metrics(reader),
    reason: reader.text(),
  }),
  finalized: (reader, seq) => ({
    kind: 'finalized',
    seq,
    atUs: reader.f64(),
    receivedUs: reader.f64(),
    run: reader.text(),
    attempt: reader.count(),
    outputs: list(reader, output),
    inputs: list(reader, version),
  }),
  published: (reader, seq) => ({
    kind: 'published',
    seq,
    atUs: reader.f64(),
    receivedUs: reader.f64(),
    namespace: reader.name(),
    dataset: reader.name(),
    partition: reader.text(),
    version: reader.count(),
  }),
  failed: (reader, seq) => ({ kind: 'failed', ...base(reader, seq), ...version(reader), reason: reader.text() }),
  expired: (reader, seq) => ({ kind: 'expired', ...base(reader, seq), ...version(reader), reason: reader.text() }),
  marker: (reader, seq) => ({ kind: 'marker', ...base(reader, seq), ...version(reader), path: reader.text() }),
  declared: (reader, seq) => ({
    kind: 'declared',
    ...base(reader, seq),
    namespace: reader.name(),
    dataset: reader.name(),
    gate: reader.u8() === 0 ? null : gate(reader),
    publishedBy: reader.u8() === 0 ? 'store' : 'writer',
  }),
  observed: (reader, seq) => ({
    kind: 'observed',
    seq,
    atUs: reader.f64(),
    receivedUs: reader.f64(),
    contentHash: reader.text(),
    event: reader.text(),
  }),
};

const base = (reader: ByteReader, seq: number): { seq: number; atUs: number; receivedUs: number } => ({
  seq,
  atUs: reader.f64(),
  receivedUs: reader.f64(),
});

const version = (reader: ByteReader): VersionName => ({
  namespace: reader.name(),
  dataset: reader.name(),
  partition: reader.text(),
  version: reader.count(),
});

const output = (reader: ByteReader): FinalizedOutput => ({
  namespace: reader.name(),
  dataset: reader.name(),
  partition: reader.text(),
  version: reader.count(),
  metrics: metrics(reader),
  payloadHash: reader.text(),
});

function closed(reader: ByteReader): RecordOf<'opened'>['closed'] {
  const code = reader.u8();
  if (code === 0) return null;
  if (code > 2) throw new MalformedBytesError(`no way to close has the number ${code}`);
  return { version: reader.count(), as: code === 1 ? 'expired' : 'superseded', reason: reader.text() };
}

const metrics = (reader: ByteReader): VersionMetrics => ({
  rowCount: reader.f64(),
  byteSize: reader.f64(),
  nullRates: rates(reader),
  schemaFingerprint: reader.name(),
  newestUs: reader.f64(),
});

// fromEntries defines, so a column named __proto__ is a column.
const rates = (reader: ByteReader): Record<string, number> =>
  Object.fromEntries(list(reader, (from): [string, number] => [from.name(), from.f64()]));

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
