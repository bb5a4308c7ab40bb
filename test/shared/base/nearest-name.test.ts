import { describe, expect, it } from 'vitest';
import { didYouMean, nearestName } from '../../../shared/base/nearest-name.ts';

describe('the nearest name', () => {
  it.each([
    ['durration', 'duration'],
    ['afer', 'after'],
    ['Spark', 'spark'],
    ['saprk', 'spark'],
    ['s', null],
    ['finance', null],
    ['x'.repeat(500), null],
  ])('of %s is %s', (name, nearest) => {
    expect(nearestName(name, ['duration', 'after', 'spark', 'retries'])).toBe(nearest);
  });

  it('is the first of equally near ones', () => expect(nearestName('ac', ['ab', 'ad'])).toBe('ab'));

  it('is said only when there is one', () => {
    expect(didYouMean('afer', ['after'])).toBe(' (did you mean "after"?)');
    expect(didYouMean('afer', ['pool'])).toBe('');
  });
});
