// The index against the same state kept as objects, under random records; and a snapshot taken amid them, written while
// the index moves on, against the index as it was.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, isWhole, Status } from '../../../../shared/lifecycle/status.ts';
import { PartitionIndex } from '../../../../src-main/store/partitions/partition-index.ts';
import { readSnapshot, takeSnapshot } from '../../../../src-main/store/partitions/snapshot.ts';
import { type Choice, nameOf, RecordMaker } from './record-maker.ts';

const choice: fc.Arbitrary<Choice> = fc.record({
  dataset: fc.nat(2),
  key: fc.nat(3),
  step: fc.oneof(
    { weight: 4, arbitrary: fc.constant('open' as const) },
    { weight: 3, arbitrary: fc.constantFrom('finalize' as const, 'publish' as const) },
    { weight: 3, arbitrary: fc.constantFrom('heartbeat', 'check', 'fail-check', 'fail', 'expire', 'declare') },
  ) as fc.Arbitrary<Choice['step']>,
});
const choices = fc.array(choice, { maxLength: 120 });
const PLACES = [0, 1, 2].flatMap((dataset) => [0, 1, 2, 3].map((key) => ({ dataset, key })));

function expectSame(index: PartitionIndex, maker: RecordMaker): void {
  for (const place of PLACES) {
    const name = nameOf(place);
    const versions = maker.partitions.get(`${place.dataset} ${place.key}`) ?? [];
    const newest = (statuses: string[]) => versions.findLastIndex(({ status }) => statuses.includes(status)) + 1;
    expect(index.readable(name, 'finalized')).toBe(newest(['whole', 'published']));
    expect(index.readable(name, 'published')).toBe(newest(['published']));
    const row = index.find(name);
    expect(row >= 0).toBe(versions.length > 0);
    if (row < 0) continue;
    expect(index.nameOf(row)).toEqual(name);
    expect(index.latestNumber(row)).toBe(versions.length);
    for (const [i, version] of versions.entries()) {
      const state = index.version(row, i + 1, version.run);
      expect(state?.run).toBe(version.run);
      const status = state?.status ?? Status.none;
      const isIt = {
        open: isOpen,
        whole: isWhole,
        published: (s: Status) => s === Status.published,
        ended: (s: Status) => s >= Status.failed,
      };
      expect(isIt[version.status](status)).toBe(true);
      expect(index.seqsOf(row, i + 1)).toEqual({ endSeq: version.endSeq, publishSeq: version.publishSeq });
    }
    expect(index.version(row, versions.length + 1, '')).toBeNull();
  }
}

async function* asChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** Names that are there, that might be, and that share a part with one that is. */
const asked = fc.array(
  fc.record({
    namespace: fc.constantFrom('warehouse', 'other'),
    dataset: fc.nat(3).map((i) => `table ${i}`),
    partition: fc.oneof(
      fc.nat(4).map((i) => `date=${i}`),
      fc.constantFrom('', 'дата=1', 'date=1'.repeat(2_000)),
    ),
  }),
  { maxLength: 150 },
);

describe('the partition index', () => {
  it('answers as the same state kept as objects, after every record', () => {
    fc.assert(
      fc.property(choices, (list) => {
        const maker = new RecordMaker();
        const index = new PartitionIndex();
        for (const one of list) {
          const before = maker.seq;
          maker.make(one);
          for (const record of maker.records.slice(before)) index.apply(record);
        }
        expectSame(index, maker);
        expect(index.asOfSeq).toBe(maker.seq);
      }),
      { numRuns: 150 },
    );
  });

  it('answers for many partitions at once as for each of them', () => {
    fc.assert(
      fc.property(choices, asked, (list, names) => {
        const maker = new RecordMaker();
        for (const one of list) maker.make(one);
        const index = new PartitionIndex();
        for (const record of maker.records) index.apply(record);
        for (const when of ['finalized', 'published'] as const) {
          expect(index.readableAll(names, when)).toEqual(names.map((name) => index.readable(name, when)));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('comes back from a snapshot that was written while it moved on', async () => {
    await fc.assert(
      fc.asyncProperty(
        choices,
        choices,
        fc.integer({ min: 1_000, max: 3_000_000 }),
        async (first, later, chunkBytes) => {
          const maker = new RecordMaker();
          const index = new PartitionIndex();
          for (const one of first) maker.make(one);
          for (const record of maker.records) index.apply(record);
          const snapshot = takeSnapshot(index);
          const atSnapshot = maker.seq;
          for (const one of later) maker.make(one);
          const parts: Buffer[] = [];
          let next = atSnapshot;
          for (const chunk of snapshot.chunks) {
            const record = maker.records[next++];
            if (record) index.apply(record);
            parts.push(Buffer.from(chunk));
          }
          snapshot.release();
          for (const record of maker.records.slice(index.asOfSeq)) index.apply(record);
          const again = await readSnapshot(asChunks(Buffer.concat(parts), chunkBytes));
          expect(again.asOfSeq).toBe(atSnapshot);
          for (const record of maker.records.slice(atSnapshot)) again.apply(record);
          expectSame(index, maker);
          expectSame(again, maker);
          expect([...again.parts.open]).toEqual([...index.parts.open]);
          expect(new Map(again.parts.outbox)).toEqual(index.parts.outbox);
          expect(again.parts.datasets.states).toEqual(index.parts.datasets.states);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('refuses bytes that are not all of a snapshot', async () => {
    const maker = new RecordMaker();
    maker.make({ dataset: 0, key: 0, step: 'open' });
    const index = new PartitionIndex();
    for (const record of maker.records) index.apply(record);
    const snapshot = takeSnapshot(index);
    const bytes = Buffer.concat([...snapshot.chunks]);
    expect(() => takeSnapshot(index)).toThrow(/under way/);
    snapshot.release();
    await expect(readSnapshot(asChunks(bytes.subarray(0, bytes.length - 1), 4_096))).rejects.toThrow(/ends early/);
    await expect(readSnapshot(asChunks(Buffer.concat([bytes, Buffer.of(0)]), 4_096))).rejects.toThrow(/left over/);
    const other = Buffer.from(bytes);
    other.write('x', 8 + 20);
    await expect(readSnapshot(asChunks(other, 4_096))).rejects.toThrow(/no snapshot of this format|another format/);
  });

  it('throws on a record that does not follow', () => {
    const maker = new RecordMaker();
    maker.make({ dataset: 0, key: 0, step: 'open' });
    maker.make({ dataset: 0, key: 0, step: 'finalize' });
    const index = new PartitionIndex();
    expect(() => index.apply(maker.records[1])).toThrow(/does not follow/);
    index.apply(maker.records[0]);
    expect(() => index.apply({ ...maker.records[0], seq: 2 })).toThrow(/out of turn/);
  });
});
