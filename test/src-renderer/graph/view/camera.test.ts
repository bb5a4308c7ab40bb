import { expect, test } from 'vitest';
import { Camera, INSETS } from '../../../../src-renderer/graph/view/camera.ts';
import { SCALE_MAX, screenRect, type View } from '../../../../src-renderer/graph/view/view.ts';
import { FakeClock } from '../fake-clock.ts';

const WHOLE = { width: 8_000, height: 5_000 };
const SCREEN = { width: 1_000, height: 700 };

function camera(glides: boolean) {
  const clock = new FakeClock();
  const moves: View[] = [];
  const rests: View[] = [];
  const made = new Camera(clock, { onMove: (view) => moves.push(view), onRest: (view) => rests.push(view) }, glides);
  made.setScreen(SCREEN);
  made.setWhole(WHOLE);
  made.fitAtOnce();
  clock.settle();
  moves.length = 0;
  rests.length = 0;
  return { made, clock, moves, rests };
}

test('many moves in one frame are one; rest comes once, after the last', () => {
  const { made, clock, moves, rests } = camera(false);
  made.zoom(4);
  made.pan(-10, 0);
  made.pan(-10, 0);
  clock.frame();
  expect(moves).toHaveLength(1);
  for (let i = 0; i < 5; i++) {
    made.pan(-1, 0);
    clock.frame();
  }
  expect(rests).toHaveLength(0);
  clock.settle();
  expect(rests).toEqual([made.view]);
});

test('zooming stops at the largest scale and keeps the point under the pointer there', () => {
  const { made } = camera(false);
  made.zoom(1_000, 400, 300);
  expect(made.view.scale).toBe(SCALE_MAX);
  const before = made.view;
  made.zoom(2, 100, 100);
  expect(made.view).toEqual(before);
});

test('a short way glides and arrives exactly; a long one is gone at once', () => {
  const { made, clock, moves } = camera(true);
  made.zoom(6);
  clock.settle();
  moves.length = 0;
  const { view } = made;
  made.reveal({ x: (1_200 - view.x) / view.scale, y: (300 - view.y) / view.scale, width: 20, height: 20 });
  clock.settle();
  expect(moves.length).toBeGreaterThan(3);
  const end = screenRect(made.view, { x: (1_200 - view.x) / view.scale, y: 0, width: 20, height: 0 });
  expect(end.x + end.width).toBeCloseTo(SCREEN.width - INSETS.right);
  moves.length = 0;
  made.fit();
  clock.settle();
  expect(moves).toHaveLength(1);
});

test('a gesture ends a glide', () => {
  const { made, clock } = camera(true);
  made.zoom(6);
  clock.settle();
  made.reveal({ x: 0, y: 2_400, width: 20, height: 20 });
  clock.frame();
  made.pan(5, 0);
  const { view } = made;
  clock.settle();
  expect(made.view).toEqual(view);
});
