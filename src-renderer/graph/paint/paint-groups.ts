// Group boxes, and in the far view the sums of edges between them.

import type { Frame } from './frame.ts';

const RADIUS = 12;

export function paintGroups(frame: Frame): void {
  const { pen, picture, request } = frame;
  pen.beginPath();
  for (let group = 0; group < picture.groupCount; group++) {
    const left = frame.x(picture.groupX[group]);
    const top = frame.y(picture.groupY[group]);
    const width = picture.groupWidth[group] * frame.scale;
    const height = picture.groupHeight[group] * frame.scale;
    if (!frame.seesBox(left, top, width, height)) continue;
    pen.roundRect(left, top, width, height, Math.max(3, RADIUS * frame.scale));
  }
  pen.fillStyle = request.palette.panel;
  pen.globalAlpha = 0.5;
  pen.fill();
  pen.globalAlpha = 1;
  pen.lineWidth = 1;
  pen.strokeStyle = request.palette.line;
  pen.stroke();
}

/** Each link as one curve from box to box, wider with the logarithm of its count. */
export function paintLinks(frame: Frame): void {
  const { pen, picture, request } = frame;
  const { links } = picture;
  pen.strokeStyle = request.palette.faint;
  for (let link = 0; link < links.count.length; link++) {
    const isOnward = standsRight(frame, links.from[link], links.to[link]);
    // Those that do not run onwards share the narrow space between boxes; they would pile up to a wall.
    pen.globalAlpha = isOnward ? 0.22 : 0.1;
    pen.lineWidth = Math.min(4, 0.5 + Math.log2(1 + links.count[link]) / 3);
    pen.beginPath();
    traceLink(frame, links.from[link], links.to[link]);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

/** Side to side where the target stands to the right, else from the middle of one box to the middle of the other. */
function traceLink(frame: Frame, from: number, to: number): void {
  const { pen, picture } = frame;
  const { groupX, groupY, groupWidth, groupHeight } = picture;
  const isOnward = standsRight(frame, from, to);
  const ax = frame.x(groupX[from] + groupWidth[from] * (isOnward ? 1 : 0.5));
  const ay = frame.y(groupY[from] + groupHeight[from] / 2);
  const bx = frame.x(groupX[to] + groupWidth[to] * (isOnward ? 0 : 0.5));
  const by = frame.y(groupY[to] + groupHeight[to] / 2);
  const bend = isOnward ? Math.max(8, (bx - ax) / 2) : 24;
  pen.moveTo(ax, ay);
  pen.bezierCurveTo(ax + bend, ay, isOnward ? bx - bend : bx + bend, by, bx, by);
}

const standsRight = ({ picture }: Frame, from: number, to: number): boolean =>
  picture.groupX[to] >= picture.groupX[from] + picture.groupWidth[from];
