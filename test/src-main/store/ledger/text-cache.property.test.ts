import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextCache } from '../../../../src-main/store/ledger/text-cache.ts';

const piece = fc.oneof(
  fc.string({ maxLength: 12 }).map((text) => Buffer.from(text)),
  fc.string({ unit: 'grapheme', maxLength: 6 }).map((text) => Buffer.from(text)),
  fc.constantFrom('', 'é', 'warehouse', 'x'.repeat(300)).map((text) => Buffer.from(text)),
  // What is no UTF-8 at all.
  fc.uint8Array({ maxLength: 4 }).map((bytes) => Buffer.from(bytes)),
);

test('a text is what its bytes say, whatever was read before', () => {
  const cache = new TextCache();
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const all = Buffer.concat(pieces);
      let at = 0;
      for (const { length } of pieces) {
        for (let time = 0; time < 2; time++) {
          expect(cache.read(all, at, at + length)).toBe(all.toString('utf8', at, at + length));
        }
        at += length;
      }
    }),
    { numRuns: 100 },
  );
});
