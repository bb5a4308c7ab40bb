import { describe, expect, it } from 'vitest';
import { slowdownAt, slowdownTable } from '../../../../simulations/orchestrator/durations/load.ts';

const POINTS = [
  { share: 0.5, factor: 1 },
  { share: 1, factor: 2 },
];

describe('slowdown by load', () => {
  it.each([
    [0, 1],
    [0.5, 1],
    [0.75, 1.5],
    [1, 2],
    [1.2, 2],
  ])('at %d in use is %d', (share, factor) => expect(slowdownAt(POINTS, share)).toBeCloseTo(factor, 12));

  it('is none without points', () => expect(slowdownAt([], 0.9)).toBe(1));

  it('by slots in use', () => {
    expect([...slowdownTable(POINTS, 4)]).toEqual([1, 1, 1, 1.5, 2]);
    expect([...slowdownTable(POINTS, 0)]).toEqual([1]);
  });
});
