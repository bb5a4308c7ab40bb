import { describe, expect, it } from 'vitest';
import { SeenEvents } from '../../../../src-main/store/partitions/seen-events.ts';

describe('seen events', () => {
  it('are known by their content, with the seq that they came under', () => {
    const seen = new SeenEvents();
    expect(seen.seqOf('a')).toBe(0);
    seen.add('a', 7);
    seen.add('b', 8);
    expect([seen.seqOf('a'), seen.seqOf('b'), seen.seqOf('c')]).toEqual([7, 8, 0]);
    const again = SeenEvents.of(seen.content);
    expect([again.seqOf('a'), again.seqOf('b'), again.seqOf('c')]).toEqual([7, 8, 0]);
  });

  it('stay known for a generation and are then let go, so that memory stays flat', () => {
    const size = 1_024;
    const seen = new SeenEvents(size);
    for (let i = 1; i <= size * 2 + 1; i++) seen.add(`event ${i}`, i);
    expect(seen.seqOf('event 1')).toBe(0);
    expect(seen.seqOf(`event ${size + 1}`)).toBe(size + 1);
    expect(seen.seqOf(`event ${size * 2 + 1}`)).toBe(size * 2 + 1);
    expect(seen.content).toHaveLength(2);
    expect(SeenEvents.of(seen.content).seqOf(`event ${size + 5}`)).toBe(size + 5);
  });
});
