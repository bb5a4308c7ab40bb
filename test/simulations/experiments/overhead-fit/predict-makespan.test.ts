import { describe, expect, it } from 'vitest';
import { MS_PER_DAY } from '../../../../shared/base/time.ts';
import { constantMs, lineMs } from '../../../../simulations/experiments/overhead-fit/baselines.ts';
import { medianErrors, predictHeldOut } from '../../../../simulations/experiments/overhead-fit/held-out.ts';
import { OverheadDay } from '../../../../simulations/experiments/overhead-fit/overhead-day.ts';
import { OVERHEAD_GRID, simulateGrid } from '../../../../simulations/experiments/overhead-fit/overhead-grid.ts';
import { predictMakespan } from '../../../../simulations/experiments/overhead-fit/predict-makespan.ts';
import { plainMs, prepareRun } from '../../../../simulations/experiments/overhead-fit/prepared-run.ts';
import { forkJoin, workflow } from './small-workflows.ts';

interface Planted {
  readonly gapS: number;
  readonly constantS: number;
}

/** Runs of growing width whose makespan the simulator made with overheads that are not on the grid. */
const planted = (widths: readonly number[], { gapS, constantS }: Planted, fromMs = 0) =>
  widths.map((width, i) => {
    const bare = workflow({ ...forkJoin(width, 20), cores: 64 });
    const playedMs = new OverheadDay(bare).makespanMs({ dispatchGapMs: gapS * 1_000, startUpMs: 0 });
    const makespanMs = playedMs + constantS * 1_000;
    return prepareRun({ ...bare, name: `w${width}-${fromMs}`, makespanMs, executedAtMs: fromMs + i * 60_000 });
  });

describe('the grid', () => {
  it('holds what the simulator says of each setting', () => {
    const measured = workflow({ ...forkJoin(5, 10), cores: 2 });
    const day = new OverheadDay(measured);
    const simulatedMs = simulateGrid(measured);
    for (const i of [0, 1, 500, 2_000, OVERHEAD_GRID.length - 1]) {
      const overheads = OVERHEAD_GRID[i];
      if (overheads === undefined) throw new Error(`the grid has no setting ${i}`);
      expect(simulatedMs[i]).toBe(day.makespanMs(overheads) + overheads.constantMs);
    }
    expect(OVERHEAD_GRID[0]).toEqual({ dispatchGapMs: 0, startUpMs: 0, constantMs: 0 });
    expect(simulatedMs.length).toBe(OVERHEAD_GRID.length);
  });
});

describe('a prediction', () => {
  it('finds planted overheads again, beyond the sizes it has seen', () => {
    const [small, middle, large, larger] = planted([20, 60, 180, 300], { gapS: 3.3, constantS: 130 });
    if (!small || !middle || !large || !larger) throw new Error('four runs were planted');
    const { makespanMs, likeliest } = predictMakespan(larger, [small, middle, large]);
    expect(Math.abs(makespanMs / larger.measuredMs - 1)).toBeLessThan(0.15);
    expect(likeliest.dispatchGapMs).toBeGreaterThan(2_500);
    expect(likeliest.dispatchGapMs).toBeLessThan(4_300);
    expect(plainMs(larger)).toBeLessThan(larger.measuredMs / 5);
  });

  it('is not turned by one bad night', () => {
    const [a, b, c, d, target] = planted([50, 60, 70, 80, 65], { gapS: 3.3, constantS: 130 });
    if (!a || !b || !c || !d || !target) throw new Error('five runs were planted');
    const bad = { ...c, measuredMs: 5 * c.measuredMs };
    const { makespanMs } = predictMakespan(target, [a, b, bad, d]);
    expect(Math.abs(makespanMs / target.measuredMs - 1)).toBeLessThan(0.12);
  });

  it('follows the runs of its own time when the machines changed', () => {
    const before = planted([40, 80, 120], { gapS: 12, constantS: 300 });
    const after = planted([40, 80, 120], { gapS: 1.2, constantS: 100 }, 30 * MS_PER_DAY);
    const [early] = before;
    const [, late] = after;
    if (!early || !late) throw new Error('three runs were planted each');
    const others = [...before, ...after].filter((run) => run !== early && run !== late);
    expect(Math.abs(predictMakespan(early, others).makespanMs / early.measuredMs - 1)).toBeLessThan(0.2);
    expect(Math.abs(predictMakespan(late, others).makespanMs / late.measuredMs - 1)).toBeLessThan(0.2);
  });

  it('refuses to learn from nothing', () => {
    const [run] = planted([20], { gapS: 1, constantS: 1 });
    if (!run) throw new Error('one run was planted');
    expect(() => predictMakespan(run, [])).toThrow(/no measured run/);
  });
});

describe('runs held out', () => {
  const runs = planted([20, 35, 50, 80, 110, 140, 180, 230, 300], { gapS: 3.3, constantS: 130 });

  it('are predicted better by fitted overheads than by a constant, and far better than by none', () => {
    const errors = medianErrors(predictHeldOut(runs, 1));
    expect(errors.fitted).toBeLessThan(0.05);
    expect(errors.fitted).toBeLessThan(errors.constant);
    expect(errors.constant).toBeLessThan(errors.plain);
  });

  it('say nothing of themselves: another measured makespan changes no prediction of its own run', () => {
    const before = predictHeldOut(runs, 1);
    const [first] = before;
    const told = runs.map((run) => (run.name === first?.name ? { ...run, measuredMs: 7 * run.measuredMs } : run));
    const after = predictHeldOut(told, 1);
    expect(after.map(({ fittedMs }) => fittedMs)).toEqual(before.map(({ fittedMs }) => fittedMs));
    expect(after[0]?.errors.fitted).not.toBe(first?.errors.fitted);
  });
});

describe('the simpler ways', () => {
  const [a, b, c, target] = [10, 20, 30, 40].map((tasks, i) => {
    // On one core a list schedule takes a second a task; beyond it these took 100 s and 2 s a task.
    const measured = workflow({ runtimeS: Array.from({ length: tasks }, () => 1), cores: 1 });
    return prepareRun({ ...measured, name: `n${i}`, makespanMs: (100 + 3 * tasks) * 1_000 });
  });
  if (!a || !b || !c || !target) throw new Error('four runs were made');

  it('add the median of what was beyond the list schedule', () => {
    expect(constantMs(target, [a, b, c])).toBe((40 + 140) * 1_000);
  });

  it('draw a line through it by number of tasks', () => {
    expect(lineMs(target, [a, b, c])).toBeCloseTo((100 + 3 * 40) * 1_000, 6);
    expect(lineMs(target, [a])).toBe((40 + 120) * 1_000);
  });
});
