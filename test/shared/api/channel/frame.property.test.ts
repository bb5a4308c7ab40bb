// Compared by Node's isDeepStrictEqual: it tells -0 from 0 and is not misled by a member named `constructor`.
// Round trip of any value of a contract; and no bytes, random or damaged, get past the decoder other than as a value or
// a refusal.

import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame } from '../../../../shared/api/channel/frame.ts';

const column = fc.oneof(
  fc.int8Array(),
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
);

const key = fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'constructor', 'toString', 'then'));

const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(fc.string({ unit: 'binary' }), fc.double(), fc.integer(), fc.boolean(), fc.constantFrom(null, undefined)),
    fc.oneof(fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY), column),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6, noNullPrototype: true }),
  ),
}));

const decoded = (bytes: Uint8Array): unknown => {
  const result = decodeFrame(bytes);
  if (!result.ok) throw new Error(result.error);
  return result.value;
};

describe('frame', () => {
  it('gives back every value of a contract', () => {
    fc.assert(
      fc.property(value, (sent) => {
        expect(isDeepStrictEqual(decoded(encodeFrame(sent)), sent)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('gives it back from memory at any offset, and leaves the sent value alone', () => {
    fc.assert(
      fc.property(value, fc.integer({ min: 0, max: 16 }), (sent, offset) => {
        const frame = encodeFrame(sent);
        const memory = new Uint8Array(frame.length + offset);
        memory.set(frame, offset);
        expect(isDeepStrictEqual(decoded(memory.subarray(offset)), sent)).toBe(true);
        expect(encodeFrame(sent)).toEqual(frame);
      }),
    );
  });

  it('answers random bytes with a refusal', () => {
    const head = fc.constantFrom([], [0x4c, 0x46, 0x43, 1], [0x4c, 0x46, 0x43, 1, 2, 0, 0, 0]);
    fc.assert(
      fc.property(head, fc.uint8Array({ maxLength: 200 }), (start, rest) => {
        expect(decodeFrame(Uint8Array.from([...start, ...rest])).ok).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('answers a damaged frame with a value or a refusal, and a cut one with a refusal', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.integer({ min: 1, max: 255 }), (sent, at, flip) => {
        const frame = encodeFrame(sent);
        expect(decodeFrame(frame.slice(0, at % frame.length)).ok).toBe(false);
        const damaged = frame.slice();
        damaged[at % damaged.length] = (damaged[at % damaged.length] as number) ^ flip;
        expect(typeof decodeFrame(damaged).ok).toBe('boolean');
      }),
      { numRuns: 2_000 },
    );
  });

  it('answers any JSON in a well-formed head with a value or a refusal, and changes no prototype', () => {
    const json = fc.oneof(
      fc.json(),
      fc.tuple(fc.json(), fc.json()).map(([a, b]) => `[${a},[${b}]]`),
      fc.json().map((text) => `[{"$":${text}},[["f64",1]]]`),
      fc
        .tuple(fc.constantFrom('f64', 'u8', '__proto__', 'toString'), fc.double())
        .map(([k, n]) => `[{"$":0},[["${k}",${n}]]]`),
    );
    fc.assert(
      fc.property(json, fc.nat({ max: 64 }), (text, tail) => {
        const result = decodeFrame(handMade(text, tail));
        expect([null, Object.prototype, Array.prototype]).toContain(result.ok ? prototypeOf(result.value) : null);
        expect(({} as Record<string, unknown>).polluted).toBeUndefined();
      }),
      { numRuns: 2_000 },
    );
  });
});

/** The prototype of an object or list; null for everything else. */
const prototypeOf = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) ? Object.getPrototypeOf(value) : null;

/** A frame around JSON text, followed by `tail` zero bytes. */
function handMade(json: string, tail: number): Uint8Array {
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(8 + text.length + tail);
  bytes.set([0x4c, 0x46, 0x43, 1]);
  new DataView(bytes.buffer).setUint32(4, text.length, true);
  bytes.set(text, 8);
  return bytes;
}
