// Nodes as rectangles: one path a state, so that thousands cost a handful of calls. Late and early come last and a
// little larger, because they are what one looks for.

import { State } from '../../../shared/analysis/state-at.ts';
import { NodeKind } from '../layout/types.ts';
import { STATE_COUNT } from '../model/pipeline-state.ts';
import type { Frame } from './frame.ts';
import { NO_STATE } from './picture.ts';
import { isHollowDot, traceDot } from './state-shapes.ts';

const STEPPED_BACK = 0.18;
/** What is as it should be is the ground on which the rest is seen. */
const WHOLE_ALPHA = 0.72;

export function paintDots(frame: Frame): void {
  const { pen, request } = frame;
  const { palette } = request;
  for (const isLit of request.lit === null ? [true] : [false, true]) {
    pen.globalAlpha = isLit ? 1 : STEPPED_BACK;
    paintPlain(frame, NodeKind.dataset, palette.lineStrong, isLit);
    paintPlain(frame, NodeKind.pipeline, palette.faint, isLit);
    for (let state = 0; state < STATE_COUNT; state++) {
      pen.globalAlpha = (isLit ? 1 : STEPPED_BACK) * (state === State.whole ? WHOLE_ALPHA : 1);
      paintState(frame, state, isLit);
    }
  }
  pen.globalAlpha = 1;
}

function paintPlain(frame: Frame, kind: number, color: string, isLit: boolean): void {
  const { pen, picture, states } = frame;
  pen.fillStyle = color;
  for (let node = 0; node < picture.nodeCount; node++) {
    if (picture.kind[node] !== kind || states[node] !== NO_STATE || frame.isLit(node) !== isLit) continue;
    if (!frame.sees(node)) continue;
    pen.fillRect(frame.left(node), frame.top(node), Math.max(1, frame.width(node)), Math.max(1, frame.height(node)));
  }
}

function paintState(frame: Frame, state: number, isLit: boolean): void {
  const { pen, picture, states, request } = frame;
  let isAny = false;
  pen.beginPath();
  for (let node = 0; node < picture.nodeCount; node++) {
    if (states[node] !== state || frame.isLit(node) !== isLit || !frame.sees(node)) continue;
    isAny = true;
    traceDot(
      pen,
      state,
      frame.left(node),
      frame.top(node),
      Math.max(1.5, frame.width(node)),
      Math.max(1, frame.height(node)),
    );
  }
  if (!isAny) return;
  if (isHollowDot(state)) {
    pen.lineWidth = 1;
    pen.strokeStyle = request.palette.states[state];
    pen.stroke();
  } else {
    pen.fillStyle = request.palette.states[state];
    pen.fill();
  }
}
