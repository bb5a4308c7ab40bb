import { describe, expect, it } from 'vitest';
import { Sequence } from '../../../src-main/services/sequence.ts';

describe('Sequence', () => {
  it('runs one after another, goes on after a failure, and settles when all is done', async () => {
    const sequence = new Sequence();
    const seen: string[] = [];
    const step = (name: string, turns: number) => async (): Promise<string> => {
      seen.push(`${name} begins`);
      for (let i = 0; i < turns; i++) await Promise.resolve();
      seen.push(`${name} ends`);
      if (name === 'b') throw new Error('b broke');
      return name;
    };
    const a = sequence.run(step('a', 20));
    const b = sequence.run(step('b', 1)).catch((error: Error) => error.message);
    const c = sequence.run(step('c', 1));
    await sequence.settled();
    expect(seen).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
    expect(await Promise.all([a, b, c])).toEqual(['a', 'b broke', 'c']);
  });
});
