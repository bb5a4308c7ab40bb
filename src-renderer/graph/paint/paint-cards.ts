// Nodes as cards: outline in the colour of the state, mark, name, second line, as much as the detail has room for.
// Looks as the nodes that React Flow mounts, so that mounting one is not seen.

import { NodeKind } from '../layout/types.ts';
import { cutMiddle } from '../model/display-name.ts';
import { Detail, nameRoom, nameSize, TEXT_X, TEXT_X_BARE } from '../view/detail.ts';
import type { Frame } from './frame.ts';
import { NO_STATE } from './picture.ts';
import { paintMark } from './state-shapes.ts';

/** World units, as in graph.css. */
const MARK_X = 16;
const MARK_RADIUS = 6;
const NOTE_SIZE = 11;
const STEPPED_BACK = 0.25;

export function paintCards(frame: Frame): void {
  const { pen, picture } = frame;
  for (let node = 0; node < picture.nodeCount; node++) {
    if (!frame.sees(node)) continue;
    pen.globalAlpha = frame.isLit(node) ? 1 : STEPPED_BACK;
    if (picture.kind[node] === NodeKind.dataset) paintDataset(frame, node);
    else paintPipeline(frame, node);
  }
  pen.globalAlpha = 1;
}

function paintPipeline(frame: Frame, node: number): void {
  const { pen, scale, detail, request, states, picture } = frame;
  const { palette } = request;
  const state = states[node];
  const left = frame.left(node);
  const top = frame.top(node);
  const height = frame.height(node);
  const color = state === NO_STATE ? palette.lineStrong : palette.states[state];
  paintCard(frame, node, 8, color);
  const hasMark = state !== NO_STATE;
  if (hasMark) paintMark(pen, state, left + MARK_X * scale, top + height / 2, markRadius(scale), color, palette.panel);
  if (detail < Detail.names) return;
  const textX = left + (hasMark ? TEXT_X : TEXT_X_BARE) * scale;
  const isFull = detail === Detail.full;
  writeName(frame, node, textX, isFull ? top + 15 * scale : top + height / 2, 550, palette.ink);
  if (isFull) writeNote(frame, picture.note[node], textX, top + 31 * scale);
}

function paintDataset(frame: Frame, node: number): void {
  const { detail, scale, request } = frame;
  paintCard(frame, node, 4, request.palette.line);
  if (detail < Detail.names) return;
  writeName(frame, node, frame.left(node) + TEXT_X_BARE * scale, frame.portY(node), 400, request.palette.dim);
}

/** The line lies inside the box, as a border does. */
function paintCard(frame: Frame, node: number, radius: number, color: string): void {
  const { pen, scale, request } = frame;
  const line = Math.max(1, 1.3 * scale);
  const width = frame.width(node) - line;
  const height = frame.height(node) - line;
  pen.beginPath();
  pen.roundRect(frame.left(node) + line / 2, frame.top(node) + line / 2, width, height, Math.max(2, radius * scale));
  pen.fillStyle = request.palette.panel;
  pen.fill();
  pen.lineWidth = line;
  pen.strokeStyle = color;
  pen.stroke();
}

/** Grows as one zooms out, so that the shape can still be told. */
const markRadius = (scale: number): number => Math.max(MARK_RADIUS * scale, Math.min(3.4, 14 * scale));

function writeName(frame: Frame, node: number, x: number, middle: number, weight: number, color: string): void {
  const { pen, scale, request, picture, states } = frame;
  const kind = picture.kind[node];
  const shown = cutMiddle(picture.name[node], nameRoom(kind, states[node] !== NO_STATE, scale));
  if (shown === '') return;
  pen.font = `${weight} ${nameSize(kind, scale) * scale}px ${request.palette.mono}`;
  pen.fillStyle = color;
  pen.textBaseline = 'middle';
  pen.fillText(shown, x, middle);
}

function writeNote(frame: Frame, text: string, x: number, middle: number): void {
  const { pen, scale, request } = frame;
  pen.font = `400 ${NOTE_SIZE * scale}px ${request.palette.sans}`;
  pen.fillStyle = request.palette.dim;
  pen.fillText(text, x, middle);
}
