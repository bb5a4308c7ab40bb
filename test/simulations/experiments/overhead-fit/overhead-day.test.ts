import { describe, expect, it } from 'vitest';
import { OverheadDay } from '../../../../simulations/experiments/overhead-fit/overhead-day.ts';
import { forkJoin, workflow } from './small-workflows.ts';

const none = { dispatchGapMs: 0, startUpMs: 0 };

describe('a workflow played with overheads', () => {
  it('takes the critical path when nothing holds it up', () => {
    expect(new OverheadDay(workflow({ ...forkJoin(4, 10) })).makespanMs(none)).toBe(30_000);
  });

  it('goes in waves when there are fewer cores than tasks', () => {
    expect(new OverheadDay(workflow({ ...forkJoin(4, 10), cores: 3 })).makespanMs(none)).toBe(40_000);
  });

  it('takes any number of cores', () => {
    expect(new OverheadDay(workflow({ ...forkJoin(4, 10), cores: 2 ** 40 })).makespanMs(none)).toBe(30_000);
  });

  it('waits for the dispatcher, which takes one task after the other', () => {
    const day = new OverheadDay(workflow({ ...forkJoin(4, 10) }));
    // 2 + 10, then the last of four after 8 + 10, then 2 + 10.
    expect(day.makespanMs({ dispatchGapMs: 2_000, startUpMs: 0 })).toBe(42_000);
  });

  it('holds the core while a task starts up', () => {
    const day = new OverheadDay(workflow({ ...forkJoin(4, 10), cores: 2 }));
    expect(day.makespanMs({ dispatchGapMs: 0, startUpMs: 5_000 })).toBe(4 * 15_000);
  });

  it('plays again as if it were the first time', () => {
    const day = new OverheadDay(workflow({ ...forkJoin(4, 10), cores: 3 }));
    day.makespanMs({ dispatchGapMs: 7_000, startUpMs: 3_000 });
    expect(day.makespanMs(none)).toBe(40_000);
  });

  it('is nothing without tasks', () => {
    expect(new OverheadDay(workflow({ runtimeS: [] })).makespanMs(none)).toBe(0);
  });

  it('refuses a circle, and an end past the range', () => {
    const circle = workflow({
      runtimeS: [1, 1],
      edges: [
        [0, 1],
        [1, 0],
      ],
    });
    expect(() => new OverheadDay(circle).makespanMs(none)).toThrow(/cycle/);
    const long = workflow({ runtimeS: [1_000_000, 1_000_000], edges: [[0, 1]] });
    expect(() => new OverheadDay(long).makespanMs(none)).toThrow(/2\^30/);
  });
});
