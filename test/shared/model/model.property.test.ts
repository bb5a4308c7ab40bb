// Properties of catalogs and logs as columns.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CatalogTables, catalogOf, csrBy } from '../../../shared/model/catalog.ts';
import { findCycle } from '../../../shared/model/cycle.ts';
import { packEvidence, subjectEvidence, timeEvidence, valueEvidence } from '../../../shared/model/event.ts';
import { EventWriter } from '../../../shared/model/event-writer.ts';
import { CHUNK_ROWS, eventCount, foldLog } from '../../../shared/model/log.ts';

const edges = fc.integer({ min: 1, max: 30 }).chain((nodes) =>
  fc.record({
    nodes: fc.constant(nodes),
    pairs: fc.array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1)), { maxLength: 60 }),
  }),
);

describe('csrBy', () => {
  it('groups values by key in their order', () => {
    fc.assert(
      fc.property(edges, ({ nodes, pairs }) => {
        const csr = csrBy(
          pairs.map((p) => p[0]),
          pairs.map((p) => p[1]),
          nodes,
        );
        for (let key = 0; key < nodes; key++) {
          const expected = pairs.filter((p) => p[0] === key).map((p) => p[1]);
          expect(Array.from(csr.values.subarray(csr.offsets[key], csr.offsets[key + 1]))).toEqual(expected);
        }
      }),
    );
  });
});

describe('findCycle', () => {
  it('finds a real cycle, or there is an order of all nodes', () => {
    fc.assert(
      fc.property(edges, ({ nodes, pairs }) => {
        const cycle = findCycle(
          nodes,
          pairs.map((p) => p[0]),
          pairs.map((p) => p[1]),
        );
        if (cycle === null) {
          expect(peel(nodes, pairs)).toBe(0);
          return;
        }
        expect(cycle.length).toBeGreaterThan(0);
        cycle.forEach((node, i) => {
          const next = cycle[(i + 1) % cycle.length];
          expect(pairs.some(([from, to]) => from === node && to === next)).toBe(true);
        });
      }),
    );
  });

  it('a chain of 200,000 does not overflow the stack', () => {
    const n = 200_000;
    const from = Int32Array.from({ length: n - 1 }, (_, i) => i);
    expect(
      findCycle(
        n,
        from,
        from.map((i) => i + 1),
      ),
    ).toBeNull();
  });
});

/** Kahn's peeling: how many nodes are left on or behind a cycle. */
function peel(nodes: number, pairs: readonly (readonly [number, number])[]): number {
  const left = new Set(Array.from({ length: nodes }, (_, i) => i));
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of left) {
      if (pairs.some(([from, to]) => to === node && left.has(from))) continue;
      left.delete(node);
      changed = true;
    }
  }
  return left.size;
}

describe('EventWriter', () => {
  it('orders by (time, arrival), unknown times last, and keeps every field', () => {
    const time = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(Number.NaN));
    fc.assert(
      fc.property(fc.array(time, { maxLength: 50 }), (times) => {
        const writer = new EventWriter();
        times.forEach((timeUs, i) => writer.push({ timeUs, kind: i % 23, taskRun: i, value: i / 7 }));
        const order = times.map((_, i) => i);
        const key = (i: number): number => (Number.isNaN(times[i]) ? Number.POSITIVE_INFINITY : times[i]);
        order.sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : a - b));
        const [chunk] = writer.finish();
        expect(Array.from(chunk?.taskRun ?? [])).toEqual(order);
        expect(Array.from(chunk?.value ?? [])).toEqual(order.map((i) => i / 7));
        expect(Array.from(chunk?.kind ?? [])).toEqual(order.map((i) => i % 23));
      }),
    );
  });

  it('splits into full chunks whose sequence numbers go on', () => {
    const writer = new EventWriter();
    for (let i = 0; i < CHUNK_ROWS + 10; i++) writer.push({ timeUs: i, kind: 0 });
    const chunks = writer.finish();
    expect(chunks.map((c) => c.rows)).toEqual([CHUNK_ROWS, 10]);
    expect(eventCount({ chunks })).toBe(CHUNK_ROWS + 10);
    const firsts: number[] = [];
    foldLog({ chunks }, { feed: (_chunk, firstSeq) => void firsts.push(firstSeq), finish: () => null });
    expect(firsts).toEqual([0, CHUNK_ROWS]);
  });
});

describe('evidence', () => {
  it('packs three parts into one byte', () => {
    const part = fc.constantFrom(0 as const, 1 as const, 2 as const);
    fc.assert(
      fc.property(part, part, part, (time, subject, value) => {
        const packed = packEvidence(time, subject, value);
        expect([timeEvidence(packed), subjectEvidence(packed), valueEvidence(packed)]).toEqual([time, subject, value]);
      }),
    );
  });
});

describe('a catalog', () => {
  it('is named by its content', () => {
    expect(catalogOf(tables('a')).hash).toBe(catalogOf(tables('a')).hash);
    expect(catalogOf(tables('a')).hash).not.toBe(catalogOf(tables('b')).hash);
  });
});

function tables(name: string): CatalogTables {
  const none = new Int32Array(0);
  const access = { task: none, dataset: none, declared: new Uint8Array(0) };
  return {
    pipelines: { namespace: ['n'], name: [name], domain: [''], owner: [''], schedule: [''] },
    tasks: {
      pipeline: Int32Array.of(0),
      name: ['t'],
      pool: Int32Array.of(-1),
      slots: Int32Array.of(1),
      priority: Int32Array.of(0),
    },
    datasets: { namespace: [], name: [] },
    pools: { name: [], slots: none },
    dependencies: { task: none, upstream: none, kind: new Uint8Array(0), dataset: none },
    reads: access,
    writes: access,
  };
}
