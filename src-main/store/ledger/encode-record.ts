// Records to bytes. The order of the fields is the format: decode-record.ts reads them in the same order, and neither
// may change without a new code in record-kinds.ts.

import type { LedgerDraft, QualityGate, VersionMetrics, VersionName } from '../../../shared/model/ledger.ts';
import type { ByteWriter } from './byte-writer.ts';

/** Appends a record's payload. Throws RangeError for a version, attempt or count that is no whole number. */
export function encodeRecord(writer: ByteWriter, record: LedgerDraft): void {
  writer.f64(record.atUs);
  writer.f64(record.receivedUs);
  ENCODERS[record.kind](writer, record as never);
}

type Encoder<Kind> = (writer: ByteWriter, record: Extract<LedgerDraft, { kind: Kind }>) => void;

const ENCODERS: { readonly [Kind in LedgerDraft['kind']]: Encoder<Kind> } = {
  opened(writer, record) {
    version(writer, record);
    writer.text(record.run);
    writer.count(record.attempt);
    writer.text(record.details.pipeline);
    writer.text(record.details.task);
    writer.text(record.details.logicalKey);
    writer.text(record.details.parentRun);
    writer.f64(record.leaseUs);
    writer.u8(record.closed === null ? 0 : record.closed.as === 'expired' ? 1 : 2);
    if (record.closed === null) return;
    writer.count(record.closed.version);
    writer.text(record.closed.reason);
  },
  heartbeats(writer, record) {
    list(writer, record.versions, version);
  },
  checked(writer, record) {
    version(writer, record);
    writer.u8(record.passed ? 1 : 0);
    metrics(writer, record.metrics);
    writer.text(record.reason);
  },
  finalized(writer, record) {
    writer.text(record.run);
    writer.count(record.attempt);
    list(writer, record.outputs, (to, output) => {
      version(to, output);
      metrics(to, output.metrics);
      to.text(output.payloadHash);
    });
    list(writer, record.inputs, version);
  },
  published: version,
  failed(writer, record) {
    version(writer, record);
    writer.text(record.reason);
  },
  expired(writer, record) {
    version(writer, record);
    writer.text(record.reason);
  },
  marker(writer, record) {
    version(writer, record);
    writer.text(record.path);
  },
  declared(writer, record) {
    writer.text(record.namespace);
    writer.text(record.dataset);
    writer.u8(record.gate === null ? 0 : 1);
    if (record.gate !== null) gate(writer, record.gate);
    writer.u8(record.publishedBy === 'store' ? 0 : 1);
  },
  observed(writer, record) {
    writer.text(record.contentHash);
    writer.text(record.event);
  },
};

function version(writer: ByteWriter, name: VersionName): void {
  writer.text(name.namespace);
  writer.text(name.dataset);
  writer.text(name.partition);
  writer.count(name.version);
}

function metrics(writer: ByteWriter, measured: VersionMetrics): void {
  writer.f64(measured.rowCount);
  writer.f64(measured.byteSize);
  rates(writer, measured.nullRates);
  writer.text(measured.schemaFingerprint);
  writer.f64(measured.newestUs);
}

function rates(writer: ByteWriter, byColumn: Readonly<Record<string, number>>): void {
  list(writer, Object.entries(byColumn), (to, [column, rate]) => {
    to.text(column);
    to.f64(rate);
  });
}

function gate(writer: ByteWriter, declared: QualityGate): void {
  optional(writer, declared.rowCount, (to, bounds) => {
    optional(to, bounds.min, (at, min) => at.f64(min));
    optional(to, bounds.max, (at, max) => at.f64(max));
    optional(to, bounds.relative, (at, relative) => {
      at.f64(relative.versions);
      at.f64(relative.low);
      at.f64(relative.high);
    });
  });
  optional(writer, declared.nullRates, rates);
  optional(writer, declared.schemaFingerprint, (to, fingerprint) => to.text(fingerprint));
  optional(writer, declared.freshnessMs, (to, freshnessMs) => to.f64(freshnessMs));
}

function optional<T>(writer: ByteWriter, value: T | undefined, write: (writer: ByteWriter, value: T) => void): void {
  writer.u8(value === undefined ? 0 : 1);
  if (value !== undefined) write(writer, value);
}

function list<T>(writer: ByteWriter, values: readonly T[], write: (writer: ByteWriter, value: T) => void): void {
  writer.count(values.length);
  for (const value of values) write(writer, value);
}
