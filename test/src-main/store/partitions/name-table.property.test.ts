import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NameTable } from '../../../../src-main/store/partitions/name-table.ts';

const text = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 10 }),
  fc.constantFrom('', '\0', '\0\0', 'date=2025-12-24', 'date=2025-12-24/hour=03', 'é', 'e\u0301', '\u00ff', '名前'),
);

describe('a name table', () => {
  it('is a map from text to dense ids, also after it grew and after it came back from its content', () => {
    fc.assert(
      fc.property(fc.array(text, { maxLength: 60 }), fc.array(text, { maxLength: 10 }), (names, others) => {
        const table = new NameTable();
        const model = new Map<string, number>();
        for (const name of names) {
          expect(table.find(name)).toBe(model.get(name) ?? -1);
          if (!model.has(name)) model.set(name, model.size);
          expect(table.intern(name)).toBe(model.get(name));
        }
        const { ends, bytes } = table.contentOf(table.size);
        const again = NameTable.of(ends.slice(), Buffer.from(bytes));
        for (const [name, id] of model) {
          expect(again.find(name)).toBe(id);
          expect(again.nameOf(id)).toBe(name);
        }
        for (const name of others) expect(again.find(name)).toBe(model.get(name) ?? -1);
        const all = [...others, ...names, ...others];
        const found = [new Int32Array(all.length), new Int32Array(all.length)] as const;
        again.findMany(all, ...found);
        expect([...found[0]]).toEqual(all.map((name) => model.get(name) ?? -1));
        expect(again.intern('never before \u{1f600}')).toBe(model.size);
      }),
      { numRuns: 100 },
    );
  });

  it('finds each of many names, and texts longer than its buffer', () => {
    const table = new NameTable();
    for (let i = 0; i < 20_000; i++) table.intern(`date=${i}`);
    for (let i = 0; i < 20_000; i++) if (table.find(`date=${i}`) !== i) throw new Error(`date=${i}`);
    const long = '\u{1f600}x'.repeat(3_000);
    const id = table.intern(long);
    expect(table.find(long)).toBe(id);
    expect(table.nameOf(id)).toBe(long);
    expect(table.find(`${long}y`)).toBe(-1);
  });

  it('keeps what a snapshot took of it as it was', () => {
    const table = new NameTable();
    for (let i = 0; i < 100; i++) table.intern(`a${i}`);
    const { ends, bytes } = table.contentOf(100);
    const before = [ends.slice(), Buffer.from(bytes)] as const;
    for (let i = 0; i < 5_000; i++) table.intern(`b${i}`);
    expect(ends).toEqual(before[0]);
    expect(bytes.equals(before[1])).toBe(true);
  });
});
