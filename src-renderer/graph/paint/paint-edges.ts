// Edges by detail: straight lines when nodes are dots, curves when they are cards. Between groups only stubs are drawn
// near to, so that what one reads is not crossed by what one does not.

import { EdgeKind } from '../model/graph-model.ts';
import { bendOf } from '../view/bend.ts';
import { Detail } from '../view/detail.ts';
import type { Frame } from './frame.ts';

/** Edges of one path: very long paths fill slowly. */
const BATCH = 256;
/** World units. */
const STUB = 22;

interface Style {
  readonly color: string;
  readonly alpha: number;
  readonly dash: number[];
}

export function paintEdges(frame: Frame): void {
  const { palette, lit } = frame.request;
  const isFar = frame.detail < Detail.outlines;
  // Light lines on dark paper look stronger than dark ones on light.
  const back = (lit === null ? 1 : 0.25) * (palette.theme === 'dark' ? 0.85 : 1);
  const inner: Style = { color: palette.faint, alpha: (isFar ? 0.3 : 0.75) * back, dash: [] };
  const across: Style = { color: palette.faint, alpha: (isFar ? 0.08 : 0.7) * back, dash: [] };
  const undeclared: Style = { color: palette.early, alpha: (isFar ? 0.45 : 0.9) * back, dash: isFar ? [3, 3] : [4, 4] };
  const draw = isFar ? straight : curve;
  paintBatch(frame, across, isFar ? straight : stubs, (edge) => isAcross(frame, edge) && !isUndeclared(frame, edge));
  paintBatch(frame, inner, draw, (edge) => !isAcross(frame, edge) && !isUndeclared(frame, edge));
  paintBatch(frame, undeclared, draw, (edge) => isUndeclared(frame, edge));
  frame.pen.globalAlpha = 1;
  frame.pen.setLineDash([]);
}

const isAcross = ({ picture }: Frame, edge: number): boolean =>
  picture.group[picture.from[edge]] !== picture.group[picture.to[edge]];

const isUndeclared = ({ picture }: Frame, edge: number): boolean => picture.edgeKind[edge] === EdgeKind.readsUndeclared;

function paintBatch(
  frame: Frame,
  style: Style,
  draw: (frame: Frame, edge: number) => boolean,
  isWanted: (edge: number) => boolean,
): void {
  const { pen, picture } = frame;
  pen.strokeStyle = style.color;
  pen.globalAlpha = style.alpha;
  pen.lineWidth = frame.detail >= Detail.outlines ? Math.max(1, 1.3 * frame.scale) : 1;
  pen.setLineDash(style.dash);
  let drawn = 0;
  pen.beginPath();
  for (let edge = 0; edge < picture.from.length; edge++) {
    if (!isWanted(edge) || !draw(frame, edge)) continue;
    if (++drawn % BATCH !== 0) continue;
    pen.stroke();
    pen.beginPath();
  }
  pen.stroke();
}

/** Returns whether anything of the edge could be seen. */
function straight(frame: Frame, edge: number): boolean {
  const { pen, picture } = frame;
  const ax = frame.outX(picture.from[edge]);
  const ay = frame.portY(picture.from[edge]);
  const bx = frame.left(picture.to[edge]);
  const by = frame.portY(picture.to[edge]);
  if (!frame.seesBox(Math.min(ax, bx), Math.min(ay, by), Math.abs(bx - ax) + 1, Math.abs(by - ay) + 1)) return false;
  pen.moveTo(ax, ay);
  pen.lineTo(bx, by);
  return true;
}

/** Drawn when an end is in view. */
function curve(frame: Frame, edge: number): boolean {
  const { pen, picture } = frame;
  const from = picture.from[edge];
  const to = picture.to[edge];
  if (!frame.sees(from) && !frame.sees(to)) return false;
  const ax = frame.outX(from);
  const ay = frame.portY(from);
  const bx = frame.left(to);
  const by = frame.portY(to);
  const bend = bendOf((bx - ax) / frame.scale) * frame.scale;
  pen.moveTo(ax, ay);
  pen.bezierCurveTo(ax + bend, ay, bx - bend, by, bx, by);
  return true;
}

function stubs(frame: Frame, edge: number): boolean {
  const { pen, picture } = frame;
  const from = picture.from[edge];
  const to = picture.to[edge];
  const length = STUB * frame.scale;
  const seesFrom = frame.sees(from);
  const seesTo = frame.sees(to);
  if (seesFrom) {
    pen.moveTo(frame.outX(from), frame.portY(from));
    pen.lineTo(frame.outX(from) + length, frame.portY(from));
  }
  if (seesTo) {
    pen.moveTo(frame.left(to) - length, frame.portY(to));
    pen.lineTo(frame.left(to), frame.portY(to));
  }
  return seesFrom || seesTo;
}
