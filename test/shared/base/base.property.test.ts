// Properties of the base layer: what holds for any input.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowableFloat64, GrowableInt32 } from '../../../shared/base/growable.ts';
import { ContentHash, hashText } from '../../../shared/base/hash.ts';
import { Interner } from '../../../shared/base/interner.ts';
import { nearestRank, sortedKnown } from '../../../shared/base/quantile.ts';
import { normalQuantile, randomBits, randomKey, randomUnit } from '../../../shared/base/random.ts';
import { formatInstant, parseInstant } from '../../../shared/base/time.ts';

describe('instants', () => {
  it('text and back is the same microsecond', () => {
    const us = fc.integer({ min: -2_000_000_000_000_000, max: 9_000_000_000_000_000 });
    fc.assert(fc.property(us, (t) => parseInstant(formatInstant(t)) === t));
  });

  it('agree with Date on whole milliseconds', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }),
        (date) => {
          expect(parseInstant(date.toISOString())).toBe(date.getTime() * 1_000);
        },
      ),
    );
  });

  it('never throw on text', () => {
    fc.assert(fc.property(fc.string(), (text) => parseInstant(text) === null || Number.isFinite(parseInstant(text))));
  });
});

describe('nearest rank', () => {
  it('is the smallest value with at least q of all at or below it', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 100 }), (list, percent) => {
        const sorted = sortedKnown(list);
        const value = nearestRank(sorted, percent / 100);
        const atOrBelow = (v: number): number => list.filter((x) => x <= v).length;
        expect(atOrBelow(value) * 100).toBeGreaterThanOrEqual(percent * list.length);
        const below = list.filter((x) => x < value);
        if (below.length > 0) expect(atOrBelow(Math.max(...below)) * 100).toBeLessThan(percent * list.length);
      }),
    );
  });

  it('leaves unknown values out and is unknown of none', () => {
    expect([...sortedKnown([3, Number.NaN, 1])]).toEqual([1, 3]);
    expect(nearestRank(sortedKnown([Number.NaN]), 0.5)).toBeNaN();
  });
});

describe('random draws', () => {
  it('are a function of key and index, inside the open unit interval', () => {
    fc.assert(
      fc.property(fc.integer(), fc.string(), fc.nat(1_000_000), (seed, name, index) => {
        const key = randomKey(seed, name);
        expect(randomBits(key, index)).toBe(randomBits(randomKey(seed, name), index));
        const u = randomUnit(key, index);
        expect(u > 0 && u < 1 && Number.isFinite(normalQuantile(u))).toBe(true);
      }),
    );
  });

  it('look uniform along the index and along the key', () => {
    for (const draw of [
      (i: number) => randomUnit(randomKey(7, 'a'), i),
      (i: number) => randomUnit(randomKey(7, 'task', i), 0),
    ]) {
      const bins = new Int32Array(64);
      const draws = 64_000;
      for (let i = 0; i < draws; i++) bins[Math.floor(draw(i) * 64)]++;
      // Chi-square with 63 degrees of freedom: 120 is beyond the 99.998th percentile; a fixed seed, so never flaky.
      const chi2 = bins.reduce((sum, n) => sum + (n - 1_000) ** 2 / 1_000, 0);
      expect(chi2).toBeLessThan(120);
    }
  });

  it('the order of a key counts', () => expect(randomKey(1, 'a', 'b')).not.toBe(randomKey(1, 'b', 'a')));

  it('normal quantiles are those of the tables', () => {
    expect(normalQuantile(0.5)).toBeCloseTo(0, 9);
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963985, 7);
    expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306, 7);
  });
});

describe('hashes', () => {
  it('tell texts and arrays apart, by content alone', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.array(fc.string()), (a, b) => {
        const name = (list: string[]): string => list.reduce((hash, text) => hash.text(text), new ContentHash()).hex();
        expect(name(a) === name(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(name(a)).toMatch(/^[0-9a-f]{32}$/);
      }),
    );
  });

  it('one changed byte changes the name', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 99 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (bytes, at, flip) => {
          const other = bytes.slice();
          other[at % bytes.length] ^= flip;
          expect(new ContentHash().array(other).hex()).not.toBe(new ContentHash().array(bytes).hex());
        },
      ),
    );
  });

  it('are the same in every release: draws and catalog names depend on them', () => {
    expect(hashText('landfall')).toBe(-668431588);
    expect(new ContentHash().text('landfall').word(7).hex()).toBe('00013525e24206a385da2d1b340230c2');
  });
});

describe('growing columns and dictionaries', () => {
  it('keep what was pushed', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }), { maxLength: 300 }), (values) => {
        const ints = new GrowableInt32();
        const doubles = new GrowableFloat64();
        for (const value of values) {
          ints.push(value);
          doubles.push(value / 3);
        }
        expect([...ints.finish()]).toEqual(values);
        expect([...doubles.finish()]).toEqual(values.map((v) => v / 3));
      }),
    );
  });

  it('an interner gives dense ids and the text back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 3 })), (texts) => {
        const interner = new Interner();
        const ids = texts.map((text) => interner.intern(text));
        expect(ids.map((id) => interner.texts[id])).toEqual(texts);
        expect(interner.size).toBe(new Set(texts).size);
        expect(interner.find('no such text at all')).toBe(-1);
      }),
    );
  });
});
