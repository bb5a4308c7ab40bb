// A state as a shape, the same ones that StateMark draws in the page: ring, disc, disc with a check, triangle, diamond,
// hatched square. On a dot there is no room for a shape; there the state changes the rectangle itself.

import { State } from '../../../shared/analysis/state-at.ts';
import type { Meaning } from '../../widgets/meaning.ts';
import { STATE_MEANINGS } from '../model/pipeline-state.ts';
import type { Pen } from './pen.ts';

/** Paints a mark of the given radius around (x, y). `paper` is what lies under it. */
export function paintMark(
  pen: Pen,
  state: number,
  x: number,
  y: number,
  radius: number,
  color: string,
  paper: string,
): void {
  pen.fillStyle = color;
  pen.strokeStyle = color;
  pen.lineWidth = Math.max(1, radius * 0.28);
  pen.beginPath();
  MARKS[STATE_MEANINGS[state]](pen, x, y, radius, paper);
}

type Mark = (pen: Pen, x: number, y: number, radius: number, paper: string) => void;

const MARKS: Readonly<Record<Meaning, Mark>> = {
  waiting: ring,
  running: disc,
  whole: check,
  late: triangle,
  early: diamond,
  unknown: hatched,
};

function ring(pen: Pen, x: number, y: number, radius: number): void {
  pen.arc(x, y, radius * 0.72, 0, 2 * Math.PI);
  pen.stroke();
}

function disc(pen: Pen, x: number, y: number, radius: number): void {
  pen.arc(x, y, radius * 0.8, 0, 2 * Math.PI);
  pen.fill();
}

function check(pen: Pen, x: number, y: number, radius: number, paper: string): void {
  pen.arc(x, y, radius * 0.86, 0, 2 * Math.PI);
  pen.fill();
  pen.strokeStyle = paper;
  pen.lineWidth = Math.max(1, radius * 0.26);
  pen.beginPath();
  pen.moveTo(x - radius * 0.4, y + radius * 0.05);
  pen.lineTo(x - radius * 0.1, y + radius * 0.34);
  pen.lineTo(x + radius * 0.42, y - radius * 0.28);
  pen.stroke();
}

function triangle(pen: Pen, x: number, y: number, radius: number): void {
  pen.moveTo(x, y - radius * 0.9);
  pen.lineTo(x + radius, y + radius * 0.8);
  pen.lineTo(x - radius, y + radius * 0.8);
  pen.closePath();
  pen.fill();
}

function diamond(pen: Pen, x: number, y: number, radius: number): void {
  pen.moveTo(x, y - radius);
  pen.lineTo(x + radius, y);
  pen.lineTo(x, y + radius);
  pen.lineTo(x - radius, y);
  pen.closePath();
  pen.fill();
}

function hatched(pen: Pen, x: number, y: number, radius: number): void {
  const r = radius * 0.75;
  pen.rect(x - r, y - r, 2 * r, 2 * r);
  pen.moveTo(x - r, y + r * 0.1);
  pen.lineTo(x + r * 0.1, y - r);
  pen.moveTo(x - r, y + r);
  pen.lineTo(x + r, y - r);
  pen.moveTo(x - r * 0.1, y + r);
  pen.lineTo(x + r, y - r * 0.1);
  pen.lineWidth = Math.max(0.75, radius * 0.16);
  pen.stroke();
}

/** Adds a node's rectangle to the path of its state; a hollow one wants its path stroked. */
export function traceDot(pen: Pen, state: number, x: number, y: number, width: number, height: number): void {
  if (state === State.running) traceRunning(pen, x, y, width, height);
  else if (state === State.late) pen.rect(x - 1, y - 1.5, width + 2, height + 3);
  else if (state === State.early) traceHexagon(pen, x - 1, y - 2, width + 2, height + 4);
  else if (state === State.unknown) traceBars(pen, x, y, width, height);
  else if (state === State.waiting) pen.rect(x + 0.5, y + 0.5, Math.max(0.5, width - 1), Math.max(0.5, height - 1));
  else pen.rect(x, y, width, height);
}

/** Waiting is hollow. */
export const isHollowDot = (state: number): boolean => state === State.waiting;

/** Pointed to the right: on its way. */
function traceRunning(pen: Pen, x: number, y: number, width: number, height: number): void {
  const tip = Math.min(height, width / 3);
  pen.moveTo(x, y);
  pen.lineTo(x + width - tip, y);
  pen.lineTo(x + width, y + height / 2);
  pen.lineTo(x + width - tip, y + height);
  pen.lineTo(x, y + height);
  pen.closePath();
}

function traceHexagon(pen: Pen, x: number, y: number, width: number, height: number): void {
  const tip = Math.min(height * 0.8, width / 2);
  pen.moveTo(x, y + height / 2);
  pen.lineTo(x + tip, y);
  pen.lineTo(x + width - tip, y);
  pen.lineTo(x + width, y + height / 2);
  pen.lineTo(x + width - tip, y + height);
  pen.lineTo(x + tip, y + height);
  pen.closePath();
}

function traceBars(pen: Pen, x: number, y: number, width: number, height: number): void {
  const bar = Math.max(0.8, width / 9);
  for (let at = 0; at + bar <= width; at += 2 * bar) pen.rect(x + at, y, bar, height);
}
