// The analyses against naive twins: sorts, loops over everything, and the same log cut in other places.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runningDensity } from '../../../shared/analysis/density.ts';
import { distributionOf, growingEdgesMs, histogramOf } from '../../../shared/analysis/distribution.ts';
import { impactGraph, reachedFrom } from '../../../shared/analysis/impact.ts';
import { startLatency } from '../../../shared/analysis/start-latency.ts';
import { State, stateIndex, taskStatesAt } from '../../../shared/analysis/state-at.ts';
import { type TaskRunTimes, taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { EventKind } from '../../../shared/model/event.ts';
import { LogBuilder, rechunk } from './log-builder.ts';

const maybeSeconds = fc.option(fc.nat(100), { nil: Number.NaN, freq: 5 });
const run = fc.record({
  ready: maybeSeconds,
  start: maybeSeconds,
  end: maybeSeconds,
  landed: maybeSeconds,
  deadline: maybeSeconds,
  outcome: fc.nat(5),
});
const runs = fc.array(run, { maxLength: 25 });

function logOf(list: readonly (typeof run extends fc.Arbitrary<infer T> ? T : never)[]): LogBuilder {
  const log = new LogBuilder();
  list.forEach((r, i) => {
    const t = log.taskRun(`p${i % 4}`, { deadline: r.deadline, pool: `pool ${i % 2}` });
    log.ran(t, r.ready, r.start, r.end, r.outcome).wrote(log.version('d', `${i}`, 1, t), r.start, r.landed, r.landed);
  });
  return log;
}

describe('task run times', () => {
  it('do not depend on where the log is cut into chunks', () => {
    const cuts = fc.array(fc.nat(120), { maxLength: 5 }).map((list) => list.slice().sort((a, b) => a - b));
    fc.assert(
      fc.property(runs, cuts, (list, at) => {
        const whole = logOf(list).build();
        expect(taskRunTimes({ ...whole, chunks: rechunk(whole.chunks, at) })).toEqual(taskRunTimes(whole));
      }),
    );
  });

  it('are the first start, the last end and the owner’s landing, found by looking at every event', () => {
    const event = fc.record({
      at: fc.nat(50),
      kind: fc.constantFrom(
        EventKind.taskStarted,
        EventKind.taskReady,
        EventKind.versionPublished,
        EventKind.versionFinalized,
      ),
      taskRun: fc.nat(2),
    });
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), (events) => {
        const log = new LogBuilder();
        const owners = [0, 1, 2].map((i) => log.taskRun(`t${i}`));
        const rows = owners.map((owner) => log.version('d', `${owner}`, 1, owner));
        for (const e of events) log.at(e.at, e.kind, { taskRun: e.taskRun, version: rows[e.taskRun] ?? -1 });
        const times = taskRunTimes(log.build());
        const of = (t: number, kind: number): number[] =>
          events.filter((e) => e.taskRun === t && e.kind === kind).map((e) => e.at * 1e6);
        for (const t of owners) {
          const first = (kind: number): number => of(t, kind).sort((a, b) => a - b)[0] ?? Number.NaN;
          const last = (kind: number): number => of(t, kind).sort((a, b) => b - a)[0] ?? Number.NaN;
          expect(times.startedUs[t]).toBe(first(EventKind.taskStarted));
          expect(times.attempts[t]).toBe(of(t, EventKind.taskStarted).length);
          expect(times.finalizedUs[t]).toBe(last(EventKind.versionFinalized));
          expect(times.publishedUs[t]).toBe(last(EventKind.versionPublished));
        }
      }),
    );
  });
});

describe('start latency', () => {
  it('equals a naive sort', () => {
    fc.assert(
      fc.property(runs, (list) => {
        const log = logOf(list).build();
        const report = startLatency(log, taskRunTimes(log));
        const sorted = list
          .filter((r) => (r.outcome < 4 || Number.isNaN(r.end)) && r.start >= r.ready)
          .map((r) => (r.start - r.ready) * 1_000)
          .sort((a, b) => a - b);
        const rank = (q: number): number => sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? Number.NaN;
        expect([report.p50Ms, report.p90Ms, report.p99Ms, report.maxMs]).toEqual([
          rank(0.5),
          rank(0.9),
          rank(0.99),
          rank(1),
        ]);
        const excluded = list.filter((r) => r.outcome >= 4 && !Number.isNaN(r.end)).length;
        expect(report.measuredCount + report.unknownCount).toBe(list.length - excluded);
        expect(report.pools.reduce((sum, pool) => sum + pool.measuredCount, 0)).toBe(sorted.length);
        expect(report.worstPipelines.reduce((sum, p) => sum + p.measuredCount, 0)).toBe(sorted.length);
      }),
    );
  });
});

const ascending = (list: readonly number[]): number[] => list.slice().sort((a, b) => a - b);

describe('distributions', () => {
  const values = fc.array(fc.nat(200_000_000), { maxLength: 600 });

  it('count every value once, in its bin, between widening edges', () => {
    fc.assert(
      fc.property(values, (list) => {
        const sorted = ascending(list);
        const { edges, counts } = histogramOf(sorted, growingEdgesMs(sorted.at(-1) ?? Number.NaN));
        counts.forEach((count, i) => {
          const [from, to] = [edges[i] ?? 0, edges[i + 1] ?? 0];
          expect(count).toBe(list.filter((v) => v >= from && v < to).length);
          expect(to - from).toBeGreaterThanOrEqual(i === 0 ? 0 : from - (edges[i - 1] ?? 0));
        });
        expect(counts.reduce((sum, n) => sum + n, 0)).toBe(list.length);
      }),
    );
  });

  it('are exact at every point, rise, and end at 1', () => {
    fc.assert(
      fc.property(values, fc.integer({ min: 2, max: 300 }), (list, points) => {
        const sorted = ascending(list);
        const { value, share } = distributionOf(sorted, points);
        value.forEach((v, i) => {
          expect(share[i]).toBe(list.filter((x) => x <= v).length / list.length);
          expect(v).toBeGreaterThan(i === 0 ? -1 : (value[i - 1] ?? 0));
        });
        expect(share.at(-1)).toBe(list.length > 0 ? 1 : undefined);
        expect(value.length).toBeLessThanOrEqual(points + 2);
      }),
    );
  });
});

describe('the state at a time', () => {
  it('equals asking each task run in words', () => {
    fc.assert(
      fc.property(runs, fc.nat(110), (list, at) => {
        const log = logOf(list).build();
        const times = taskRunTimes(log);
        const out = new Uint8Array(list.length);
        taskStatesAt(stateIndex(times, log.taskRuns.deadlineUs), at * 1e6, out);
        list.forEach((_, i) => {
          expect(out[i], `task run ${i}`).toBe(inWords(times, log.taskRuns.deadlineUs[i] ?? 0, i, at * 1e6));
        });
      }),
      { numRuns: 500 },
    );
  });
});

function inWords(times: TaskRunTimes, dueUs: number, i: number, atUs: number): State {
  const column = (name: keyof TaskRunTimes): number => times[name][i] ?? Number.NaN;
  const ended = column('endedUs') <= atUs;
  const outcome = column('outcome');
  if (outcome === 2 || outcome === 3 || outcome === 5) {
    if (ended) return State.late;
  } else if (outcome === 4) {
    if (ended) return State.waiting;
  } else if (column('landedUs') <= atUs) return State.whole;
  else if (ended && Number.isNaN(column('landedUs'))) return outcome === 1 ? State.whole : State.unknown;
  const known = ['readyUs', 'queuedUs', 'startedUs'] as const;
  const nothingKnown =
    known.every((name) => Number.isNaN(column(name))) && Number.isNaN(column('landedUs')) && outcome === 0;
  if (nothingKnown) return State.unknown;
  if (atUs > dueUs) return State.late;
  return column('startedUs') <= atUs ? State.running : State.waiting;
}

describe('density', () => {
  it('equals counting the running ones in each bucket', () => {
    fc.assert(
      fc.property(runs, fc.integer({ min: 1, max: 12 }), (list, buckets) => {
        const startedUs = Float64Array.from(list, (r) => r.start * 1e6);
        const endedUs = Float64Array.from(list, (r) => Math.max(r.start, r.end) * 1e6);
        const [fromUs, widthUs] = [20e6, 5e6];
        const got = runningDensity({ startedUs, endedUs }, fromUs, fromUs + buckets * widthUs, buckets);
        const expected = Array.from({ length: buckets }, (_, b) => {
          const [low, high] = [fromUs + b * widthUs, fromUs + (b + 1) * widthUs];
          return list.filter((_, i) => {
            const start = startedUs[i] ?? Number.NaN;
            const end = Number.isNaN(endedUs[i]) ? Number.POSITIVE_INFINITY : (endedUs[i] ?? 0);
            return start < high && (end > low || (end === start && start >= low));
          }).length;
        });
        expect(Array.from(got)).toEqual(expected);
      }),
    );
  });
});

describe('impact', () => {
  it('equals relaxing every edge until nothing changes', () => {
    const edge = fc.tuple(fc.nat(6), fc.nat(6), fc.integer({ min: -1, max: 3 }));
    fc.assert(
      fc.property(
        fc.array(edge, { maxLength: 15 }),
        fc.nat(6),
        fc.integer({ min: 0, max: 8 }),
        (edges, start, depthMax) => {
          const direct = edges.filter(([, , dataset]) => dataset < 0);
          const through = edges.filter(([, , dataset]) => dataset >= 0);
          const graph = impactGraph({
            pipelines: 7,
            datasets: 4,
            writes: { pipeline: Int32Array.from(through, (e) => e[0]), dataset: Int32Array.from(through, (e) => e[2]) },
            reads: { pipeline: Int32Array.from(through, (e) => e[1]), dataset: Int32Array.from(through, (e) => e[2]) },
            direct: { from: Int32Array.from(direct, (e) => e[0]), to: Int32Array.from(direct, (e) => e[1]) },
          });
          const steps: [number, number, number][] = [];
          for (const [from, to, dataset] of edges) {
            if (dataset < 0) steps.push([from, to, 1]);
            else steps.push([from, 7 + dataset, 0], [7 + dataset, to, 1]);
          }
          const depth = Array.from({ length: 11 }, () => Number.POSITIVE_INFINITY);
          depth[start] = 0;
          for (let round = 0; round < 12; round++) {
            for (const [from, to, cost] of steps) {
              const next = (depth[from] ?? 0) + cost;
              if (next <= depthMax && next < (depth[to] ?? 0)) depth[to] = next;
            }
          }
          expect(Array.from(reachedFrom(graph, 'downstream', [start], depthMax))).toEqual(
            depth.map((d) => (Number.isFinite(d) ? d : -1)),
          );
        },
      ),
    );
  });
});
