import { describe, expect, it } from 'vitest';
import { ByteLru } from '../../../src-main/services/byte-lru.ts';

const lruOf = (maxBytes: number): ByteLru<string> => new ByteLru(maxBytes, (value: string) => value.length);

/** Counts how often a value had to be made. */
function maker(): { make: (value: string) => () => Promise<string>; made: string[] } {
  const made: string[] = [];
  return { made, make: (value) => async () => (made.push(value), value) };
}

describe('ByteLru', () => {
  it('makes a value once and gives it to everyone who asks, also at the same time', async () => {
    const lru = lruOf(100);
    const { make, made } = maker();
    expect(await Promise.all([lru.get('a', make('x')), lru.get('a', make('y'))])).toEqual(['x', 'x']);
    expect(await lru.get('a', make('z'))).toBe('x');
    expect(made).toEqual(['x']);
  });

  it('lets go of what was used longest ago when the budget is spent', async () => {
    const lru = lruOf(10);
    const { make, made } = maker();
    await lru.get('a', make('aaaa'));
    await lru.get('b', make('bbbb'));
    await lru.get('a', make('never'));
    await lru.get('c', make('cccc'));
    expect(lru.bytes).toBe(8);
    await lru.get('a', make('never'));
    await lru.get('b', make('bbbb again'));
    expect(made).toEqual(['aaaa', 'bbbb', 'cccc', 'bbbb again']);
    expect(lru.bytes).toBeLessThanOrEqual(10);
  });

  it('gives back a value that is larger than the budget without keeping it', async () => {
    const lru = lruOf(3);
    const { make, made } = maker();
    expect(await lru.get('big', make('12345'))).toBe('12345');
    expect(lru.bytes).toBe(0);
    await lru.get('big', make('12345'));
    expect(made).toHaveLength(2);
  });

  it('forgets a failure and tries again', async () => {
    const lru = lruOf(100);
    await expect(lru.get('a', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await lru.get('a', async () => 'fine')).toBe('fine');
  });

  it('drops by prefix, and does not keep what was under way when its key was dropped', async () => {
    const lru = lruOf(100);
    const { make } = maker();
    await lru.get('a\0one', make('x'));
    await lru.get('b\0one', make('y'));
    const finish: ((value: string) => void)[] = [];
    const slow = lru.get('a\0slow', () => new Promise((resolve) => finish.push(resolve)));
    lru.drop('a\0');
    finish[0]('late');
    expect(await slow).toBe('late');
    expect(lru.bytes).toBe(1);
    expect(await lru.get('a\0one', make('new'))).toBe('new');
    expect(await lru.get('b\0one', make('never'))).toBe('y');
  });
});
