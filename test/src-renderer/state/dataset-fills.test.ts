// A dataset fills while its partition is written: nothing before, whole after, unknown where nothing says that it ended.

import { describe, expect, it } from 'vitest';
import { fillsAt } from '../../../src-renderer/state/dataset-fills.ts';

const writes = {
  dataset: Int32Array.of(0, 1, 0),
  openedUs: Float64Array.of(100, 150, 400),
  wholeUs: Float64Array.of(200, Number.NaN, 500),
};

describe('fills at a moment', () => {
  it.each([
    [99, []],
    [100, [[0, 0]]],
    [
      150,
      [
        [0, 0.5],
        [1, Number.NaN],
      ],
    ],
    [
      200,
      [
        [0, 1],
        [1, Number.NaN],
      ],
    ],
  ])('at %d', (us, expected) => {
    expect([...fillsAt(writes, us)]).toEqual(expected);
  });

  it('shows the partition that was opened last', () => {
    expect(fillsAt(writes, 425).get(0)).toBe(0.25);
  });
});
