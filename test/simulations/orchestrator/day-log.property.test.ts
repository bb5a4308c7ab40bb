// A played day as a log: every time of the answer is an event of the log, versions move through the lifecycle, and a
// reader that waits for what it reads is never early.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkOrdering } from '../../../shared/analysis/ordering/check.ts';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { type Catalog, catalogOf, DepKind } from '../../../shared/model/catalog.ts';
import { EventKind } from '../../../shared/model/event.ts';
import type { ReferenceDay } from '../../../shared/model/reference-day.ts';
import { logOfDay } from '../../../simulations/orchestrator/day-log.ts';
import { createDayPlayer } from '../../../simulations/orchestrator/reference-day.ts';

interface Case {
  readonly day: ReferenceDay;
  readonly catalog: Catalog;
}

/** Small days: every task a pipeline of its own that writes a dataset, with publish dependencies on earlier ones. */
const days: fc.Arbitrary<Case> = fc.integer({ min: 1, max: 12 }).chain((tasks) =>
  fc
    .record({
      releases: fc.array(fc.nat(50), { minLength: tasks, maxLength: tasks }),
      durations: fc.array(fc.nat(30), { minLength: tasks, maxLength: tasks }),
      finalizes: fc.array(fc.nat(5), { minLength: tasks, maxLength: tasks }),
      edges: fc.uniqueArray(fc.tuple(fc.nat(tasks - 1), fc.nat(tasks - 1)), {
        selector: ([a, b]) => a * 64 + b,
        maxLength: 20,
      }),
      slots: fc.integer({ min: 1, max: 4 }),
      publishMs: fc.nat(3),
      declared: fc.boolean(),
    })
    .map((r) => caseOf(tasks, r)),
);

interface Draw {
  readonly releases: number[];
  readonly durations: number[];
  readonly finalizes: number[];
  readonly edges: [number, number][];
  readonly slots: number;
  readonly publishMs: number;
  readonly declared: boolean;
}

function caseOf(tasks: number, r: Draw): Case {
  const reads = r.edges.filter(([task, upstream]) => upstream < task);
  const edges = r.declared ? reads : [];
  const ids = Int32Array.from({ length: tasks }, (_, i) => i);
  const names = Array.from(ids, (i) => `t${i}`);
  const blank = names.map(() => '');
  const table = {
    task: Int32Array.from(edges, (e) => e[0]),
    upstream: Int32Array.from(edges, (e) => e[1]),
    kind: new Uint8Array(edges.length).fill(DepKind.publish),
  };
  const catalog = catalogOf({
    pipelines: { namespace: blank, name: names, domain: blank, owner: blank, schedule: blank },
    tasks: {
      pipeline: ids,
      name: names,
      pool: new Int32Array(tasks),
      slots: new Int32Array(tasks).fill(1),
      priority: new Int32Array(tasks),
    },
    datasets: { namespace: blank, name: names },
    pools: { name: ['pool'], slots: Int32Array.of(r.slots) },
    dependencies: { ...table, dataset: table.upstream },
    reads: {
      task: Int32Array.from(reads, (e) => e[0]),
      dataset: Int32Array.from(reads, (e) => e[1]),
      declared: new Uint8Array(reads.length).fill(r.declared ? 1 : 0),
    },
    writes: { task: ids, dataset: ids, declared: new Uint8Array(tasks).fill(1) },
  });
  const day: ReferenceDay = {
    taskCount: tasks,
    pipeline: ids,
    releaseMs: Int32Array.from(r.releases),
    durationMs: Int32Array.from(r.durations),
    pool: new Int32Array(tasks),
    priority: new Int32Array(tasks),
    finalizeMs: Int32Array.from(r.finalizes),
    deadlineMs: new Int32Array(tasks).fill(-1),
    poolSlots: Int32Array.of(r.slots),
    depTask: table.task,
    depUpstream: table.upstream,
    depKind: table.kind,
    publishMs: r.publishMs,
    dispatchMs: 1,
  };
  return { day, catalog };
}

const START_US = 1_766_620_800_000_000;

function played({ day, catalog }: Case) {
  const player = createDayPlayer(day);
  player.play();
  const answer = player.answer();
  const header = { name: 'd', source: 'simulated', title: 'd', zone: 'UTC', landing: 'published' } as const;
  const keys = { partitionKey: 'date=2025-12-24', previousKey: 'date=2025-12-23' };
  const rowCount = new Float64Array(day.taskCount).fill(1_000);
  return { answer, log: logOfDay({ header, catalog, day, answer, startUs: START_US, rowCount, ...keys }) };
}

describe('logOfDay', () => {
  it('holds every time of the answer', () => {
    fc.assert(
      fc.property(days, (c) => {
        const { answer, log } = played(c);
        const times = taskRunTimes(log);
        const ms = (us: Float64Array): number[] => Array.from(us, (t) => (t - START_US) / 1_000);
        expect(ms(times.readyUs)).toEqual([...answer.readyMs]);
        expect(ms(times.startedUs)).toEqual([...answer.startMs]);
        expect(ms(times.endedUs)).toEqual([...answer.finishMs]);
        expect(ms(times.finalizedUs)).toEqual([...answer.finalMs]);
        expect(ms(times.landedUs)).toEqual(Array.from(answer.finalMs, (t) => t + c.day.publishMs));
      }),
    );
  });

  it('declared readers are never early; an undeclared one is proved early exactly when it read a part', () => {
    fc.assert(
      fc.property(days, (c) => {
        const { answer, log } = played(c);
        const { reads, writes } = c.catalog;
        const early = reads.dataset.filter((dataset, i) => {
          const at = answer.startMs[reads.task[i]];
          const writer = writes.task[dataset];
          return reads.declared[i] === 0 && answer.startMs[writer] <= at && at < answer.finalMs[writer];
        });
        const report = checkOrdering(log, { toleranceMs: 0, limit: 100 });
        expect(report.rules.find((r) => r.rule === 'no-read-before-finalize')?.proved).toBe(early.length);
        expect(report.proved).toBe(early.length);
      }),
    );
  });

  it('reads yesterday where tonight has no writer yet', () => {
    const c = caseOf(2, {
      releases: [20, 0],
      durations: [5, 1],
      finalizes: [0, 0],
      edges: [[1, 0]],
      slots: 2,
      publishMs: 0,
      declared: false,
    });
    const { log } = played(c);
    const read = log.chunks[0].kind.indexOf(EventKind.read);
    const version = log.chunks[0].version[read];
    expect(log.names.texts[log.versions.partitionKey[version]]).toBe('date=2025-12-23');
    expect(log.chunks[0].value[read]).toBe(1_000);
  });
});
