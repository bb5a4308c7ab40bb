// The codec's promises one by one: views instead of copies, alignment, limits, and what is refused.

import { describe, expect, it } from 'vitest';
import { decodeFrame, encodeFrame } from '../../../../shared/api/channel/frame.ts';

const head = (json: string): number[] => {
  const text = new TextEncoder().encode(json);
  return [0x4c, 0x46, 0x43, 1, text.length & 255, text.length >> 8, 0, 0, ...text];
};
const refusal = (bytes: ArrayLike<number>, limit?: number): string => {
  const result = decodeFrame(Uint8Array.from(bytes), limit);
  return result.ok ? expect.fail(`accepted ${JSON.stringify(result.value)}`) : result.error;
};

describe('encodeFrame', () => {
  it('lays columns on multiples of 8, and they are views of the frame when it arrives', () => {
    const sent = { odd: Uint8Array.from([1, 2, 3]), times: Float64Array.from([1.5, Number.NaN, -0]) };
    const frame = encodeFrame(sent);
    const result = decodeFrame(frame);
    expect(result).toEqual({ ok: true, value: sent });
    const { odd, times } = (result as { value: typeof sent }).value;
    expect([odd.buffer, times.buffer]).toEqual([frame.buffer, frame.buffer]);
    expect([odd.byteOffset % 8, times.byteOffset % 8]).toEqual([0, 0]);
  });

  it('sends only what a view shows', () => {
    const whole = Float64Array.from([1, 2, 3, 4]);
    expect(decodeFrame(encodeFrame(whole.subarray(1, 3)))).toEqual({ ok: true, value: Float64Array.from([2, 3]) });
  });

  it('takes a Buffer for bytes', () => {
    const result = decodeFrame(encodeFrame(Buffer.from('abc')));
    expect(result).toEqual({ ok: true, value: Uint8Array.from([97, 98, 99]) });
  });

  it('keeps text that is half a surrogate pair', () => {
    expect(decodeFrame(encodeFrame('\ud800'))).toEqual({ ok: true, value: '\ud800' });
  });

  class Point {
    x = 1;
  }
  const cycle: unknown[] = [];
  cycle.push(cycle);
  it.each([
    ['a Date', new Date(0), /a Date cannot/],
    ['a Map', new Map(), /a Map cannot/],
    ['a class', { at: new Point() }, /a Point cannot/],
    ['a function', [() => 1], /a function cannot/],
    ['a symbol', Symbol('x'), /a symbol cannot/],
    ['a bigint', 1n, /a bigint cannot/],
    ['a DataView', new DataView(new ArrayBuffer(8)), /a DataView cannot/],
    ['an ArrayBuffer', new ArrayBuffer(8), /an? ArrayBuffer cannot/],
    ['an object without a class of its own', Object.create(Object.create(null)), /a class cannot/],
    ['a cycle', cycle, /deeper than 64/],
  ])('throws on %s', (_what, value, message) => {
    expect(() => encodeFrame(value)).toThrow(message);
  });

  it.each([
    ['columns', new Float64Array(200)],
    ['text', 'x'.repeat(1_200)],
  ])('throws `too-large` on %s beyond the limit', (_what, value) => {
    expect(() => encodeFrame(value, 1_000)).toThrow(expect.objectContaining({ code: 'too-large' }));
  });
});

describe('decodeFrame', () => {
  it.each([
    ['nothing', [], 'no frame of this version'],
    ['another version', [0x4c, 0x46, 0x43, 2, 0, 0, 0, 0], 'no frame of this version'],
    ['a cut text', head('[1,[]]').slice(0, -1), 'a frame that is cut'],
    ['no UTF-8', [0x4c, 0x46, 0x43, 1, 1, 0, 0, 0, 0xff], /./],
    ['no JSON', head('[1,['), /./],
    ['another header', head('{"v":1}'), 'no header'],
    ['a third member', head('[1,[],2]'), 'no header'],
    ['bytes at the end', [...head('[1,[]]'), 0], 'bytes after the last column'],
    ['a column of an unknown kind', head('[1,[["f16",0]]]'), 'a column of no kind'],
    ['a column of an inherited kind', head('[1,[["constructor",0]]]'), 'a column of no kind'],
    ['a negative length', head('[1,[["u8",-1]]]'), 'a column of no length'],
    ['a fractional length', head('[1,[["u8",0.5]]]'), 'a column of no length'],
    ['a length beyond the end', head('[1,[["f64",1]]]'), 'a column beyond the end'],
    ['a huge length', head('[1,[["f64",9007199254740991]]]'), 'a column beyond the end'],
    ['a column that is not there', head('[{"$":0},[]]'), 'a column that is not there'],
    ['an inherited column', head('[{"$":"length"},[]]'), 'a tag of no meaning'],
    ['a tag with company', head('[{"$":"nan","a":1},[]]'), 'a tag with other members'],
    ['a tag of a list', head('[{"$":[]},[]]'), 'a tag of no meaning'],
    ['too deep a value', head(`[${'['.repeat(65)}${']'.repeat(65)},[]]`), 'too deep'],
    ['too deep a value of tags', head(`[${'{"$":{"a":'.repeat(65)}1${'}}'.repeat(65)},[]]`), 'too deep'],
  ])('refuses %s', (_what, bytes, reason) => {
    expect(refusal(bytes)).toMatch(reason);
  });

  it('refuses what is beyond the limit before it looks inside', () => {
    expect(refusal(head('[1,[]]'), 13)).toBe('a frame of 14 bytes, the limit is 13');
  });

  it('keeps `__proto__` as a member like any other', () => {
    const result = decodeFrame(Uint8Array.from(head('[{"__proto__":{"polluted":[{"$":"nan"}]}},[]]')));
    const value = (result as { value: object }).value;
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.getOwnPropertyDescriptor(value, '__proto__')?.value).toEqual({ polluted: [Number.NaN] });
  });
});
