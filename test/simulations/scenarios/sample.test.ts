// The bundled sample, as shipped: what its first screen will say must be worth saying.

import { describe, expect, it } from 'vitest';
import { attainment } from '../../../shared/analysis/attainment.ts';
import { checkOrdering } from '../../../shared/analysis/ordering/check.ts';
import { startLatency } from '../../../shared/analysis/start-latency.ts';
import { taskRunTimes } from '../../../shared/analysis/task-run-times.ts';
import { SAMPLE_SIZE, sampleCompany } from '../../../simulations/scenarios/sample.ts';

describe('the sample company', () => {
  const { catalog, logs } = sampleCompany(SAMPLE_SIZE);

  it('has the promised size, on several nights', () => {
    expect(catalog.pipelines.name.length).toBe(2_000);
    expect(logs.map((log) => log.taskRuns.run.length)).toEqual([50_000, 50_000]);
    expect(new Set(logs.map((log) => log.name)).size).toBe(logs.length);
  });

  it.each(logs.map((log) => [log.name, log] as const))('%s has something to find on every screen', (_name, log) => {
    const times = taskRunTimes(log);
    const latency = startLatency(log, times);
    expect(latency.measuredCount).toBe(50_000);
    expect(latency.p50Ms).toBeLessThan(30_000);
    expect(latency.p99Ms).toBeGreaterThan(60_000);
    expect(latency.p99Ms).toBeLessThan(240_000);
    const deadlines = attainment(log, times);
    expect(deadlines.total).toBeGreaterThan(25);
    expect(deadlines.unknown).toBe(0);
    expect(deadlines.missed).toBeGreaterThan(0);
    expect(deadlines.missed).toBeLessThan(deadlines.met / 4);
    const ordering = checkOrdering(log, { toleranceMs: 0, limit: 10 });
    expect(ordering.proved).toBeGreaterThan(0);
    expect(ordering.proved).toBeLessThan(20);
  });

  it('is the same from the same seed, another from another', () => {
    const small = { seed: 3, pipelines: 60, taskRuns: 600 };
    expect(sampleCompany(small)).toEqual(sampleCompany(small));
    expect(sampleCompany({ ...small, seed: 4 }).catalog.hash).not.toBe(sampleCompany(small).catalog.hash);
  });
});
