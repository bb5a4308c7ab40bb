// Colour alone must not tell states apart: each draws another path.

import { expect, test } from 'vitest';
import { STATE_COUNT } from '../../../../src-renderer/graph/model/pipeline-state.ts';
import { isHollowDot, paintMark, traceDot } from '../../../../src-renderer/graph/paint/state-shapes.ts';
import { Recorder } from './recorder.ts';

const states = Array.from({ length: STATE_COUNT }, (_, state) => state);

test('every mark has its own form', () => {
  const forms = states.map((state) => {
    const pen = new Recorder();
    paintMark(pen, state, 0, 0, 6, 'color', 'paper');
    return pen.marks.map((mark) => `${mark.act}:${mark.path.join(',')}:${JSON.stringify(mark.points)}`).join(' ');
  });
  expect(new Set(forms).size).toBe(STATE_COUNT);
});

test('every dot has its own form, hollow or filled', () => {
  const forms = states.map((state) => {
    const pen = new Recorder();
    pen.beginPath();
    traceDot(pen, state, 0, 0, 15, 4);
    if (isHollowDot(state)) pen.stroke();
    else pen.fill();
    return pen.marks.map((mark) => `${mark.act}:${mark.path.join(',')}:${JSON.stringify(mark.points)}`).join(' ');
  });
  expect(new Set(forms).size).toBe(STATE_COUNT);
});
