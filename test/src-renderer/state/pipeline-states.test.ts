// States of pipelines as of a moment, into one array; told as changed only when one changed.

import { expect, it } from 'vitest';
import { State } from '../../../shared/analysis/state-at.ts';
import { StatesAt } from '../../../src-renderer/state/pipeline-states.ts';
import { timelineOf } from '../timeline/sample-timeline.ts';

const timeline = timelineOf([
  { pipeline: 0, ready: 10, start: 20, end: 30, published: 40 },
  { pipeline: 1, ready: 15, start: 25, end: 60, published: 90, deadline: 70 },
]);

it('moves with the cursor, forwards and back', () => {
  const at = new StatesAt(timeline, 3, [{ taskRun: 0, timeUs: 35, version: -1 }]);
  const { states } = at;
  expect([at.moveTo(12), ...states]).toEqual([true, State.waiting, State.waiting, State.unknown]);
  expect(at.moveTo(13)).toBe(false);
  expect([at.moveTo(28), ...states]).toEqual([true, State.running, State.running, State.unknown]);
  expect([at.moveTo(80), ...states]).toEqual([true, State.early, State.late, State.unknown]);
  expect([at.moveTo(95), ...states]).toEqual([true, State.early, State.whole, State.unknown]);
  expect([at.moveTo(12), ...states]).toEqual([true, State.waiting, State.waiting, State.unknown]);
});
