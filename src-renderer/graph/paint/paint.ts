// Paints one picture of the graph. Pure but for the pen. The order is the depth: groups, edges, nodes.

import { Detail } from '../view/detail.ts';
import { Frame } from './frame.ts';
import { paintCards } from './paint-cards.ts';
import { paintDots } from './paint-dots.ts';
import { paintEdges } from './paint-edges.ts';
import { paintGroups, paintLinks } from './paint-groups.ts';
import type { Pen } from './pen.ts';
import type { NodeStates, PaintRequest, Picture } from './picture.ts';

export function paintPicture(pen: Pen, picture: Picture, states: NodeStates, request: PaintRequest): void {
  const { size, pixelRatio } = request;
  const frame = new Frame(pen, picture, states, request);
  pen.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0);
  pen.clearRect(0, 0, size.width, size.height);
  paintGroups(frame);
  if (request.isMinimap) paintDots(frame);
  else if (frame.detail === Detail.groups) {
    paintLinks(frame);
    paintDots(frame);
  } else {
    paintEdges(frame);
    if (frame.detail === Detail.rectangles) paintDots(frame);
    else paintCards(frame);
  }
}
