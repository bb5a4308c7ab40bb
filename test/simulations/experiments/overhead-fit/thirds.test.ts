import { describe, expect, it } from 'vitest';
import { median } from '../../../../simulations/experiments/overhead-fit/median.ts';
import { ROTATIONS, splitThirds } from '../../../../simulations/experiments/overhead-fit/thirds.ts';

const runs = (application: string, times: readonly number[]) =>
  times.map((executedAtMs, i) => ({ name: `${application}${i}`, application, executedAtMs }));

describe('thirds', () => {
  it('take every third run in order of time, whatever order they came in', () => {
    const [split] = splitThirds(runs('a', [50, 10, 40, 20, 30]), 1);
    expect(split?.training.map(({ executedAtMs }) => executedAtMs)).toEqual([20, 50]);
    expect(split?.heldOut.map(({ executedAtMs }) => executedAtMs)).toEqual([10, 30, 40]);
  });

  it('learn from each run in one rotation and predict it in the two others', () => {
    const all = [...runs('b', [1, 1, 1, 2, 3, 5, 8]), ...runs('a', [3, 2, 1])];
    const splits = ROTATIONS.flatMap((rotation) => splitThirds(all, rotation));
    const times = (part: 'training' | 'heldOut') =>
      all.map(({ name }) => splits.filter((split) => split[part].some((run) => run.name === name)).length);
    expect(times('training')).toEqual(all.map(() => 1));
    expect(times('heldOut')).toEqual(all.map(() => 2));
    expect(splitThirds(all, 0).map(({ application }) => application)).toEqual(['a', 'b']);
  });

  it('train two runs on one of them, and leave one run alone out', () => {
    for (const rotation of ROTATIONS) {
      const splits = splitThirds([...runs('two', [1, 2]), ...runs('one', [1])], rotation);
      expect(
        splits.map(({ application, training, heldOut }) => [application, training.length, heldOut.length]),
      ).toEqual([['two', 1, 1]]);
    }
  });
});

describe('the median', () => {
  it('is the middle value, the mean of the middle two, or unknown', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(median([])).toBeNaN();
  });
});
