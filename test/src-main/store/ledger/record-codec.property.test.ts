// Whatever the types allow survives the trip to bytes and back, and bytes that are not a record are never taken for one.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MalformedBytesError } from '../../../../src-main/store/ledger/byte-reader.ts';
import { ByteWriter } from '../../../../src-main/store/ledger/byte-writer.ts';
import { decodeRecord } from '../../../../src-main/store/ledger/decode-record.ts';
import { encodeRecord } from '../../../../src-main/store/ledger/encode-record.ts';
import { arbitraryDraft } from './support/arbitrary-draft.ts';

test('a record comes back as it was', () => {
  const writer = new ByteWriter();
  fc.assert(
    fc.property(arbitraryDraft, fc.maxSafeNat(), (draft, seq) => {
      writer.length = 0;
      encodeRecord(writer, draft);
      const { written } = writer;
      expect(decodeRecord(draft.kind, seq, written, 0, written.length)).toEqual({ ...draft, seq });
    }),
    { numRuns: 300 },
  );
});

test('a payload that is cut short, or too long, is refused', () => {
  const writer = new ByteWriter();
  fc.assert(
    fc.property(arbitraryDraft, fc.nat(), (draft, cut) => {
      writer.length = 0;
      encodeRecord(writer, draft);
      const length = cut % writer.length;
      expect(() => decodeRecord(draft.kind, 1, writer.written, 0, length)).toThrow(MalformedBytesError);
      writer.u8(0);
      expect(() => decodeRecord(draft.kind, 1, writer.written, 0, writer.length)).toThrow(MalformedBytesError);
    }),
    { numRuns: 100 },
  );
});

test.each([-1, 0.5, Number.NaN, 2 ** 53])('a version of %d is refused', (version) => {
  const name = { namespace: 'a', dataset: 'b', partition: 'c', version };
  const draft = { kind: 'published', atUs: 0, receivedUs: 0, ...name } as const;
  expect(() => encodeRecord(new ByteWriter(), draft)).toThrow(RangeError);
});
