// Playing time with the test as the clock: by the speed, not beyond the end, not through a hidden tab.

import { describe, expect, it } from 'vitest';
import { cursorIn, cursorStore, moveCursor } from '../../../src-renderer/state/cursor.ts';
import { createPlayer, type Frames } from '../../../src-renderer/state/player.ts';

const SPAN = { fromUs: 1_000_000_000, toUs: 4_600_000_000 };

function start() {
  let next: ((nowMs: number) => void) | null = null;
  const frames: Frames = {
    request(callback) {
      next = callback;
      return 1;
    },
    cancel: () => {
      next = null;
    },
  };
  const cursor = cursorStore();
  const player = createPlayer(cursor, frames);
  const tick = (nowMs: number): void => {
    const callback = next;
    next = null;
    callback?.(nowMs);
  };
  return { cursor, player, tick, isAsked: () => next !== null };
}

describe('the player', () => {
  it('does nothing without a log', () => {
    const { player, isAsked } = start();
    player.toggle();
    expect([player.store.getState().playing, isAsked()]).toEqual([false, false]);
  });

  it('starts over from the end and moves by its speed', () => {
    const { cursor, player, tick } = start();
    player.setSpan(SPAN);
    player.setSpeed(60);
    player.toggle();
    tick(500);
    expect(cursor.getState().us).toBe(SPAN.fromUs);
    tick(516);
    expect(cursor.getState().us).toBe(SPAN.fromUs + 16 * 1_000 * 60);
  });

  it('moves a long frame no further than a tenth of a second', () => {
    const { cursor, player, tick } = start();
    player.setSpan(SPAN);
    player.setSpeed(60);
    player.toggle();
    tick(0);
    tick(60_000);
    expect(cursor.getState().us).toBe(SPAN.fromUs + 100 * 1_000 * 60);
  });

  it('stops at the end, and the end is kept as the end', () => {
    const { cursor, player, tick, isAsked } = start();
    player.setSpan(SPAN);
    player.setSpeed(3600);
    player.toggle();
    for (let ms = 0; ms <= 1_200; ms += 100) tick(ms);
    expect(cursor.getState().us).toBeNull();
    expect([player.store.getState().playing, isAsked()]).toEqual([false, false]);
  });

  it('pauses when its log goes away', () => {
    const { player } = start();
    player.setSpan(SPAN);
    player.toggle();
    player.setSpan(null);
    expect(player.store.getState().playing).toBe(false);
  });
});

describe('the cursor', () => {
  it('stays inside the span', () => {
    const { cursor } = start();
    moveCursor(cursor, SPAN, 5);
    expect(cursorIn(cursor.getState(), SPAN)).toBe(SPAN.fromUs);
    moveCursor(cursor, SPAN, 1e12);
    expect(cursor.getState().us).toBeNull();
    expect(cursorIn(cursor.getState(), SPAN)).toBe(SPAN.toUs);
  });
});
